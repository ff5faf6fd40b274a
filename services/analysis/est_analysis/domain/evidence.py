"""What a flag rests on, in numbers and in plain Swedish and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from est_analysis.domain.expected import level_of
from est_analysis.domain.history import History
from est_contracts.vocabulary import THEME_WORDS, Theme, Words, place_sv

ORDINALS_SV = (
    "", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde",
    "elfte", "tolfte",
)  # fmt: skip
ORDINALS_EN = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
NUMBERS_SV = ("ingen", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
NUMBERS_EN = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Evidence (underlag): the counts of four weeks, what was expected a week, and a sentence of both."""

    counts: tuple[int, ...]
    expected: float
    weeks_in_row: int
    organisations: int
    words: Words

    def is_news_after(self, earlier: "Evidence") -> bool:
        """Another organisation, or a tenth more or fewer in a week: a flood is not news each time."""
        if self.organisations != earlier.organisations:
            return True
        pairs = zip(self.counts, earlier.counts, strict=True)
        return any(now != before and abs(now - before) * 10 >= before for now, before in pairs)

    def stored(self) -> dict[str, Any]:
        """As it is recorded in an event."""
        return {
            "counts": list(self.counts),
            "expected": self.expected,
            "weeks_in_row": self.weeks_in_row,
            "organisations": self.organisations,
            "words": self.words.model_dump(),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            counts=tuple(stored["counts"]),
            expected=float(stored["expected"]),
            weeks_in_row=stored["weeks_in_row"],
            organisations=stored["organisations"],
            words=Words(**stored["words"]),
        )


def evidence_of(history: History, *, theme: Theme, area_name: str) -> Evidence:
    """What the history shows, rounded as it is told, in a sentence that a coordinator could have written."""
    expected = level_of(history).mean
    shown = Shown(
        counts=history.window,
        expected=round(expected, 1),
        weeks_in_row=_weeks_in_row(history, expected=expected),
        organisations=history.organisations,
    )
    words = Words(
        sv=_swedish(shown, opening=f"{THEME_WORDS[theme].sv.lower()} {place_sv(area_name)}"),
        en=_english(shown, opening=f"{THEME_WORDS[theme].en.lower()} in {area_name}"),
    )
    return Evidence(*shown, words=words)


class Shown(NamedTuple):
    """The numbers of the sentence."""

    counts: tuple[int, ...]
    expected: float
    weeks_in_row: int
    organisations: int


def _weeks_in_row(history: History, *, expected: float) -> int:
    """For how many weeks without a break more was reported than expected."""
    weeks = 0
    for reports in reversed(history.earlier + history.window):
        if reports <= expected:
            break
        weeks += 1
    return weeks


def _swedish(shown: Shown, *, opening: str) -> str:
    expected = f"{shown.expected:.1f}".replace(".", ",")
    run = f"{NUMBERS_SV[_active(shown)]} av fyra veckor"
    if shown.weeks_in_row > 1:
        run = f"{_ordinal_sv(shown.weeks_in_row)} veckan i rad"
    noun = "organisation" if shown.organisations == 1 else "organisationer"
    organisations = f"{_counted(shown.organisations, NUMBERS_SV)} {noun}"
    return f"{opening}: {_counts(shown)} mot väntat {expected}; {run}; {organisations}"


def _english(shown: Shown, *, opening: str) -> str:
    run = f"{NUMBERS_EN[_active(shown)]} of four weeks"
    if shown.weeks_in_row > 1:
        run = f"{_ordinal_en(shown.weeks_in_row)} week in a row"
    noun = "organisation" if shown.organisations == 1 else "organisations"
    organisations = f"{_counted(shown.organisations, NUMBERS_EN)} {noun}"
    return f"{opening}: {_counts(shown)} against {shown.expected:.1f} expected; {run}; {organisations}"


def _counts(shown: Shown) -> str:
    """The weeks since it began: a calm first week of the four is not told."""
    counts = shown.counts
    begins = next((place for place, count in enumerate(counts) if count), 0)
    return ", ".join(str(count) for count in counts[begins:])


def _active(shown: Shown) -> int:
    return sum(1 for count in shown.counts if count)


def _ordinal_sv(number: int) -> str:
    if number < len(ORDINALS_SV):
        return ORDINALS_SV[number]
    return f"{number}:a" if number % 10 in (1, 2) and number % 100 not in (11, 12) else f"{number}:e"


def _ordinal_en(number: int) -> str:
    if number < len(ORDINALS_EN):
        return ORDINALS_EN[number]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _counted(number: int, words: tuple[str, ...]) -> str:
    return words[number] if number < len(words) else str(number)
