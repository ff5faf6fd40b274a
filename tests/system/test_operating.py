"""What an operator does: replay read models, look at dead letters and send them again, see how it feels."""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from est_contracts.vocabulary import Party, Role
from tests.system.est_house import OPERATOR_TOKEN, SERVICES, EstHouse
from tests.system.ledger import SETTLE_SECONDS, SUBMITTED, LiveListener, held, report, settled

#: The others keep what concerns them, and the house holds what earlier tests have sent.
KEEP_EVERY_REPORT = ("intake", "compiler")


def est(house: EstHouse, *words: str) -> str:
    """An `est` command against the house; what it printed."""
    command = [sys.executable, "-m", "est_single_machine", *words, "--data", str(house.directory)]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def reports_in(house: EstHouse) -> int:
    with house.database() as database:
        row = database.execute("SELECT count(*) FROM intake.events WHERE topic = %s", (SUBMITTED,)).fetchone()
    return int(row[0]) if row else 0


def post(house: EstHouse, count: int, **changes: Any) -> list[dict[str, Any]]:
    sent = [report(number) | changes for number in range(count)]
    with house.http() as http:
        answer = http.post("/v1/reports:batch", json={"reports": sent})
    assert {one["outcome"] for one in answer.json()["outcomes"]} == {"recorded"}
    return sent


def picture(house: EstHouse) -> tuple[bytes, str]:
    """This week's picture without what depends on the moment of asking, and its fingerprint."""
    key_id = f"c{uuid4().hex[:8]}"
    token = house.key_for(key_id, Role.COORDINATOR, function="samordnare", party=Party.MUNICIPALITY)
    with house.http(token) as http:
        period = http.get("/pictures", follow_redirects=False).headers["location"].rsplit("/", 1)[-1]
        told = http.get(f"/v1/municipalities/9901/pictures/{period}").json()
    return json.dumps(told["picture"], sort_keys=True).encode(), told["fingerprint"]


def test_dropped_and_replayed_read_models_give_the_same_bytes_and_fingerprints(house: EstHouse) -> None:
    post(house, 200)
    settled(house, reports_in(house), places=KEEP_EVERY_REPORT)
    before = picture(house)

    with house.database() as database:
        rows = database.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'compiler_read'"
        ).fetchall()
        for (table,) in rows:
            database.execute(f'TRUNCATE compiler_read."{table}"')
    for service in SERVICES:
        est(house, "replay", service)

    assert picture(house) == before


def test_a_house_begun_from_a_backup_goes_on_where_the_other_was(house: EstHouse, tmp_path: Path) -> None:
    """Word by word as docs/operations.md says, and NATS begins empty: all that is heard is told anew."""
    post(house, 20)
    settled(house, reports_in(house), places=KEEP_EVERY_REPORT)
    at_rest(house)
    before, kept, others = picture(house), recorded(house), held_in(house)
    file, again = tmp_path / "est.dump", EstHouse(tmp_path / "restored")
    est(house, "backup", str(file))
    again.directory.mkdir()
    for name in ("api_keys.json", "secrets.json"):
        shutil.copy(house.directory / name, again.directory)
    told = est(again, "restore", str(file)).splitlines()
    again.start()
    try:
        at_rest(again)
        after, now_held = picture(again), held_in(again)
        # Recorded here, told by the new stream, and pushed to whoever is on duty.
        (sent,) = post(again, 1)
        pushed = heard_until(again, sent["report_id"])
    finally:
        again.stop()

    assert told == [f"{service}: {count} events" for service, count in kept.items()]
    assert (after, now_held) == (before, others)
    assert sent["report_id"] in pushed


def test_a_poisoned_message_goes_to_the_dead_letters_and_is_replayed_when_the_cause_is_mended(
    house: EstHouse,
) -> None:
    with house.database() as database:
        database.execute(
            "ALTER TABLE compiler_read.facts_v4 ADD CONSTRAINT poison CHECK (area <> '9901R013') NOT VALID"
        )
    before = settled_in_compiler(house, reports_in(house))
    post(house, 3, area="9901R012")
    post(house, 1, area="9901R013")
    post(house, 3, area="9901R012")
    without = settled_in_compiler(house, before + 6)
    letters = dead_letters(house)

    with house.database() as database:
        database.execute("ALTER TABLE compiler_read.facts_v4 DROP CONSTRAINT poison")
    listed = est(house, "dead", "list")
    for letter in letters:
        est(house, "dead", "replay", "compiler", str(letter["letter"]))

    assert without == before + 6
    assert len(letters) == 1
    assert "compiler" in listed
    assert settled_in_compiler(house, before + 7) == before + 7
    assert dead_letters(house) == []


def recorded(house: EstHouse) -> dict[str, int]:
    """How many events each service has recorded."""
    with house.database() as database:
        return {
            service: len(database.execute(f"SELECT 1 FROM {service}.events").fetchall())
            for service in SERVICES
        }


def held_in(house: EstHouse) -> dict[str, list[str]]:
    with house.database() as database:
        return {place: sorted(ids) for place, ids in held(database).items()}


def at_rest(house: EstHouse) -> None:
    """Look until every service stands, has told all that it has recorded and taken in all that was told."""
    gives_up_at = time.monotonic() + SETTLE_SECONDS
    before: dict[str, Any] = {}
    while time.monotonic() < gives_up_at:
        with house.http(OPERATOR_TOKEN) as http:
            told = {service: http.get(f"/operator/{service}/status").json() for service in SERVICES}
        if told == before and all(is_at_rest(status) for status in told.values()):
            return
        before = told
        time.sleep(0.5)
    raise AssertionError(before)


def is_at_rest(status: dict[str, Any]) -> bool:
    return not status["absent"] and not any(status["behind"].values()) and not status["relay"]["waiting"]


def heard_until(house: EstHouse, report_id: str) -> list[str]:
    """What a duty officer's page is told from the beginning, up to that report; for a bounded time."""
    token = house.key_for("jour", Role.DUTY_OFFICER, function="tib", party=Party.MUNICIPALITY)
    listener = LiveListener(house.front_url, token)
    listener.start()
    listener.wait_until(lambda heard: report_id in heard)
    listener.stop()
    return listener.heard


def dead_letters(house: EstHouse) -> list[dict[str, Any]]:
    with house.http(OPERATOR_TOKEN) as http:
        letters: list[dict[str, Any]] = http.get("/operator/compiler/dead-letters").json()
    return letters


def settled_in_compiler(house: EstHouse, expected: int) -> int:
    return len(settled(house, expected, places=("compiler",))["compiler"])


def test_status_and_doctor_say_that_all_is_well(house: EstHouse) -> None:
    status, doctor = est(house, "status"), est(house, "doctor")

    assert all(service in status for service in SERVICES)
    assert "NATS" in doctor
