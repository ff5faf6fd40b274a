"""Likely names of persons in running text: a question to the writer, never a refusal.

It is guessed from lists of names and from the words around: "killen Hugo", "Johan Andersson", "Kevin A".
A name that a street, a school or a firm bears is let through as far as that can be seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from est_contracts.guard.name_lists import NAMES
from est_contracts.guard.plain_writing import Span

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
JOINT = re.compile(r"[-'’]")
SMALL_PART = re.compile(r"[-'’][a-zåäö]")
NOBODYS = re.compile(r"\b(?:" + "|".join(map(re.escape, NAMES.nobodys)) + r")s?\b")
SURNAME_ENDINGS = (
    *("sson", "ström", "qvist", "kvist", "gren", "lund", "berg", "stedt"),
    *("ić", "vic", "ski", "ska", "oğlu"),
)
#: Nothing but a surname ends like this.
SONS = ("sson", "nsen")
LONGEST_NAME = 4

FIRST_NAMES = NAMES.given | NAMES.words_too
ANY_NAMES = FIRST_NAMES | NAMES.surnames
BEFORE_A_SURNAME = NAMES.people | NAMES.asked
BEFORE_A_NAME = BEFORE_A_SURNAME | NAMES.called


def person_names(text: str) -> Iterator[Span]:
    words = _words(NOBODYS.sub(lambda match: "\N{BULLET}" * len(match.group()), text))
    at = 0
    while at < len(words):
        length = _length_of_run(words, at)
        is_named = _is_named(words, at, length)
        if is_named:
            yield words[at].begin, words[at + length - 1].end
        # A place's name is passed over as a whole: no part of it is anybody's.
        is_done = is_named or (_starts_a_name(words[at]) and _is_of_a_place(words, at, length))
        at += length if is_done else 1


@dataclass(frozen=True)
class _Word:
    """A word, and what stands between it and the next one."""

    written: str
    small: str
    is_capital: bool
    begin: int
    end: int
    gap: str

    def is_one_of(self, names: frozenset[str]) -> bool:
        """Also in the genitive, also two of them joined: Kalles, Per-Erik."""
        if self.small in names or _owner(self.small) in names:
            return True
        parts = JOINT.split(self.small)
        return len(parts) > 1 and all(part in names or _owner(part) in names for part in parts)


def _owner(word: str) -> str:
    """Kalles is of Kalle; klass is of nobody."""
    return word if word.endswith("ss") else word.removesuffix("s")


def _words(text: str) -> list[_Word]:
    found = list(WORD.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
    return [_word(match, text[match.end() : until]) for match, until in zip(found, ends, strict=True)]


def _word(match: re.Match[str], gap: str) -> _Word:
    written = match.group()
    # Hjalmar Bergman-teatern is no name.
    is_capital = written[0].isupper() and not SMALL_PART.search(written)
    return _Word(written, written.casefold(), is_capital, match.start(), match.end(), gap)


def _length_of_run(words: list[_Word], at: int) -> int:
    """How many words with capital letters stand after each other, up to what makes them a place or a firm."""
    if _is_written_small(words, at):
        return 2
    length = 1
    while length < LONGEST_NAME and words[at + length - 1].gap == " " and at + length < len(words):
        following = words[at + length]
        if not following.is_capital or _makes_a_place(words[at + length - 1], following):
            break
        length += 1
    return length


def _is_named(words: list[_Word], at: int, length: int) -> bool:
    if _is_of_a_place(words, at, length):
        return False
    if not words[at].is_capital:
        return _is_written_small(words, at)
    return any(clause(words, at, length) for clause in CLAUSES)


def _starts_a_name(word: _Word) -> bool:
    return word.is_capital and word.is_one_of(ANY_NAMES)


def _is_of_a_place(words: list[_Word], at: int, length: int) -> bool:
    """Whether a street, a school, a shop or a statue bears the name."""
    before, last = _before(words, at), words[at + length - 1]
    after = words[at + length] if at + length < len(words) else None
    return (
        last.small.endswith(NAMES.place_endings)
        or (before is not None and (before.small in NAMES.things or "&" in before.gap))
        or last.gap.strip().startswith("&")
        or (after is not None and last.gap == " " and _makes_a_place(last, after))
    )


def _makes_a_place(name: _Word, after: _Word) -> bool:
    is_surname = after.is_capital and after.is_one_of(NAMES.surnames) and not name.small.endswith("s")
    return (
        (after.small in NAMES.places and not is_surname)
        or after.written in NAMES.firms
        or re.search(r"-[a-zåäö]+$", after.written) is not None
    )


def given_name(words: list[_Word], at: int, length: int) -> bool:
    """Sara, Per-Erik; but what something happens in, is a town: i Nora."""
    before = _before(words, at)
    if length == 1 and before is not None and before.small == "i":
        return False
    names = FIRST_NAMES if "-" in words[at].written else NAMES.given
    return words[at].is_one_of(names)


def everyday_word_with_a_surname(words: list[_Word], at: int, length: int) -> bool:
    """Björn Berg, but not: Björn har setts vid ån."""
    if length == 1 or not words[at].is_one_of(FIRST_NAMES):
        return False
    last = words[at + length - 1]
    return last.is_one_of(NAMES.surnames) or last.small.removesuffix("s").endswith(SURNAME_ENDINGS)


def everyday_word_after_a_person(words: list[_Word], at: int, _length: int) -> bool:
    """Killen Love, enligt Björn."""
    before = _before(words, at)
    return before is not None and words[at].is_one_of(NAMES.words_too) and before.small in BEFORE_A_NAME


def surname_after_a_title(words: list[_Word], at: int, _length: int) -> bool:
    """Familjen Karlsson, herr Olsson; väktare Holm, enligt Holm."""
    before = _before(words, at)
    if before is None or before.gap != " ":
        return False
    return before.small in NAMES.titles or (
        before.small in BEFORE_A_SURNAME and words[at].is_one_of(NAMES.surnames)
    )


def surname_of_a_son(words: list[_Word], at: int, _length: int) -> bool:
    """Samma Pettersson; Jensens hund."""
    return words[at].is_one_of(NAMES.surnames) and words[at].small.removesuffix("s").endswith(SONS)


def surname_that_owns(words: list[_Word], at: int, _length: int) -> bool:
    """Lindbergs grabbar."""
    owner = words[at].small
    if not owner.endswith("s") or words[at].gap != " " or at + 1 >= len(words):
        return False
    surname = owner.removesuffix("s")
    is_surname = surname in NAMES.surnames and surname.endswith(SURNAME_ENDINGS)
    return is_surname and not words[at + 1].is_capital


def surname_first(words: list[_Word], at: int, length: int) -> bool:
    """Andersson, Johan; Nguyen Thi Lan."""
    if not words[at].is_one_of(NAMES.surnames) or at + 1 >= len(words):
        return False
    return words[at].gap in (" ", ", ") and words[at + 1].is_capital and words[at + 1].is_one_of(NAMES.given)


def said_to_be_called(words: list[_Word], at: int, _length: int) -> bool:
    """Hon kallas Nettan; but not: platsen kallas Gropen."""
    before = at - 1
    while before > 0 and words[before].small in NAMES.between and not _ends_a_sentence(words[before]):
        before -= 1
    if before < 1 or words[before].small not in NAMES.called or _ends_a_sentence(words[before]):
        return False
    while before > 0 and not _ends_a_sentence(words[before - 1]):
        before -= 1
        if words[before].small in NAMES.people:
            return True
    return False


Clause = Callable[[list[_Word], int, int], bool]

CLAUSES: tuple[Clause, ...] = (
    given_name,
    everyday_word_with_a_surname,
    everyday_word_after_a_person,
    surname_after_a_title,
    surname_of_a_son,
    surname_that_owns,
    surname_first,
    said_to_be_called,
)


def _is_written_small(words: list[_Word], at: int) -> bool:
    """Both names are known and stand together: johan andersson."""
    if at + 1 >= len(words) or words[at].is_capital:
        return False
    first, second = words[at], words[at + 1]
    return (first.gap == " " and first.is_one_of(NAMES.given) and second.is_one_of(NAMES.surnames)) or (
        first.gap == ", " and first.is_one_of(NAMES.surnames) and second.is_one_of(NAMES.given)
    )


def _before(words: list[_Word], at: int) -> _Word | None:
    return words[at - 1] if at and not _ends_a_sentence(words[at - 1]) else None


def _ends_a_sentence(word: _Word) -> bool:
    return any(sign in word.gap for sign in ".!?\n")
