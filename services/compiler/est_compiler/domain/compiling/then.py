"""How far a compilation had come at a moment: what stood where, and who had signed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.state import Signature
from est_compiler.domain.compiling.work import CompiledWork, WorkInWords


@dataclass(frozen=True, slots=True)
class WorkThen:
    """What stood in a compilation at a moment (sammanställningen så som den stod då).

    Parts that a party had not contributed then were its own, and are no part of it.
    """

    work: CompiledWork
    signatures: tuple[Signature, ...]
    latest_version: int
    #: The texts that have been erased by now; what else is gone has been replaced.
    erased: frozenset[UUID]

    def in_words(self, words: Mapping[UUID, str]) -> WorkInWords:
        """The same with the words that are still there, and for the others why they are not."""
        gone = {text.text_id for _place, text in self.work.references if text.text_id not in words}
        return WorkInWords(self.work, words, replaced=frozenset(gone - self.erased))


def work_then(events: Iterable[Any], moment: datetime) -> WorkThen | None:
    """The compilation as its events had made it by a moment; None where nobody had begun."""
    then: Compilation | None = None
    erased = set[UUID]()
    for event in events:
        if isinstance(event, Compilation.TextErased):
            erased.add(event.text_id)
        if event.timestamp <= moment:
            then = event.mutate(then)
    if then is None:
        return None
    signatures = tuple(each for _party, each in sorted(then.signatures.items()))
    return WorkThen(then.work, signatures, then.latest_version, frozenset(erased))
