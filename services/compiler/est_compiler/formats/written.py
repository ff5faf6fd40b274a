"""Which formats there are, and a view written in one of them, ready to be sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from starlette.responses import Response

from est_chassis.web.languages import Language, said
from est_chassis.web.numbers import etag_of
from est_compiler.domain.viewing.view import View
from est_compiler.formats.as_csv import as_csv
from est_compiler.formats.as_geojson import as_geojson
from est_compiler.formats.as_json import as_json
from est_compiler.formats.as_text import as_text
from est_compiler.formats.pdf import PRESS
from est_contracts.vocabulary import EDITION_WORDS


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is written, what the web calls it, and whether it is a file to be saved.

    What is not written here is printed by the press.
    """

    suffix: str
    media_type: str
    #: The view, the language, and where the house is found.
    write: Callable[[View, Language, str], str] | None
    is_saved: bool = False


FORMATS: Mapping[str, Format] = {
    each.suffix: each
    for each in (
        Format("json", "application/json", lambda view, _language, _url: as_json(view)),
        Format(
            "csv",
            "text/csv; charset=utf-8",
            lambda view, language, _url: as_csv(view, language),
            is_saved=True,
        ),
        Format(
            "txt",
            "text/plain; charset=utf-8",
            lambda view, language, url: as_text(view, language, front_url=url),
        ),
        Format("geojson", "application/geo+json", lambda view, _language, _url: as_geojson(view)),
        Format("pdf", "application/pdf", None),
    )
}
_ANYTHING = frozenset({"", "*/*", "application/*", "text/html"})


def format_for(accept: str) -> Format | None:
    """What an Accept header asks for first: JSON for who takes anything, None for who takes none of ours."""
    for part in accept.split(","):
        wanted = part.partition(";")[0].strip().lower()
        if wanted in _ANYTHING:
            return FORMATS["json"]
        for each in FORMATS.values():
            if each.media_type.partition(";")[0] == wanted:
                return each
    return None


async def written(view: View, form: Format, language: Language, *, front_url: str = "") -> Response:
    """The answer, with a tag by which it can be asked for again."""
    if form.write is not None:
        body = form.write(view, language, front_url).encode()
    else:
        body = await PRESS.print(view, language, front_url=front_url)
    place = "attachment" if form.is_saved else "inline"
    headers = {
        "ETag": etag_of(sha256(body).hexdigest()[:32]),
        "Vary": "Accept, Accept-Language, Cookie",
        "Content-Disposition": f"{place}; {_names(view, form.suffix, language)}",
    }
    return Response(body, 200, headers, media_type=form.media_type)


def _names(view: View, suffix: str, language: Language) -> str:
    """A plain name, and one for people, which browsers take where they can read it."""
    title = language.say("Lägesbild", "Situation picture")
    told = [title, view.municipality_name, said(view.period_name, language)]
    told += [said(EDITION_WORDS[view.edition], language).lower()]
    told += [f"version {view.stated.version}"] if view.stated.version else []
    name = quote(f"{' '.join(told)}.{suffix}")
    return f"filename=\"{file_name(view, suffix)}\"; filename*=UTF-8''{name}"


def file_name(view: View, suffix: str) -> str:
    """lagesbild-9901-2026-W47-general-v1.csv"""
    version = f"v{view.stated.version}" if view.stated.version else ""
    scope = view.scope.replace(",", "-")[:60]
    parts = ("lagesbild", view.municipality, view.period, scope, str(view.edition), version)
    return f"{'-'.join(part for part in parts if part)}.{suffix}"
