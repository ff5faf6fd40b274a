"""Who may come in: every route has exactly one `allow(...)`."""

from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.requests import Request

from est_chassis.clock import Clock
from est_chassis.settings import ServiceSettings
from est_chassis.web.api_keys import ApiKeys, digest_of, new_api_key
from est_chassis.web.callers import PUBLIC_CALLER, Caller, CallerKind
from est_chassis.web.credentials import CredentialSource, DeviceSource
from est_chassis.web.if_match import needs_version
from est_chassis.web.problems import Problem, not_found
from est_chassis.web.quotas import quotas_of
from est_chassis.web.seats import SEAT_COOKIE, seated_caller, session_cookie
from est_contracts.vocabulary import Role

__all__ = [
    "SEAT_COOKIE",
    "Access",
    "Caller",
    "CallerKind",
    "CredentialSource",
    "Gate",
    "GuardedRoute",
    "allow",
    "caller_of",
    "digest_of",
    "find_caller",
    "guarded_routes",
    "is_gate",
    "new_api_key",
    "refuse_other_origins",
    "session_cookie",
    "within",
]

_ONLY_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ROLES: Final = "est_roles"
_SCOPE: Final = "est_scope"


class Access:
    """Knows who comes to one service; lives in `app.state.access`.

    Whoever brings an `Authorization` header is known by it or refused: the keys file is asked first, then
    the service's own credential sources. Without one, the seat that somebody chose goes first, because it
    was chosen today; then the sources are asked, for a device's cookie say; then it is the public.
    A seat that was lent to a device counts only where nobody can ask for the device itself.
    """

    def __init__(
        self, settings: ServiceSettings, clock: Clock, *, sources: Sequence[CredentialSource] = ()
    ) -> None:
        self.secret = settings.session_secret.get_secret_value()
        self.front_origin = _origin(settings.front_url)
        self.speaks_https = self.front_origin is not None and self.front_origin[0] == "https"
        self._keys = ApiKeys(settings.api_keys_file)
        self._sources = tuple(sources)
        self.binds_devices = any(isinstance(source, DeviceSource) for source in sources)
        self._offers_seats = settings.demo
        self._clock = clock

    async def identify(self, request: Request) -> Caller:
        """A key goes before a seat. A wrong key is refused; an old cookie is nobody in particular."""
        authorization = request.headers.get("authorization")
        if authorization is not None:
            return await self._bearer(request, authorization)
        cookie = request.cookies.get(SEAT_COOKIE)
        seated = seated_caller(cookie, secret=self.secret, now=self._clock.now()) if cookie else None
        if seated is not None and self._believes(seated):
            return seated
        return await self._known_to_sources(request) or PUBLIC_CALLER

    def _believes(self, seated: Caller) -> bool:
        """A seat that somebody chose, in the demo; one that was lent, where nobody can ask for the device."""
        return self._offers_seats if seated.kind is CallerKind.SEAT else not self.binds_devices

    async def _bearer(self, request: Request, authorization: str) -> Caller:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise _unknown()
        caller = self._keys.caller(token.strip()) or await self._known_to_sources(request)
        if caller is None:
            raise _unknown()
        return caller

    async def _known_to_sources(self, request: Request) -> Caller | None:
        for source in self._sources:
            caller = await source.caller(request)
            if caller is not None:
                return caller
        return None


class Gate(Protocol):
    """A dependency of FastAPI that lets some in."""

    def __call__(self, request: Request) -> Awaitable[Caller]: ...


def allow(*roles: Role, scope: str | None = None) -> Gate:
    """Lets in callers with one of the roles; `Role.PUBLIC` lets in anyone.

    A caller with scopes must have this one as well, and does not come in where none is named:
    a key that was made for one thing does not open whatever is built later.
    A key with a quota uses one of it each time it comes in.
    """
    allowed = frozenset(roles)

    async def gate(request: Request) -> Caller:
        caller = await find_caller(request)
        if Role.PUBLIC not in allowed and not (caller.has(*allowed) and caller.may(scope)):
            raise _unknown() if caller.kind is CallerKind.PUBLIC else Problem(403, "forbidden")
        quotas_of(request).use_key_of(caller)
        if caller.comes_by_cookie and request.method not in _ONLY_READS:
            refuse_other_origins(request)
        return caller

    setattr(gate, _ROLES, allowed)
    setattr(gate, _SCOPE, scope)
    return gate


def is_gate(call: object) -> bool:
    """Whether `allow(...)` made it."""
    return hasattr(call, _ROLES)


async def find_caller(request: Request) -> Caller:
    """Who calls, without asking whether they may; found once for each request."""
    known: Caller | None = getattr(request.state, "caller", None)
    if known is None:
        access: Access = request.app.state.access
        known = request.state.caller = await access.identify(request)
    return known


def caller_of(request: Request) -> Caller:
    """Who was found at the gate; before it, anybody."""
    known: Caller | None = getattr(request.state, "caller", None)
    return known or PUBLIC_CALLER


def within(caller: Caller, municipality: str) -> None:
    """Another municipality's things do not exist."""
    if caller.municipality is not None and caller.municipality != municipality:
        raise not_found()


def refuse_other_origins(request: Request) -> None:
    """A page elsewhere must not act in the name of whoever sits here (CSRF)."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None:
        # "none" is the person's own doing, such as a bookmark. A neighbouring subdomain is somebody else.
        is_ours = fetch_site in {"same-origin", "none"}
    else:
        # Browsers leave that header out over plain http, but they always send an Origin with a POST.
        origin = _origin(request.headers.get("origin", ""))
        is_ours = origin is not None and origin in {
            request.app.state.access.front_origin,
            _origin(f"{request.url.scheme}://{request.headers.get('host', '')}"),
        }
    if not is_ours:
        raise Problem(403, "other_origin")


@dataclass(frozen=True, slots=True)
class GuardedRoute:
    """A route, what each `allow(...)` on it says (there is to be exactly one), and what else it asks for."""

    path: str
    methods: frozenset[str]
    allowed: tuple[frozenset[Role], ...]
    scopes: frozenset[str]
    is_in_openapi: bool
    needs_version: bool


def guarded_routes(app: FastAPI) -> list[GuardedRoute]:
    """Every route of an app, those of its routers too; static files lie beside them and are anyone's."""
    return [
        GuardedRoute(
            path=str(context.path_format),
            methods=frozenset(context.methods or ()),
            allowed=tuple(getattr(gate, _ROLES) for gate in _gates(context.dependant)),
            scopes=frozenset(scope for gate in _gates(context.dependant) if (scope := getattr(gate, _SCOPE))),
            is_in_openapi=context.include_in_schema,
            needs_version=any(needs_version(call) for call in _dependencies(context.dependant)),
        )
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute)
    ]


def _gates(dependant: Dependant) -> Iterator[object]:
    return filter(is_gate, _dependencies(dependant))


def _dependencies(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _dependencies(inner)


def _unknown() -> Problem:
    return Problem(401, "unauthorised", headers={"WWW-Authenticate": 'Bearer realm="est"'})


def _origin(address: str) -> tuple[str, str | None, int | None] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None
