"""What each edition (utgåva) lets through in a letter: mail is forwarded, so it says little."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from est_contracts.vocabulary import Edition, Words

# In a small circle a small number points at somebody.
SMALLEST_TOLD = 6

_NUMBER = re.compile(r"(?<![\d.,:\-])\d+(?![\d.,:\-]*\d)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a picture, and the areas there are to be named in it."""

    words: Words
    area_names: Sequence[str]


def names_an_area(sentence: Sentence) -> bool:
    said = sentence.words.sv.casefold()
    return any(name.casefold() in said for name in sentence.area_names)


def tells_a_small_number(sentence: Sentence) -> bool:
    return any(0 < int(number) < SMALLEST_TOLD for number in _NUMBER.findall(sentence.words.sv))


KEPT_BACK: dict[Edition, tuple[Callable[[Sentence], bool], ...]] = {
    Edition.INTERNAL: (),
    Edition.DUTY_OFFICER: (),
    Edition.PLAIN_TEXT: (),
    Edition.GENERAL: (names_an_area, tells_a_small_number),
}


def sentences_in(edition: Edition, sentences: Iterable[Words], *, area_names: Sequence[str]) -> list[Words]:
    """The sentences that an edition lets through, in their order."""
    return [
        words
        for words in sentences
        if not any(clause(Sentence(words, area_names)) for clause in KEPT_BACK[edition])
    ]


def may_tell_the_count(edition: Edition, count: int) -> bool:
    return edition != Edition.GENERAL or count == 0 or count >= SMALLEST_TOLD
