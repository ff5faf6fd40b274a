"""What an operator does: replay read models, look at dead letters and send them again, see how it feels."""

import json
import subprocess
import sys
from typing import Any
from uuid import uuid4

from est_contracts.vocabulary import Party, Role
from tests.system.est_house import OPERATOR_TOKEN, SERVICES, EstHouse
from tests.system.ledger import SUBMITTED, report, settled

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
