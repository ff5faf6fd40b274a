"""Visits to the pages of pictures: who sits there, what they read, and which buttons they press."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from one_signs import one_signs

from est_chassis.testing import HostedService
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.examples import example_incident
from est_contracts.vocabulary import Role

SECRET = "only-for-the-tests-of-the-compiler"
WEEK_47 = "/pictures/9901/2026-W47"


class HiddenFields(HTMLParser):
    """The names and values that a form sends without being asked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "input" and told.get("type") == "hidden":
            self.fields[str(told["name"])] = str(told["value"])


def seat(role: Role, *, municipality: str | None = "9901") -> dict[str, str]:
    caller = Caller(CallerKind.SEAT, "Någon", municipality, "samordnaren", None, None, frozenset({role}))
    cookie = session_cookie(caller, secret=SECRET, expires_at=datetime(2027, 1, 1, tzinfo=UTC))
    return {"Cookie": f"{SEAT_COOKIE}={cookie}", "Origin": "http://testserver", "Accept": "text/html"}


COORDINATOR, READER = seat(Role.COORDINATOR), seat(Role.RECIPIENT)


async def page_of(compiler: HostedService, path: str = WEEK_47, headers: dict[str, str] = COORDINATOR) -> str:
    answer = await compiler.http.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


async def press(compiler: HostedService, path: str, fields: dict[str, str]) -> int:
    answer = await compiler.http.post(path, data=fields, headers=COORDINATOR)
    return answer.status_code


async def reports_in_valboas(compiler: HostedService) -> None:
    """Twelve reports of vandalism in Norrängen, in week 47."""
    await compiler.hears(one_signs(), *(example_incident(number) for number in range(2, 14)))
