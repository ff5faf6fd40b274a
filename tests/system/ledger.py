"""What was posted and acknowledged, kept by the clients; and what the house holds, looked up afterwards."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import psycopg

from tests.system.est_house import DEMO_TOKEN, EstHouse

TRY_AGAIN_SECONDS = 0.2
ACKNOWLEDGED = (200, 201)
SETTLE_SECONDS = 60


def report(number: int) -> dict[str, Any]:
    """A report of severity 1-4: none of them raises an alert."""
    return {
        "report_id": str(uuid4()),
        "municipality": "9901",
        "checklist_entry": f"orebro.{number % 8 + 1}",
        "area": f"9901R{number % 16 + 1:03}",
        "happened_at": datetime.now(UTC).isoformat(),
        "severity": number % 4 + 1,
        "text": "Krossad ruta vid entrén.",
    }


@dataclass
class Ledger:
    """What the clients know. `unknown` were posted and never answered."""

    acknowledged: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Clients:
    """Reporting apps that post until told to stop, and try again with the same ID until answered."""

    def __init__(self, url: str, *, count: int, pause_seconds: float = 0.02) -> None:
        self.ledger = Ledger()
        self._url = url
        self._pause = pause_seconds
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]

    def __enter__(self) -> "Clients":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(SETTLE_SECONDS)

    def until_more(self, count: int) -> int:
        """Wait until `count` more are acknowledged; how many there are then. Never longer than a minute."""
        deadline, wanted = time.monotonic() + SETTLE_SECONDS, len(self.ledger.acknowledged) + count
        while len(self.ledger.acknowledged) < wanted:
            if time.monotonic() > deadline:
                raise AssertionError("reports are no longer acknowledged")
            self._stopping.wait(TRY_AGAIN_SECONDS / 4)
        return len(self.ledger.acknowledged)

    def _work(self) -> None:
        headers = {"Authorization": f"Bearer {DEMO_TOKEN}"}
        with httpx.Client(base_url=self._url, headers=headers, timeout=5) as http:
            number = 0
            while not self._stopping.is_set():
                number += 1
                self._post_until_answered(http, report(number))
                self._stopping.wait(self._pause)

    def _post_until_answered(self, http: httpx.Client, body: dict[str, Any]) -> None:
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            try:
                status = http.post("/v1/reports", json=body).status_code
            except httpx.HTTPError:
                with self.ledger.lock:
                    self.ledger.unanswered += 1
            else:
                with self.ledger.lock:
                    self.ledger.statuses[status] += 1
                    if status in ACKNOWLEDGED:
                        self.ledger.acknowledged.append(body["report_id"])
                        return
            time.sleep(TRY_AGAIN_SECONDS)


class LiveListener:
    """A duty officer's page: it hears the stream, and comes back with the last bookmark when cut off."""

    def __init__(self, url: str, token: str) -> None:
        self.heard: list[str] = []
        self.bookmarks: list[str] = []
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(15)

    def wait_until(self, has_heard: Callable[[list[str]], bool]) -> None:
        """Wait for what is pushed, for a bounded time; what it has heard is for the caller to look at."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while not has_heard(self.heard) and time.monotonic() < deadline:
            self._stopping.wait(TRY_AGAIN_SECONDS)

    def _listen(self) -> None:
        bookmark = "intake:0"
        while not self._stopping.is_set():
            try:
                bookmark = self._until_cut_off(bookmark)
            except httpx.HTTPError:
                self._stopping.wait(TRY_AGAIN_SECONDS)

    def _until_cut_off(self, bookmark: str) -> str:
        headers = self._headers | {"Last-Event-ID": bookmark}
        path = "/v1/municipalities/9901/live"
        with httpx.stream("GET", self._url + path, headers=headers, timeout=20) as answer:
            fields: dict[str, str] = {}
            try:
                for line in answer.iter_lines():
                    if self._stopping.is_set():
                        return bookmark
                    if line:
                        name, _, value = line.partition(": ")
                        fields[name] = value
                        continue
                    bookmark = self._take(fields, bookmark)
                    fields = {}
            except httpx.HTTPError:
                return bookmark
        return bookmark

    def _take(self, fields: dict[str, str], bookmark: str) -> str:
        if fields.get("event"):
            return bookmark
        if "data" in fields:
            told = json.loads(fields["data"])
            if told["fact"] == "incident_reported":
                self.heard.append(str(told["report_id"]))
        return fields.get("id", bookmark)


READ_MODELS = {
    "compiler": "SELECT report_id::text FROM compiler_read.facts_v4",
    "analysis": "SELECT report_id::text FROM analysis_read.weekly_counts_v3_reports",
    "intake": "SELECT report_id::text FROM intake_read.recent_reports_v3",
    "notifier": "SELECT content->>'report_id' FROM notifier_read.live_entries_v4"
    " WHERE fact = 'incident_reported'",
}
PLACES = (*READ_MODELS, "log")
LOGGED = (
    "SELECT convert_from(state, 'UTF8')::json->'report_id'->>'_data_' FROM intake.events WHERE topic = %s"
)
SUBMITTED = "intake.incident_report.submitted"


def held(database: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """The report IDs in the log and in every read model, as often as they are there."""
    lists = {name: [row[0] for row in database.execute(query)] for name, query in READ_MODELS.items()}
    lists["log"] = [row[0] for row in database.execute(LOGGED, (SUBMITTED,))]
    return {name: [_plain(one) for one in ids] for name, ids in lists.items()}


def settled(house: EstHouse, expected: int, *, places: Sequence[str] = PLACES) -> dict[str, list[str]]:
    """Look until every place holds as much as is expected, for a bounded time."""
    deadline = time.monotonic() + SETTLE_SECONDS
    found: dict[str, list[str]] = {}
    while time.monotonic() < deadline:
        with house.database() as database:
            found = held(database)
        if all(len(found[place]) >= expected for place in places):
            return found
        time.sleep(0.5)
    return found


def differences(expected: Iterable[str], found: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """For each place: what is lost, what is there twice, what nobody was promised. Empty when all is well."""
    wanted = {_plain(one) for one in expected}
    told: dict[str, dict[str, int]] = {}
    for place, ids in found.items():
        counted = Counter(ids)
        faults = {
            "lost": len(wanted - counted.keys()),
            "twice": sum(1 for times in counted.values() if times > 1),
            "phantom": len(counted.keys() - wanted),
        }
        if any(faults.values()):
            told[place] = faults
    return told


def _plain(report_id: str) -> str:
    return report_id.replace("-", "")
