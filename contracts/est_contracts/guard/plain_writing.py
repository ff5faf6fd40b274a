"""One way of writing for all: the guard reads plain text and tells where it stands in the text as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Where something begins and where it ends, in characters.
Span = tuple[int, int]

#: ASCII and the letters of Western Europe: nothing that looks like a digit, a dash or a space and is none.
WRITTEN_PLAINLY = re.compile(r"[\x00-\x7f\u00c0-\u00ff]*")


@dataclass(frozen=True)
class PlainText:
    """A text as the guard reads it. `origins` says from which characters each of its own came."""

    text: str
    origins: tuple[Span, ...] | None = None

    def as_written(self, span: Span) -> Span:
        """The same passage in the text that was handed in."""
        if self.origins is None:
            return span
        begin, end = span
        return self.origins[begin][0], self.origins[end - 1][1]


def plain_text(text: str) -> PlainText:
    """With one kind of digit, dash and space, and without what nobody sees."""
    if WRITTEN_PLAINLY.fullmatch(text):
        return PlainText(text)
    plain, origins = list[str](), list[Span]()
    for begin, end in _letters(text):
        for character in unicodedata.normalize("NFKC", text[begin:end]):
            written = _plain_character(character)
            plain.append(written)
            origins += [(begin, end)] * len(written)
    return PlainText("".join(plain), tuple(origins))


def plainly_written(text: str) -> str:
    """The plain text alone."""
    return plain_text(text).text


def _letters(text: str) -> Iterator[Span]:
    """Each letter with the accents that are written after it."""
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.combining(text[end]):
            yield begin, end
            begin = end


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    return " " if category in ("Zs", "Zl", "Zp") else character
