"""The eight ready-made municipalities, set up as an operator does, and one period run through each."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx
import pytest

from est_chassis.clock import SystemClock
from est_contracts.vocabulary import (
    Area,
    ChecklistEntry,
    CollaborationDocument,
    Function,
    PeriodKind,
    Role,
    Scope,
    Tense,
)
from est_single_machine.ready_made import TEMPLATES, template
from tests.system.est_house import OPERATOR_TOKEN, EstHouse
from tests.system.newcomer import Newcomer, links_in, text_of

PATIENCE_SECONDS = 30
#: Entries with a scale, and areas that are assessed as a whole.
RETURNED = {
    "boras": (16, 2),
    "borlange": (8, 0),
    "botkyrka": (6, 5),
    "malmo": (32, 5),
    "norrkoping": (8, 3),
    "orebro": (8, 2),
    "sollentuna": (8, 3),
    "vaxjo": (8, 2),
}


class PeriodRun:
    """One period of a municipality: what its functions have said, and what must then be known."""

    def __init__(self, http: httpx.Client, document: CollaborationDocument, now: datetime) -> None:
        self.http, self.document, self.now = http, document, now
        self.period = document.rhythm.period_of(now)
        self.entries = [each for own in document.checklists_in_use() for each in own.entries]
        functions = document.functions_with(Role.REPORTER)
        self.reporting = functions[:-2]
        self.calm, self.silent = functions[-2], functions[-1]
        self.told: Counter[tuple[str, str]] = Counter()

    def report_every_entry(self) -> None:
        """Each entry of the list once, function by function; twice over, so that each number is above one."""
        functions, areas = cycle(self.reporting), cycle(self.document.areas or (None,))
        bodies = [
            self._report(entry, next(functions), next(areas)) for _round in range(2) for entry in self.entries
        ]
        answer = self.http.post("/v1/reports:batch", json={"reports": bodies})
        assert {each["outcome"] for each in answer.json()["outcomes"]} == {"recorded"}, answer.text

    def return_nothing(self) -> None:
        self._put({"function": self.calm.function_id, "nothing_to_report": True})

    def return_the_list(self) -> None:
        """The whole list, where it has a scale, with an assessment of each area and the risk value."""
        own = self.document.checklists_in_use()[0]
        scaled = [entry for entry in own.entries if entry.scale is not None]
        # Districts are assessed where there is nothing smaller in them.
        holding = {area.within for area in self.document.areas}
        areas = [area for area in self.document.areas if area.area_id not in holding]
        risk = self.document.risk_scale
        self._put(
            {
                "function": self.reporting[0].function_id,
                "checklist": own.checklist_id,
                "answers": [
                    {"checklist_entry": entry.entry_id, "value": 1 + place % 5}
                    for place, entry in enumerate(scaled)
                ],
                "area_assessments": [
                    {"area": area.area_id, "value": 1 + place % 5} for place, area in enumerate(areas)
                ],
                **({"risk_value": risk.highest} if risk else {}),
            }
        )

    def returned(self) -> dict[str, Any]:
        whose = {"function": self.reporting[0].function_id, "municipality": self.document.municipality}
        told = self.http.get(f"/v1/returns/{self.period}", params=whose).raise_for_status().json()
        (returned,) = told["returns"]
        return dict(returned)

    def heard(self) -> dict[str, str]:
        told = self._of_the_period("coverage")
        return {each["function"]: each["heard"] for each in told["functions"]}

    def counted(self) -> Counter[tuple[str, str]]:
        """By organisation and entry."""
        counted: Counter[tuple[str, str]] = Counter()
        for organisation in self._of_the_period("counts")["organisations"]:
            for each in organisation["counts"]:
                counted[organisation["organisation"], each["checklist_entry"]] += each["reports"]
        return counted

    def pictured(self) -> dict[str, Any]:
        """The picture of the period in the edition of those who take part, laid out by the own template."""
        period = self.document.picture_calendar.period_of(self.kind, self.now)
        address = f"/v1/municipalities/{self.document.municipality}/pictures/{period}/editions/internal.json"
        return dict(self.http.get(address).raise_for_status().json())

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind.WEEK if self.document.period_days == 7 else PeriodKind.FORTNIGHT

    def expected_of(self, function: Function) -> str:
        """With more functions than reports some have not been heard of yet."""
        place = self.reporting.index(function)
        return "reported" if place < 2 * len(self.entries) else "awaited"

    def _report(self, entry: ChecklistEntry, function: Function, area: Area | None) -> dict[str, Any]:
        self.told[function.organisation_id, entry.entry_id] += 1
        foreseen = entry.tense is Tense.EXPECTED
        return {
            "report_id": str(uuid4()),
            "municipality": self.document.municipality,
            "function": function.function_id,
            "checklist_entry": entry.entry_id,
            "area": area.area_id if area else None,
            "happened_at": self.now.isoformat(),
            "severity": 3 if entry.scale and not foreseen else None,
        }

    def _put(self, body: dict[str, Any]) -> None:
        answer = self.http.put(
            f"/v1/returns/{self.period}", json=body, params={"municipality": self.document.municipality}
        )
        assert (answer.status_code, answer.json().get("is_late")) == (201, False), answer.text

    def _of_the_period(self, what: str) -> dict[str, Any]:
        address = f"/v1/municipalities/{self.document.municipality}/periods/{self.period}/{what}"
        return dict(self.http.get(address).raise_for_status().json())


def headings_in(edition: dict[str, Any]) -> list[str]:
    return [each["name"] for each in edition["blocks"] if each["block"] == "heading"]


def reports_in(edition: dict[str, Any]) -> int:
    """How many reports the period has, as the table of totals says."""
    [totals] = [each for each in edition["blocks"] if each["block"] == "table" and each["name"] == "totals"]
    [reports] = [row for row in totals["rows"] if row["key"] == "reports"]
    return int(reports["cells"][0]["value"])


def est(house: EstHouse, *words: str) -> str:
    """A command as an operator types it; what it printed."""
    command = [sys.executable, "-m", "est_single_machine", *words, "--data", str(house.directory)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def until(holds: Callable[[], bool]) -> None:
    """Look again and again, for a bounded time."""
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < gives_up_at, "it did not come to hold in time"
        time.sleep(0.05)


def what_happened_long_ago(document: CollaborationDocument) -> dict[str, str]:
    """The fields that a reporter fills in, by the municipality's own list; it counts in no present period."""
    entries = document.checklists_in_use()[0].entries
    happened = next(each for each in entries if each.tense is Tense.OCCURRED and each.scope is Scope.PLACE)
    area = document.areas[0].area_id if document.areas else ""
    moment = (SystemClock().now() - timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")
    when = {"when": "chosen", "moment": moment}
    return {"checklist_entry": happened.entry_id, "area": "other", "other_area": area, **when}


def link_to_the_first_coordinators_seat(house: EstHouse, document: CollaborationDocument) -> str:
    address = f"/v1/municipalities/{document.municipality}/invitations"
    seat = document.functions_with(Role.COORDINATOR)[0].function_id
    with house.http(OPERATOR_TOKEN) as http:
        return str(http.post(address, json={"function": seat}).raise_for_status().json()["link"])


@pytest.fixture(scope="module")
def said(house: EstHouse) -> Mapping[str, str]:
    """What `est set-up` said of each template."""
    return {name: est(house, "set-up", "--template", name) for name in TEMPLATES}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_first_coordinator_comes_in_by_a_link_and_invites_a_reporter_who_reports(
    house: EstHouse, said: Mapping[str, str], name: str
) -> None:
    document = template(name)
    code, (coordinator, *others) = document.municipality, document.functions_with(Role.COORDINATOR)
    reporter = next(each for each in document.functions if set(each.roles) == {Role.REPORTER})

    links = links_in(est(house, "invite", code, "--all-coordinators"))
    at_the_desk, with_a_phone = Newcomer(house.front_url), Newcomer(house.front_url)
    start = at_the_desk.come_in_by(links[0])
    (link,) = set(links_in(at_the_desk.invites(reporter.function_id)))
    form = with_a_phone.come_in_by(link)
    receipt = with_a_phone.send("/report", **what_happened_long_ago(document))

    assert f"est invite {code} --all-coordinators" in said[name]
    assert len(links) == 1 + len(others)
    assert (start.url.path, form.url.path) == ("/", "/report")
    assert coordinator.title in text_of(start) and "Platser och inbjudningar" in text_of(start)
    assert reporter.title in text_of(form)
    assert "Rapporten är registrerad." in text_of(receipt)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_coordinators_page_speaks_of_the_municipalitys_own_checklist_and_period(
    house: EstHouse, said: Mapping[str, str], name: str
) -> None:
    document = template(name)
    listed = document.checklists_in_use()[0]
    code, words = document.municipality, [each.words.sv for each in listed.entries]
    period = document.rhythm.period_of(SystemClock().now())
    own = {
        "/report": words,
        "/meeting": words,
        "/counts": words,
        "/return": [each.words.sv for each in listed.entries if each.scale is not None],
        "/set-up": [listed.title.sv, document.name],
        "/coverage": [each.title for each in document.functions_with(Role.REPORTER)],
        "/compilation": [document.name],
        f"/pictures/{code}/{period}": [document.name],
        f"/pictures/{code}/{period}/compile": [document.name],
    }
    coordinator = Newcomer(house.front_url)
    coordinator.come_in_by(link_to_the_first_coordinators_seat(house, document))

    pages = {path: coordinator.reads(path) for path in own}

    absent = {path: [each for each in told if each not in pages[path]] for path, told in own.items()}
    assert absent == {path: [] for path in own}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_municipality_of_the_report_works_for_a_period_from_its_template(
    house: EstHouse, said: Mapping[str, str], name: str
) -> None:
    document = template(name)

    with house.http(OPERATOR_TOKEN) as http:
        run = PeriodRun(http, document, SystemClock().now())
        run.report_every_entry()
        run.return_nothing()
        run.return_the_list()
        until(lambda: sum(run.counted().values()) == 2 * len(run.entries))
        until(lambda: "nothing" in run.heard().values())
        until(lambda: reports_in(run.pictured()) == 2 * len(run.entries))
        heard, counted, returned, pictured = run.heard(), run.counted(), run.returned(), run.pictured()

    assert f"{document.name} ({document.municipality}) is set up: version 1." in said[name]
    assert f"Model {document.organisation_model}, checklist {document.checklists[0]}" in said[name]
    assert "Next deadline:" in said[name]
    assert counted == run.told
    assert heard == {
        **{each.function_id: run.expected_of(each) for each in run.reporting},
        run.calm.function_id: "nothing",
        run.silent.function_id: "awaited",
    }
    assert (len(returned["answers"]), len(returned["area_assessments"])) == RETURNED[name]
    assert returned["risk_value"] == (document.risk_scale and document.risk_scale.highest)
    sections = [each.section_id for each in document.template(run.kind).all_sections()]
    assert [name for name in headings_in(pictured) if name in sections] == sections


def test_every_template_is_run_through() -> None:
    assert set(RETURNED) == set(TEMPLATES)
