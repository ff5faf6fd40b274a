"""Sets up a municipality's collaboration through intake's own door, like any other program."""

from typing import Any

from pydantic import BaseModel

from est_contracts.vocabulary import CollaborationDocument
from est_single_machine.operators import HouseRefused, Operator


def set_up(operator: Operator, document: CollaborationDocument, *, from_version: int | None = None) -> int:
    """Give intake the document; the same one again changes nothing. The version in force is returned.

    With `from_version`, nothing is overwritten that somebody has changed since that version was read.
    """
    headers = {} if from_version is None else {"If-Match": f'"{from_version}"'}
    answer = operator.send("PUT", _address(document.municipality), body=_plain(document), headers=headers)
    return int(answer.headers["ETag"].strip('"'))


def what_would_change(operator: Operator, document: CollaborationDocument) -> dict[str, Any]:
    """Ask the house what the document would change, and whether it would be refused; nothing is recorded."""
    told = operator.ask("POST", f"{_address(document.municipality)}:check", body=_plain(document))
    return dict(told)


def collaboration_of(operator: Operator, municipality: str) -> CollaborationDocument:
    """How a municipality is set up today."""
    return CollaborationDocument.model_validate(operator.ask("GET", _address(municipality)))


def set_up_unless_there(operator: Operator, document: CollaborationDocument) -> bool:
    """A municipality that is set up already is left as its coordinators have it; True when it is new."""
    try:
        operator.ask("GET", _address(document.municipality))
    except HouseRefused as refusal:
        if refusal.status != 404:
            raise
        set_up(operator, document)
        return True
    return False


def _address(municipality: str) -> str:
    return f"/v1/municipalities/{municipality}/collaboration"


def _plain(document: BaseModel) -> object:
    return document.model_dump(mode="json")
