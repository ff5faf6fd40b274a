"""One frame for all pages: the layout, the words around it, and where a service's own templates lie."""

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from est_chassis.clock import Clock
from est_chassis.settings import ServiceSettings
from est_chassis.web.access import caller_of
from est_chassis.web.callers import Caller, CallerKind
from est_chassis.web.languages import LANGUAGE_NAMES, Language, answer_in_language, language_of, said, say
from est_chassis.web.lent_seats import lend_seat
from est_chassis.web.local_addresses import address_in
from est_chassis.web.navigation import links_for
from est_chassis.web.static_files import mark_of
from est_chassis.web.written import filters_for
from est_contracts.vocabulary import DEMO_MUNICIPALITY, MUNICIPALITIES, Words

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
_DEMO_NAME: Final = "Valboås"


def page(request: Request, template: str, *, status_code: int = 200, **view: Any) -> HTMLResponse:
    """A page, or a piece of one for htmx, in the frame that all services share."""
    frame: Frame = request.app.state.frame
    response = HTMLResponse(frame.render(request, template, caller_of(request), view), status_code)
    answer_in_language(request, response)
    lend_seat(request, response)
    return response


class Frame:
    """The templates of the chassis and of one service; lives in `app.state.frame`."""

    def __init__(self, settings: ServiceSettings, clock: Clock, service_name: str) -> None:
        self._demo = settings.demo
        self._clock = clock
        self.own_static = folder_of(service_name, "static")
        folders = [folder_of(service_name, "templates"), HERE / "templates"]
        known = {"service_name": service_name, "static_url": StaticAddresses(service_name, self.own_static)}
        # One for each language, so that imported parts speak it too without being handed anything.
        self._templates = {language: _environment(folders, language, known) for language in Language}

    def render(self, request: Request, template: str, caller: Caller, view: dict[str, Any]) -> str:
        language = language_of(request)
        surroundings = {
            "caller": caller,
            "is_signed_in": caller.comes_by_cookie,
            # A device is let go where the service that bound it says so.
            "can_sign_out": caller.kind is CallerKind.SEAT,
            "place": place_of(caller),
            "demo": self._demo,
            "navigation": links_for(caller),
            "path": request.url.path,
            "other_language": language.other,
            "in_other_language": address_in(request, language.other),
            "now": self._clock.now(),
            "is_fragment": request.headers.get("hx-request-type") == "partial",
        }
        return self._templates[language].get_template(template).render(surroundings | view)


class StaticAddresses:
    """`static_url("est.css")`: the address changes with the content, so browsers may keep it for a year."""

    def __init__(self, service_name: str, own: Path) -> None:
        self._own_prefix = f"{service_name}/"
        self._own = own

    def __call__(self, path: str) -> str:
        if path.startswith(self._own_prefix):
            file = self._own / path.removeprefix(self._own_prefix)
        else:
            file = STATIC / path
        return f"/static/{path}?v={mark_of(file)}"


def folder_of(service_name: str, kind: str) -> Path:
    """A service's templates lie in `est_<name>/pages/templates`; there may be none."""
    package = find_spec(f"est_{service_name}")
    home = Path(package.origin).parent if package and package.origin else HERE / "none"
    return home / "pages" / kind


def place_of(caller: Caller) -> str:
    """The municipality's name as a reader knows it."""
    if caller.municipality is None:
        return ""
    if caller.municipality == DEMO_MUNICIPALITY:
        return _DEMO_NAME
    return MUNICIPALITIES.get(caller.municipality, caller.municipality)


def _environment(folders: list[Path], language: Language, known: dict[str, Any]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters_for(language) | {"said": partial(_said_or_as_it_is, language=language)}
    environment.globals |= {
        **known,
        "language": language,
        "language_names": LANGUAGE_NAMES,
        "say": partial(say, language),
    }
    return environment


def _said_or_as_it_is(words: Words | str, *, language: Language) -> str:
    """What a view has put into the reader's language already passes through."""
    return words if isinstance(words, str) else said(words, language)
