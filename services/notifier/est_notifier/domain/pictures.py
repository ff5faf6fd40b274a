"""What the notifier knows of a published picture: enough to send it out, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass

from est_contracts.vocabulary import Words


@dataclass(frozen=True, kw_only=True)
class PublishedPicture:
    """A published picture (lägesbild) of a week: its headline sentences, drawn from numbers."""

    municipality: str
    period: str
    version: int
    reports: int
    sentences: Sequence[Words]
    correction: str | None
