"""Checks of a house that is up: what its services say of themselves."""

from collections.abc import Iterator
from pathlib import Path

from est_single_machine.doctor.finding import Finding, bad, good
from est_single_machine.operators import HouseIsAway, Operator
from est_single_machine.readiness import missing_in

REMEDIES = {
    "database": "Is PostgreSQL up, and is the address right?",
    "nats": "Is NATS up, and is the address right? Reports are taken meanwhile, and told when it is back.",
    "relay": "An event cannot be told, and nothing behind it is: look in the changelog for a newer version.",
    "read_models": "They are made from the log and the streams. If they never stand, a stream is not filled:"
    " look at the service that fills it.",
}
NO_ANSWER = "Its log tells why."


def services(directory: Path) -> Iterator[Finding]:
    """What each service of a house lacks; nothing at all when no house is up here."""
    try:
        parts = Operator.at(directory).health().get("parts", {})
    except HouseIsAway:
        return
    for name, answer in parts.items():
        if answer["ready"]:
            yield good(name, "ready")
        else:
            lacking = [part for part, is_there in answer.get("parts", {}).items() if is_there is not True]
            remedies = [REMEDIES[part] for part in lacking if part in REMEDIES]
            yield bad(name, missing_in(answer) or "does not answer", " ".join(remedies) or NO_ANSWER)
