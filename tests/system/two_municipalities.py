"""All four services at work for two municipalities: one where everything has happened, and a neighbour."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from est_chassis.clock import SetClock
from est_chassis.testing import FreshDatabase, HostedService, host
from est_chassis.web.access import digest_of
from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import SEAT_ROLES, Checklist, CollaborationDocument, Party, Role
from est_intake.application import Intake
from est_intake.domain.invitation import InvitationKind
from est_intake.domain.submission import Sender
from est_single_machine.documents import read_collaboration
from est_single_machine.keys import KeyHolder, add_key
from est_single_machine.ready_made import template_file

SERVICES = ("intake", "compiler", "analysis", "notifier")
HOME, NEIGHBOUR, NOWHERE = "9901", "0780", "2584"
SUNDAY_OF_WEEK_47 = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
PERIOD = "2026-W46"
OWN_CHECKLIST = "var_egen"
#: Whoever may do most in a municipality: a program with everything that a seat can be, and its caretaker.
ROLES = (*(role for role in Role if role in SEAT_ROLES), Role.OPERATOR)
KNOWN_BY_POSITION = ("made_from", "made_from_analysis")
PICTURE = f"/v1/municipalities/{HOME}/pictures/{PERIOD}"

Headers = dict[str, str]


@dataclass(frozen=True)
class TwoMunicipalities:
    """The services, who comes to their doors, and the names of the things that the one municipality has."""

    hosted: dict[str, HostedService]
    home: Headers
    neighbour: Headers
    operator: Headers
    things: dict[str, str]

    async def taken_in(self) -> None:
        """Wait until everybody has heard what everybody has told."""
        for _round in range(3):
            for name, each in self.hosted.items():
                told = await each.tells()
                last = told[-1].recorded.position if told else 0
                for other in self.hosted.values():
                    if name in other.service.subscriptions.upstreams:
                        await _has_heard(other, name, position=last)
            for each in self.hosted.values():
                await each.settled()

    def recorded(self) -> dict[str, int]:
        """How long each log is."""
        return {name: each.service.store.last_position() for name, each in self.hosted.items()}


@asynccontextmanager
async def two_municipalities(
    database: FreshDatabase, nats_url: str, folder: Path
) -> AsyncIterator[TwoMunicipalities]:
    operator, home, neighbour = _keys(folder / "keys.json")
    async with AsyncExitStack() as stack:
        hosted = {
            name: await stack.enter_async_context(
                host(_built(name, database=database, nats_url=nats_url, folder=folder))
            )
            for name in SERVICES
        }
        both = TwoMunicipalities(hosted, home, neighbour, operator, {})
        await _set_up(both, _home_document())
        await _set_up(both, read_collaboration(template_file("vaxjo")))
        for fill in (_fill_intake, _fill_analysis, _fill_compiler, _fill_notifier):
            await both.taken_in()
            both.things.update(await fill(both))
        await both.taken_in()
        yield both


def _built(name: str, *, database: FreshDatabase, nats_url: str, folder: Path) -> Any:
    module, settings = import_module(f"est_{name}.service"), import_module(f"est_{name}.settings")
    chosen = getattr(settings, f"{name.capitalize()}Settings")(
        database_url=database.prepare(name, beside_tables=getattr(module, "BESIDE_TABLES", "")),
        nats_url=nats_url,
        session_secret="only-for-tests-only-for-tests-32",
        api_keys_file=folder / "keys.json",
        http_port=0,
    )
    return module.build(chosen, clock=SetClock(SUNDAY_OF_WEEK_47))


def _keys(path: Path) -> tuple[Headers, Headers, Headers]:
    holders = (
        KeyHolder(key_id="operator", name="Drift", roles=(Role.OPERATOR,)),
        KeyHolder(
            key_id="home",
            name="Hemma",
            roles=ROLES,
            municipality=HOME,
            function="samordnaren",
            organisation="valboas_kommun",
            party=Party.MUNICIPALITY,
        ),
        KeyHolder(
            key_id="neighbour",
            name="Grannen",
            roles=ROLES,
            municipality=NEIGHBOUR,
            function="sakerhetschefen",
            organisation="vaxjo_kommun",
            party=Party.MUNICIPALITY,
        ),
    )
    first, second, third = ({"Authorization": f"Bearer {add_key(path, each)}"} for each in holders)
    return first, second, third


def _home_document() -> CollaborationDocument:
    """Valboås with a checklist of its own, open to reports from the public and with pictures that are not."""
    document = example_collaboration()
    own = Checklist.model_validate(
        {
            "checklist_id": OWN_CHECKLIST,
            "version": 1,
            "title": {"sv": "Vår egen", "en": "Our own"},
            "entries": [
                {
                    "entry_id": f"{OWN_CHECKLIST}.1",
                    "words": {"sv": "Det vi frågar om", "en": "What we ask"},
                    "polarity": "negative",
                    "scope": "place",
                    "tense": "occurred",
                    "scale": None,
                    "theme": "other",
                }
            ],
        }
    )
    changes = {"own_checklists": (own,), "open_to_the_public": True, "signed_by": (Party.MUNICIPALITY,)}
    return document.model_copy(update=changes)


async def _set_up(both: TwoMunicipalities, document: CollaborationDocument) -> None:
    answer = await both.hosted["intake"].http.put(
        f"/v1/municipalities/{document.municipality}/collaboration",
        content=document.model_dump_json(),
        headers=both.operator | {"Content-Type": "application/json"},
    )
    assert answer.status_code == 201, answer.text


async def _fill_intake(both: TwoMunicipalities) -> dict[str, str]:
    """Reports of three weeks, a return, counts, a key, a link, a device, and a word of the public."""
    intake = both.hosted["intake"]
    reports = [_report(weeks, place) for weeks, many in ((2, 6), (1, 5), (0, 7)) for place in range(many)]
    batch = await intake.http.post("/v1/reports:batch", json={"reports": reports}, headers=both.operator)
    assert {each["outcome"] for each in batch.json()["outcomes"]} == {"recorded"}, batch.text
    counts = {"counts": [{"area": HAMNEN, "checklist_entry": "orebro.1", "number": 3}], "period": PERIOD}
    returned = {"checklist": "orebro", "answers": [_answer()]}
    block_id = str(uuid4())
    receipt = await _sent(intake, "PUT", f"/v1/returns/{PERIOD}", returned, by=both.home)
    await _sent(intake, "PUT", f"/v1/count-blocks/{block_id}", counts, by=both.home)
    order = {"function": "faltgruppen", "name": "Appen", "scopes": ["reports:write"]}
    issued = await _sent(intake, "POST", "/v1/keys", order, by=both.home)
    invitation_id, device_id = await intake.service.do(_invited)
    public = await intake.http.post(
        "/open311/v2/requests.json",
        data={
            "jurisdiction_id": HOME,
            "service_code": "orebro.1",
            "description": "Trasig lampa vid hamnen.",
            "address_string": "Hamnen",
        },
    )
    return {
        "report_id": reports[-1]["report_id"],
        "return_id": receipt["return_id"],
        "block_id": block_id,
        "key_id": issued["key_id"],
        "invitation_id": str(invitation_id),
        "device_id": str(device_id),
        "request_id": public.json()[0]["service_request_id"],
        "function_id": "faltgruppen",
        "checklist_id": OWN_CHECKLIST,
        "code": HOME,
        "period": PERIOD,
        "area": NORRANGEN,
    }


async def _fill_analysis(both: TwoMunicipalities) -> dict[str, str]:
    """A confirmed problem, and what is done about it."""
    analysis, problems = both.hosted["analysis"], f"/v1/municipalities/{HOME}/problems"
    found = await _sent(analysis, "GET", problems, None, by=both.home)
    problem_id, measure_id = found["problems"][0]["problem_id"], str(uuid4())
    version = {"If-Match": f'"{found["problems"][0]["version"]}"'}
    address = f"{problems}/{problem_id}"
    await _sent(analysis, "PUT", f"{address}/confirmation", {"reason": "seen_by_us"}, by=both.home | version)
    measure = {"kind": "lighting", "function": "bosocial_utvecklare", "due_on": "2026-12-04"}
    await _sent(analysis, "PUT", f"{address}/measures/{measure_id}", measure, by=both.home)
    return {"problem_id": problem_id, "measure_id": measure_id}


async def _fill_compiler(both: TwoMunicipalities) -> dict[str, str]:
    """A picture that is written, signed and published."""
    compiler, work = both.hosted["compiler"], f"{PICTURE}/compilation"
    row_id = str(uuid4())
    level = {"level": "green", "words": "Lugnt i hela kommunen.", "revision": 0}
    row = {"section": "problembilder", "what": "Trasiga lampor", "revision": 0}
    await _sent(compiler, "PUT", work, None, by=both.home)
    await _sent(compiler, "PUT", f"{work}/level", level, by=both.home)
    await _sent(compiler, "PUT", f"{work}/rows/{row_id}", row, by=both.home)
    state = await _sent(compiler, "GET", work, None, by=both.home)
    signed = {"seen": state["fingerprint"]} | {name: state[name] for name in KNOWN_BY_POSITION}
    await _sent(compiler, "PUT", f"{work}/signatures/municipality", signed, by=both.home)
    await _sent(compiler, "PUT", f"{PICTURE}/publication", {}, by=both.home)
    known = {name: str(state[name]) for name in KNOWN_BY_POSITION}
    return known | {"row_id": row_id, "text_id": state["level"]["text_id"], "version": "1"}


async def _fill_notifier(both: TwoMunicipalities) -> dict[str, str]:
    """An alert about the problem, and a letter that waits for a mail server."""
    notifier, of_home = both.hosted["notifier"], f"/v1/municipalities/{HOME}"
    alerts = await _sent(notifier, "GET", f"{of_home}/alerts", None, by=both.home)
    sent = await _sent(notifier, "GET", f"{of_home}/distributions", None, by=both.home)
    distribution = sent["distributions"][0]
    return {
        "alert_id": alerts["alerts"][0]["alert_id"],
        "distribution_id": distribution["distribution_id"],
        "recipient": distribution["letters"][0]["recipient"],
    }


def _report(weeks_ago: int, place: int) -> dict[str, Any]:
    functions = ("samordnaren", "kommunpolisen", "bovard_norrangen")
    happened_at = SUNDAY_OF_WEEK_47 - timedelta(weeks=weeks_ago, hours=5 + 7 * place)
    return {
        "report_id": str(uuid4()),
        "municipality": HOME,
        "function": functions[place % 3],
        "checklist_entry": "orebro.1",
        "area": NORRANGEN,
        "happened_at": happened_at.isoformat(),
        "severity": 4,
        "text": "Krossade rutor i cykelgaraget.",
    }


def _answer() -> dict[str, Any]:
    return {"checklist_entry": "orebro.1", "area": NORRANGEN, "value": 3, "text": "Lugnare än förra veckan."}


def _invited(app: Intake) -> tuple[UUID, UUID]:
    """A link on the wall that has bound one phone."""
    link = digest_of("a link on the wall")
    coordinator = Sender(HOME, "samordnaren", SEAT_ROLES)
    invitation = app.inviting.invite(
        HOME, function="faltgruppen", kind=InvitationKind.SHARED, link_sha256=link, by=coordinator
    )
    app.work.flush()
    return invitation.id, app.inviting.bind_device(link, token_sha256=digest_of("a phone")).id


async def _sent(
    hosted: HostedService, method: str, address: str, body: object | None, *, by: Headers
) -> dict[str, Any]:
    headers = by | {"Content-Type": "application/json"}
    content = None if body is None else json.dumps(body)
    answer = await hosted.http.request(method, address, headers=headers, content=content)
    assert answer.status_code < 300, f"{method} {address}: {answer.status_code} {answer.text}"
    return dict(answer.json()) if answer.content else {}


async def _has_heard(hosted: HostedService, upstream: str, *, position: int) -> None:
    await hosted.until(lambda: hosted.service.fact_intake.place(upstream).position >= position)
