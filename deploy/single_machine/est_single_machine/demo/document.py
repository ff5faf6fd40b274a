"""The demo municipality's own document."""

from pathlib import Path

from est_contracts.vocabulary import CollaborationDocument
from est_single_machine.documents import read_collaboration

VALBOAS = Path(__file__).with_name("valboas.yaml")


def valboas_document() -> CollaborationDocument:
    """The demo municipality Valboås."""
    return read_collaboration(VALBOAS)
