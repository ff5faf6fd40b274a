"""The three coordinators of Valboås at their doors, for tests: each in a seat of their own."""

from datetime import UTC, datetime
from typing import Any

import httpx

from est_chassis.testing import HostedService
from est_chassis.web.access import SEAT_COOKIE, Caller, CallerKind, session_cookie
from est_contracts.example_collaboration import CENTRUM, example_collaboration
from est_contracts.examples import example_incident, example_of
from est_contracts.messages import CollaborationSetUp, Message
from est_contracts.vocabulary import Role, Theme

SECRET = "only-for-the-tests-of-the-compiler"
IN_A_YEAR = datetime(2027, 11, 26, tzinfo=UTC)
WEEK_47 = "/v1/municipalities/9901/pictures/2026-W47"
COMPILATION = f"{WEEK_47}/compilation"
SAMORDNAREN, KOMMUNPOLISEN, BOSOCIAL = "samordnaren", "kommunpolisen", "bosocial_utvecklare"
PARTY_OF = {SAMORDNAREN: "municipality", KOMMUNPOLISEN: "police", BOSOCIAL: "housing"}
#: A section of the weekly template, for words.
GOALS = f"{COMPILATION}/sections/operativa_mal"


def in_seat(function: str, *, role: Role = Role.COORDINATOR, municipality: str = "9901") -> dict[str, str]:
    """The headers of whoever sits there."""
    caller = Caller(CallerKind.SEAT, "Någon", municipality, function, None, None, frozenset({role}))
    cookie = session_cookie(caller, secret=SECRET, expires_at=IN_A_YEAR)
    return {"Cookie": f"{SEAT_COOKIE}={cookie}", "Origin": "http://testserver"}


class AtTheDoor:
    """One function, and what it asks and says."""

    def __init__(self, compiler: HostedService, function: str, *, role: Role = Role.COORDINATOR) -> None:
        self._http = compiler.http
        self.headers = in_seat(function, role=role)
        self.party = PARTY_OF.get(function, "")

    async def asks(self, path: str, **query: Any) -> httpx.Response:
        return await self._http.get(path, params=query, headers=self.headers)

    async def reads(self, path: str, **query: Any) -> dict[str, Any]:
        answer = await self.asks(path, **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def puts(self, path: str, said: object = None, **query: Any) -> httpx.Response:
        return await self._http.put(path, json=said, params=query, headers=self.headers)

    async def does(self, path: str, said: object = None, **query: Any) -> dict[str, Any]:
        answer = await self.puts(path, said, **query)
        assert answer.status_code in (200, 201, 204), answer.text
        return dict(answer.json()) if answer.content else {}

    async def takes_away(self, path: str, **query: Any) -> httpx.Response:
        return await self._http.delete(path, params=query, headers=self.headers)

    async def writes(self, words: str | None, *, revision: int = 0, **query: Any) -> httpx.Response:
        return await self.puts(GOALS, {"words": words, "revision": revision}, **query)

    async def signs(self, **more: Any) -> httpx.Response:
        """Look at all of it, and sign it for one's own party."""
        at = more.pop("at", COMPILATION)
        seen = await self.reads(at)
        said = {"seen": seen["fingerprint"], "made_from": seen["made_from"]}
        return await self.puts(f"{at}/signatures/{more.pop('party', self.party)}", said | more)


async def reports_in_valboas(compiler: HostedService, *more: Message, **changes: Any) -> None:
    """The set-up, and two reports of week 47."""
    document = example_collaboration().model_copy(update=changes)
    await compiler.hears(
        example_of(CollaborationSetUp, position=1, document=document),
        example_incident(2),
        example_incident(3, area=CENTRUM, theme=Theme.FIRE, severity=5),
        *more,
    )


async def three_compile(
    compiler: HostedService, *more: Message, compilation: str = COMPILATION, **changes: Any
) -> tuple[AtTheDoor, ...]:
    """The compilation is open, of week 47 unless another is meant, and all three parties are there."""
    await reports_in_valboas(compiler, *more, **changes)
    three = tuple(AtTheDoor(compiler, function) for function in PARTY_OF)
    await three[0].does(compilation)
    return three


async def all_sign(three: tuple[AtTheDoor, ...], *, at: str = COMPILATION) -> None:
    for each in three:
        answer = await each.signs(at=at)
        assert answer.status_code == 200, answer.text


def codes(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:est:problem:")


async def words_kept(compiler: HostedService) -> list[str]:
    """What lies beside the log."""
    rows = await compiler.service.ask(
        lambda cursor: cursor.execute("SELECT words FROM written_texts ORDER BY words").fetchall()
    )
    return [row["words"] for row in rows]
