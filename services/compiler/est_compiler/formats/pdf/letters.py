"""Which letters the fonts have: a letter without a shape would make a PDF that nobody can read aloud."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"
#: What people paste, and what stands for it in these fonts.
STAND_INS: Final = {"●": "•", "□": "–", "‑": "-", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
MISSING: Final = "?"
#: Controls, formats, marks on other letters, halves of pairs: what has no shape of its own.
NOT_SHOWN: Final = frozenset({"Cc", "Cf", "Mn", "Cs"})
_WINDOWS_UNICODE, _BASIC_PLANE = (3, 1), 4


def legible(text: str) -> str:
    """The text with nothing in it that the fonts cannot show."""
    if letters().issuperset(text) and (text.strip() or not text):
        return text
    composed = unicodedata.normalize("NFC", text)
    shown = composed.translate({ord(each): _instead_of(each) for each in set(composed) - letters()})
    # A heading must say something, though its words were all invisible.
    return shown if shown.strip() else MISSING


def _instead_of(letter: str) -> str:
    if letter in STAND_INS:
        return STAND_INS[letter]
    if unicodedata.category(letter) in NOT_SHOWN:
        return ""
    plain = "".join(each for each in unicodedata.normalize("NFKD", letter) if each in letters())
    return plain or MISSING


@cache
def letters() -> frozenset[str]:
    """Those that every font has, and the end of a line."""
    in_each = [frozenset(_letters_in(path.read_bytes())) for path in sorted(FONTS.glob("*.otf"))]
    return frozenset.intersection(*in_each) | {"\n"}


def _letters_in(font: bytes) -> Iterator[str]:
    """The table `cmap` of an OpenType font, format 4: segments of letters, and where their shapes are."""
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(tables))
    begin = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, begin + 2)
    for index in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHL", font, begin + 4 + 8 * index)
        (written_as,) = struct.unpack_from(">H", font, begin + offset)
        if (platform, encoding) == _WINDOWS_UNICODE and written_as == _BASIC_PLANE:
            yield from _letters_in_segments(font, begin + offset)


def _letters_in_segments(font: bytes, begin: int) -> Iterator[str]:
    (doubled,) = struct.unpack_from(">H", font, begin + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, begin + 14)
    starts = struct.unpack_from(f">{count}H", font, begin + 16 + doubled)
    for start, end in zip(starts, ends, strict=True):
        yield from (chr(code) for code in range(start, end + 1) if code != 0xFFFF)
