"""Sets up a municipality's collaboration through intake's own door, like any other program."""

from pydantic import BaseModel

from est_contracts.vocabulary import CollaborationDocument
from est_single_machine.operators import HouseRefused, Operator


def set_up(operator: Operator, document: CollaborationDocument) -> dict[str, object]:
    """Give intake the document; the same one again changes nothing."""
    path = f"/v1/municipalities/{document.municipality}/collaboration"
    answer: dict[str, object] = operator.ask("PUT", path, body=_plain(document))
    return answer


def set_up_unless_there(operator: Operator, document: CollaborationDocument) -> bool:
    """A municipality that is set up already is left as its coordinators have it; True when it is new."""
    try:
        operator.ask("GET", f"/v1/municipalities/{document.municipality}/collaboration")
    except HouseRefused as refusal:
        if not str(refusal).startswith("404"):
            raise
        set_up(operator, document)
        return True
    return False


def _plain(document: BaseModel) -> object:
    return document.model_dump(mode="json")
