"""A letter can be sent to every mailbox that is set up from now on; what was taken before can be read."""

from email.headerregistry import Address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument, EmailAddress
from est_intake.domain.collaboration import Collaboration
from est_intake.domain.mailboxes import MailboxCannotBeUsed, is_a_mailbox

TIB = 5


def with_mailbox(address: str | None, **changes: Any) -> CollaborationDocument:
    written = example_collaboration().model_dump(mode="json") | changes
    written["functions"][TIB]["email"] = address
    return CollaborationDocument.model_validate(written)


def recorded(document: CollaborationDocument) -> Collaboration:
    """As it was recorded before such addresses were refused."""
    return Collaboration(municipality="9901", document=document.model_dump(mode="json"), by_function=None)


@pytest.mark.parametrize(
    "address",
    [
        "tib@valboas.example",
        "tib.natt+jour@stadsdel.valboas.se",
        "t_i-b@xn--vsters-6wa.se",
        "1@2.se",
        "a" * 64 + "@valboas.se",
    ],
)
def test_a_letter_can_be_sent_to_an_ordinary_mailbox(address: str) -> None:
    assert is_a_mailbox(address)


@pytest.mark.parametrize(
    "address",
    [
        "a..b@valboas.se",
        ".tib@valboas.se",
        "tib.@valboas.se",
        "tib@-valboas.se",
        "tib@valboas-.se",
        "tib@valboas.se-",
        "tib@valboas.1",
        "a" * 65 + "@valboas.se",
        "tib@" + "a" * 64 + ".se",
        "tib@valboas.se\n",
    ],
)
def test_no_letter_can_be_sent_to_what_is_no_mailbox(address: str) -> None:
    assert not is_a_mailbox(address)


@given(st.from_regex(r"[A-Za-z0-9._+-]{1,12}@[A-Za-z0-9-]{1,8}(\.[A-Za-z0-9-]{1,8}){1,2}", fullmatch=True))
def test_whatever_is_a_mailbox_can_stand_on_a_letter_and_in_a_message(address: str) -> None:
    if is_a_mailbox(address):
        assert Address(addr_spec=address).addr_spec == address
        assert TypeAdapter(EmailAddress).validate_python(address) == address


def test_a_new_document_names_only_mailboxes_that_letters_can_be_sent_to() -> None:
    with pytest.raises(MailboxCannotBeUsed) as refusal:
        Collaboration.begun_with(with_mailbox("a..b@valboas.se"))

    assert [each.field for each in refusal.value.errors] == [f"functions.{TIB}.email"]


def test_a_new_address_is_one_that_letters_can_be_sent_to() -> None:
    collaboration = Collaboration.begun_with(example_collaboration())

    with pytest.raises(MailboxCannotBeUsed):
        collaboration.amend(with_mailbox("a..b@valboas.se"))


def test_an_address_that_stands_since_earlier_is_read_and_stops_no_other_change() -> None:
    collaboration = recorded(with_mailbox("a..b@valboas.se"))

    collaboration.amend(with_mailbox("a..b@valboas.se", alert_minutes=30))

    assert collaboration.document.alert_minutes == 30
    assert collaboration.document.functions[TIB].email == "a..b@valboas.se"


def test_what_was_never_taken_for_an_address_is_none_now_either() -> None:
    with pytest.raises(ValidationError):
        with_mailbox("tib@valbo\N{LATIN SMALL LETTER A WITH RING ABOVE}s.se")
