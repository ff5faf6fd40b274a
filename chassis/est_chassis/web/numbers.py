"""Numbers that come as text, in forms, addresses and headers; and the ETag that tells a version."""

from typing import Final

from est_chassis.web.problems import FieldError, Problem, not_found
from est_contracts.vocabulary import Words

#: So many digits the smaller whole numbers of the database hold whatever they are.
USUAL_DIGITS: Final = 9
#: So many those that count a log.
POSITION_DIGITS: Final = 18

VERSION_WANTED: Final = Words(
    sv='Ange i If-Match vilken version du har läst, som i dess ETag: "3".',
    en='Say in If-Match which version you have read, as in its ETag: "3".',
)


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


def version_of(if_match: str | None) -> int | None:
    """The version that somebody has read, as its ETag said; None for any."""
    return None if if_match is None or if_match.strip() == "*" else version_seen(if_match)


def version_seen(if_match: str | None) -> int:
    """The same where it must be a certain one."""
    if if_match is None:
        raise version_is_missing()
    version = whole_number(if_match.strip().removeprefix("W/").strip('"'))
    if version is None:
        raise Problem(422, "invalid", errors=(FieldError("if-match", VERSION_WANTED),))
    return version


def version_is_missing() -> Problem:
    return Problem(428, "version_is_missing", errors=(FieldError("if-match", VERSION_WANTED),))
