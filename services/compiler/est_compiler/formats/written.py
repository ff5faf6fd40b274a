"""Which formats there are, and a view written in one of them, ready to be sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.responses import Response

from est_chassis.web.languages import Language
from est_compiler.domain.view import View
from est_compiler.formats.as_csv import as_csv
from est_compiler.formats.as_geojson import as_geojson
from est_compiler.formats.as_json import as_json
from est_compiler.formats.as_text import as_text


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is written, what the web calls it, and whether it is a file to be saved."""

    suffix: str
    media_type: str
    write: Callable[[View, Language], str]
    is_saved: bool = False


FORMATS: Mapping[str, Format] = {
    each.suffix: each
    for each in (
        Format("json", "application/json", lambda view, _language: as_json(view)),
        Format("csv", "text/csv; charset=utf-8", as_csv, is_saved=True),
        Format("txt", "text/plain; charset=utf-8", as_text),
        Format("geojson", "application/geo+json", lambda view, _language: as_geojson(view)),
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


def written(view: View, form: Format, language: Language) -> Response:
    """The answer, with a tag by which it can be asked for again."""
    body = form.write(view, language).encode()
    place = "attachment" if form.is_saved else "inline"
    headers = {
        "ETag": f'"{sha256(body).hexdigest()[:32]}"',
        "Vary": "Accept, Accept-Language, Cookie",
        "Content-Disposition": f'{place}; filename="{file_name(view, form.suffix)}"',
    }
    return Response(body, 200, headers, media_type=form.media_type)


def file_name(view: View, suffix: str) -> str:
    """lagesbild-9901-2026-W47-general-v1.csv"""
    version = f"v{view.stated.version}" if view.stated.version else ""
    scope = view.scope.replace(",", "-")[:60]
    parts = ("lagesbild", view.municipality, view.period, scope, str(view.edition), version)
    return f"{'-'.join(part for part in parts if part)}.{suffix}"
