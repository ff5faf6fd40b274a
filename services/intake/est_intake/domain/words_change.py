"""What a correction does with the words of a report."""

from enum import StrEnum


class WordsChange(StrEnum):
    """What became of the words (ordens ändring); which they were is told nowhere."""

    ADDED = "added"
    REMOVED = "removed"
    REWRITTEN = "rewritten"
