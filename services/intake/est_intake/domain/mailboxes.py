"""Which mailboxes letters can be sent to; what was taken for one before is still there to be read."""

import re

from est_contracts.vocabulary import CollaborationDocument, FieldError, Rejected, Words

_WORD = r"[A-Za-z0-9_+-]+"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = re.compile(rf"(?=.{{1,64}}@){_WORD}(\.{_WORD})*@({_LABEL}\.)+(?=[A-Za-z]){_LABEL}")

NO_MAILBOX = Words(
    sv="Till den adressen går det inte att skicka brev. Skriv den som tib@kommun.se.",
    en="No letter can be sent to that address. Write it as tib@kommun.se.",
)


class MailboxCannotBeUsed(Rejected):
    """A function is to have an address that no letter can be sent to."""

    code = "mailbox_cannot_be_used"
    http_status = 422
    words = NO_MAILBOX


def refuse_unusable_mailboxes(
    document: CollaborationDocument, *, before: CollaborationDocument | None = None
) -> None:
    """Refuse addresses that are new. One that stands since earlier must not stop another change."""
    known = {each.email for each in before.functions} if before is not None else set()
    errors = tuple(
        FieldError(f"functions.{place}.email", NO_MAILBOX)
        for place, function in enumerate(document.functions)
        if function.email is not None and function.email not in known and not is_a_mailbox(function.email)
    )
    if errors:
        raise MailboxCannotBeUsed(errors=errors)


def is_a_mailbox(address: str) -> bool:
    return _MAILBOX.fullmatch(address) is not None
