"""Swedish or English: which of them a reader wants, and how it is kept."""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Final

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response

from est_contracts.vocabulary import Words

LANGUAGE_COOKIE: Final = "est_language"
LANGUAGE_QUERY: Final = "language"
KEPT_FOR: Final = timedelta(days=365)


class Language(StrEnum):
    """A language that every page can be read in; the value is what `<html lang>` says."""

    SWEDISH = "sv"
    ENGLISH = "en"

    @property
    def other(self) -> "Language":
        return Language.ENGLISH if self is Language.SWEDISH else Language.SWEDISH

    def say(self, sv: str, en: str) -> str:
        """For code that puts words together; whatever shows them on a page escapes them there."""
        return en if self is Language.ENGLISH else sv


LANGUAGE_NAMES: Final = {Language.SWEDISH: "Svenska", Language.ENGLISH: "English"}


def language_of(request: Request) -> Language:
    """What the reader has just asked for, else what was kept, else what the browser speaks, else Swedish."""
    return (
        _named(request.query_params.get(LANGUAGE_QUERY))
        or _named(request.cookies.get(LANGUAGE_COOKIE))
        or _spoken_by_browser(request.headers.get("accept-language", ""))
        or Language.SWEDISH
    )


def said(words: Words, language: Language) -> str:
    """One of the two."""
    return language.say(words.sv, words.en)


def say(language: Language, sv: str, en: str, **values: object) -> Markup:
    """In templates `say("{n} rapporter", "{n} reports", n=3)`: both stand where they are read.

    What is put in becomes text on the page, never markup, unless it is markup of our own.
    """
    text: Markup = escape(language.say(sv, en))
    return text.format(**values) if values else text


def answer_in_language(request: Request, response: Response) -> None:
    """Say in which language the page is and on what that hangs, and keep what the reader asked for."""
    response.headers["content-language"] = language_of(request)
    response.headers.add_vary_header("Cookie, Accept-Language")
    keep_language(request, response)


def keep_language(request: Request, response: Response) -> None:
    """For a year, when the address asks for one."""
    wanted = _named(request.query_params.get(LANGUAGE_QUERY))
    if wanted:
        speaks_https: bool = request.app.state.access.speaks_https
        response.set_cookie(
            LANGUAGE_COOKIE,
            wanted,
            max_age=int(KEPT_FOR.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=speaks_https,
        )


def _named(value: str | None) -> Language | None:
    return next((language for language in Language if language == value), None)


def _spoken_by_browser(accepted: str) -> Language | None:
    """`en-GB,en;q=0.9,sv;q=0.8` is English; what comes first wins among equals."""
    wanted = [(weight, language) for language, weight in _weighted(accepted) if weight > 0]
    return max(wanted, key=lambda each: each[0])[1] if wanted else None


def _weighted(accepted: str) -> Iterator[tuple[Language, float]]:
    for part in accepted.split(","):
        tag, _, parameters = part.partition(";")
        language = _named(tag.strip().lower().partition("-")[0])
        if language:
            yield language, _weight(parameters)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
