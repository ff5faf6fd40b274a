"""A house comes up as soon as it takes reports and only a person could mend what is missing."""

from typing import Any

from est_single_machine.readiness import missing_in, takes_reports, waits_for_a_person

READY = {"database": True, "nats": True, "relay": True, "read_models": True, "not_draining": True}
STUCK = "cannot tell intake.collaboration.set_up at position 17"


def answer(**parts: Any) -> dict[str, Any]:
    return {"ready": not parts, "parts": READY | parts}


def test_a_service_takes_reports_as_soon_as_its_database_answers() -> None:
    assert takes_reports(answer(nats=False, read_models="absent: facts_v3"))
    assert not takes_reports(answer(database=False))
    assert not takes_reports({"ready": False})


def test_what_waiting_will_mend_is_waited_for() -> None:
    assert waits_for_a_person(answer(relay=STUCK))
    assert not waits_for_a_person(answer(relay=STUCK, read_models="absent: facts_v3"))
    assert not waits_for_a_person(answer(nats=False))
    assert not waits_for_a_person({"ready": False})


def test_what_is_missing_is_told_with_its_reason() -> None:
    assert missing_in(answer()) == ""
    assert missing_in(answer(nats=False, relay=STUCK)) == f"nats, relay: {STUCK}"
