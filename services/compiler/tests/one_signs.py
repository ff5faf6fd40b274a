"""A municipality whose pictures one party signs alone, for tests of what needs no more than one person."""

from typing import Any

from est_contracts.example_collaboration import example_collaboration
from est_contracts.examples import example_of
from est_contracts.messages import CollaborationSetUp
from est_contracts.vocabulary import Party

ALONE: dict[str, Any] = {"signed_by": (Party.MUNICIPALITY,)}


def one_signs(position: int = 1, **changes: Any) -> CollaborationSetUp:
    """Valboås, where the municipality publishes by itself."""
    document = example_collaboration().model_copy(update=ALONE | changes)
    return example_of(CollaborationSetUp, position=position, document=document)
