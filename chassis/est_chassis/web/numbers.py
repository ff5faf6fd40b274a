"""Numbers that come as text, in forms, addresses and headers; and the ETag that tells a version."""

from typing import Final

from est_chassis.web.problems import not_found

#: So many digits the smaller whole numbers of the database hold whatever they are.
USUAL_DIGITS: Final = 9
#: So many those that count a log.
POSITION_DIGITS: Final = 18


def whole_number(written: str, *, digits: int = USUAL_DIGITS) -> int | None:
    """The number, if it is written with nothing but digits and not with too many of them."""
    is_number = written.isascii() and written.isdigit() and len(written) <= digits
    return int(written) if is_number else None


def position_in(written: str) -> int:
    """A place in a log, or a revision, that our own page has put into its form; anything else is nowhere."""
    number = whole_number(written, digits=POSITION_DIGITS)
    if number is None:
        raise not_found()
    return number


def etag_of(version: int | str) -> str:
    return f'"{version}"'
