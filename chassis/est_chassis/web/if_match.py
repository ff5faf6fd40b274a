"""Which version somebody has read, as `If-Match` says; routes that need it to be said ask for it here."""

from typing import Annotated, Final

from fastapi import Depends, Header

from est_chassis.web.numbers import whole_number
from est_chassis.web.problems import FieldError, Problem
from est_contracts.vocabulary import Words

_NEEDS_VERSION: Final = "est_needs_version"

VERSION_WANTED: Final = Words(
    sv='Ange i If-Match vilken version du har läst, som i dess ETag: "3".',
    en='Say in If-Match which version you have read, as in its ETag: "3".',
)

IfMatch = Annotated[str | None, Header(description='The version you have read, as its ETag said: `"3"`.')]


def needs_version(call: object) -> bool:
    """Whether that is what makes a route refuse whoever does not say which version is meant."""
    return bool(getattr(call, _NEEDS_VERSION, False))


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


# They only read a header: nothing there is worth a thread of its own.
async def _changed_version(if_match: IfMatch = None) -> int | None:
    if if_match is None:
        raise version_is_missing()
    return version_of(if_match)


async def _seen_version(if_match: IfMatch = None) -> int:
    return version_seen(if_match)


for _needed in (_changed_version, _seen_version):
    setattr(_needed, _NEEDS_VERSION, True)

#: The version that is changed; `*` says that it may be any, and that has to be said.
ChangedVersion = Annotated[int | None, Depends(_changed_version)]
#: The very version that a decision rests on.
SeenVersion = Annotated[int, Depends(_seen_version)]
