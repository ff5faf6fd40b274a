"""What the forms of choices show: what stands, and after a refusal what was touched and sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from est_compiler.domain.compiling.wishes import RISK_VALUE, ChoiceHasChanged, Contested
from est_compiler.domain.sections.values import RISK_VALUE as RISK_VALUE_WORDS
from est_compiler.pages.compiling.desk import Desk, Trouble
from est_contracts.vocabulary import PARTY_WORDS, Words

NOTHING = Words(sv="inget", en="nothing")


@dataclass(frozen=True)
class ContestedShown:
    """One choice that two have made differently, in words."""

    label: Words
    stands: Words
    sent: Words


@dataclass(frozen=True)
class Chosen:
    """What a form is filled with, and what stands against what was sent."""

    desk: Desk
    trouble: Trouble | None

    def value(self, name: str, stands: int | None) -> str:
        """The step that a field shows: the reader's own after a refusal, if they touched it."""
        sent = self.trouble.sent if self.trouble else {}
        if name in sent and sent[name] != sent.get(f"was.{name}", ""):
            return sent[name]
        return "" if stands is None else str(stands)

    def contested(self) -> tuple[ContestedShown, ...]:
        """Each choice that somebody else has made otherwise meanwhile, with both."""
        refusal = self.trouble.refusal if self.trouble else None
        return tuple(self._shown(refusal)) if isinstance(refusal, ChoiceHasChanged) else ()

    def _shown(self, refusal: ChoiceHasChanged) -> Iterator[ContestedShown]:
        for each in refusal.contested:
            yield ContestedShown(self._label(each), self._words(each.stands), self._words(each.sent))

    def _label(self, contested: Contested) -> Words:
        names = {area.area_id: area.name for area in self.desk.around.document.areas}
        key: Any = contested.key
        if isinstance(key, tuple):
            area, party = key
            of = PARTY_WORDS[party]
            return Words(sv=f"{names[area]}, {of.sv}", en=f"{names[area]}, {of.en}")
        if key == RISK_VALUE:
            return RISK_VALUE_WORDS
        name = names.get(key, key)
        return Words(sv=name, en=name)

    def _words(self, value: object) -> Words:
        if value is None:
            return NOTHING
        return Words(sv=str(value), en=str(value))
