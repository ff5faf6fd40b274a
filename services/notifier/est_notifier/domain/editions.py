"""What each edition (utgåva) lets through in a letter: mail is forwarded, so it says little."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from est_contracts.vocabulary import Edition, Words

# In a small circle a small number points at somebody.
SMALLEST_TOLD = 6

_NUMBER = re.compile(r"(?<![\d.,:\-])\d+(?![\d.,:\-]*\d)")
# A number with its changes, or with what it is a part of: the third can be worked out.
_COUNT = re.compile(r"(\d+)\D*[+−]")
_CHANGE = re.compile(r"([+−])(\d+)(?![\d ]*%)")
_PART_OF = re.compile(r"(\d+) av (?:de )?(\d+)")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a picture, and the areas and places there are to be named in it."""

    words: Words
    place_names: Sequence[str]


def names_a_place(sentence: Sentence) -> bool:
    said = sentence.words.sv.casefold()
    return any(name.casefold() in said for name in sentence.place_names)


def tells_a_small_number(sentence: Sentence) -> bool:
    return any(_is_small(int(number)) for number in _NUMBER.findall(sentence.words.sv))


def gives_a_small_number_away(sentence: Sentence) -> bool:
    """7, +6 mot v. 46: then it was one."""
    said = sentence.words.sv
    counted = _COUNT.search(said)
    earlier = [
        int(counted[1]) - int(f"{sign.replace('−', '-')}{change}")
        for sign, change in _CHANGE.findall(said)
        if counted
    ]
    rest = [int(whole) - int(part) for part, whole in _PART_OF.findall(said)]
    return any(_is_small(number) for number in (*earlier, *rest))


def _is_small(number: int) -> bool:
    return 0 < number < SMALLEST_TOLD


KEPT_BACK: dict[Edition, tuple[Callable[[Sentence], bool], ...]] = {
    Edition.INTERNAL: (),
    Edition.DUTY_OFFICER: (),
    Edition.PLAIN_TEXT: (),
    Edition.GENERAL: (names_a_place, tells_a_small_number, gives_a_small_number_away),
}


def sentences_in(edition: Edition, sentences: Iterable[Words], *, place_names: Sequence[str]) -> list[Words]:
    """The sentences that an edition lets through, in their order."""
    return [
        words
        for words in sentences
        if not any(clause(Sentence(words, place_names)) for clause in KEPT_BACK[edition])
    ]


def may_tell_the_count(edition: Edition, count: int) -> bool:
    return edition != Edition.GENERAL or count == 0 or count >= SMALLEST_TOLD
