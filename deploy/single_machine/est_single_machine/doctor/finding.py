"""What a check has found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One answer: what was looked at, what was seen, and what to do when it is not good."""

    subject: str
    seen: str
    verdict: Verdict = Verdict.GOOD
    remedy: str = ""


def good(subject: str, seen: str) -> Finding:
    return Finding(subject, seen)


def doubtful(subject: str, seen: str, remedy: str) -> Finding:
    return Finding(subject, seen, Verdict.DOUBTFUL, remedy)


def bad(subject: str, seen: str, remedy: str) -> Finding:
    return Finding(subject, seen, Verdict.BAD, remedy)
