"""How good the guard is, measured on sentences of our own: what it finds and misses, where it cries wolf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import pairwise

from est_contracts.guard import Finding, Passage, passages

#: The sentences that the guard was made better by, and those that were held back.
SENTENCES, HELD_BACK = "sentences.txt", "sentences_held_back.txt"
#: The day on which the sentences are read: a recent day with a clock time is no number of birth.
READ_ON = date(2026, 11, 22)

CLEAN = "clean"
HEADING = re.compile(r"\[(\w+)\]")
MARKED = re.compile(r"<([^>]*)>")


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the passages in it that point somebody out; a clean one has none."""

    text: str
    marked: tuple[Passage, ...] = ()

    def missed(self) -> tuple[Passage, ...]:
        """The marked passages of which nothing was found."""
        found = passages(self.text, today=READ_ON)
        return tuple(
            mark
            for mark in self.marked
            if not any(
                each.finding is mark.finding and each.begin < mark.end and mark.begin < each.end
                for each in found
            )
        )

    def left_standing(self) -> bool:
        """Whether a digit (or, without digits, a letter) of what is marked remains once the found is gone."""
        found = passages(self.text, today=READ_ON)
        gone = {at for each in found for at in range(each.begin, each.end)}
        return any(at not in gone for mark in self.marked for at in self._telling(mark))

    def refused(self) -> bool:
        return any(each.finding.is_refused for each in passages(self.text, today=READ_ON))

    def questioned(self) -> bool:
        return any(not each.finding.is_refused for each in passages(self.text, today=READ_ON))

    def _telling(self, mark: Passage) -> list[int]:
        places = range(mark.begin, mark.end)
        digits = [at for at in places if self.text[at].isdigit()]
        return digits or [at for at in places if self.text[at].isalpha()]


@dataclass(frozen=True)
class KindFigures:
    """Of the sentences that carry one kind: how many were found, and how many of those not wholly."""

    finding: Finding
    sentences: int
    missed: int
    left_standing: int

    @property
    def found(self) -> int:
        return self.sentences - self.missed


@dataclass(frozen=True)
class Figures:
    """What the measuring gave."""

    kinds: tuple[KindFigures, ...]
    clean: int
    refused_clean: int
    questioned_clean: int

    def recall(self, *, refused: bool) -> float:
        """The share found: of what is refused (numbers and addresses), or of what is questioned."""
        kinds = [kind for kind in self.kinds if kind.finding.is_refused is refused]
        return sum(kind.found for kind in kinds) / sum(kind.sentences for kind in kinds)

    @property
    def false_alarms(self) -> float:
        """The share of the clean sentences that would have been refused."""
        return self.refused_clean / self.clean


def measure(name: str = SENTENCES) -> Figures:
    """Let the guard read every sentence of a file."""
    carrying = {finding: list[Sentence]() for finding in Finding}
    clean = list[Sentence]()
    for sentence in sentences(name):
        (carrying[sentence.marked[0].finding] if sentence.marked else clean).append(sentence)
    return Figures(
        kinds=tuple(_kind(finding, read) for finding, read in carrying.items()),
        clean=len(clean),
        refused_clean=sum(sentence.refused() for sentence in clean),
        questioned_clean=sum(sentence.questioned() for sentence in clean),
    )


def _kind(finding: Finding, read: list[Sentence]) -> KindFigures:
    return KindFigures(
        finding,
        sentences=len(read),
        missed=sum(bool(sentence.missed()) for sentence in read),
        left_standing=sum(sentence.left_standing() for sentence in read),
    )


def sentences(name: str = SENTENCES) -> Iterator[Sentence]:
    """The sentences of a file, with what is marked in them."""
    heading = CLEAN
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if found := HEADING.fullmatch(line):
            heading = found[1]
        elif line and not line.startswith("#"):
            yield _sentence(line, heading)


def _sentence(line: str, heading: str) -> Sentence:
    if heading == CLEAN:
        return Sentence(line)
    pieces = MARKED.split(line)
    ends = [sum(len(piece) for piece in pieces[:count]) for count in range(len(pieces) + 1)]
    marks = list(pairwise(ends))[1::2]
    return Sentence("".join(pieces), tuple(Passage(Finding(heading), begin, end) for begin, end in marks))
