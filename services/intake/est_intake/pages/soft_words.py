"""Long Swedish words, made ready for narrow screens."""

import re

# After -hets and -nings a Swedish compound goes on with its next word.
JOINT = re.compile(r"(?<=hets|ings)(?=[^\W\d_]{4})")


def softly(words: str) -> str:
    """Words that may be parted at their joints: on a phone there is room for half of otrygghetsskapande."""
    return JOINT.sub("\N{SOFT HYPHEN}", words).replace("/", "/\N{ZERO WIDTH SPACE}")
