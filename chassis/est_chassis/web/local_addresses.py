"""Addresses of our own pages, as they may stand in a link."""

from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.requests import Request

from est_chassis.web.languages import LANGUAGE_QUERY, Language

START: Final = "/"


def local_path(wanted: str) -> str:
    """Where to go afterwards: a page of ours, never an address elsewhere."""
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable()
    return wanted if is_ours and "\\" not in wanted else START


def front_address(request: Request) -> str:
    """Where the house is found from outside."""
    front_url: str = request.app.state.service.settings.front_url
    return front_url.rstrip("/") or str(request.base_url).rstrip("/")


def address_in(request: Request, language: Language) -> str:
    """The present page in a language; after a form was sent, the page that held the form."""
    path, query = _shown_page(request)
    kept = [(name, text) for name, text in parse_qsl(query, keep_blank_values=True) if name != LANGUAGE_QUERY]
    return f"{path}?{urlencode([*kept, (LANGUAGE_QUERY, language.value)])}"


def _shown_page(request: Request) -> tuple[str, str]:
    if request.method in {"GET", "HEAD"}:
        return quote(local_path(request.url.path)), request.url.query
    try:
        came_from = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return START, ""
    is_ours = came_from.netloc == request.headers.get("host")
    return (local_path(came_from.path), came_from.query) if is_ours else (START, "")
