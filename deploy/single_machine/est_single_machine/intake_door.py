"""Intake's door, seen from outside: how the demo and the imports hand in their reports over HTTP."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from est_contracts.messages import SubmitReport
from est_contracts.vocabulary import CollaborationDocument

LARGEST_BATCH = 1_000
PATIENCE_SECONDS = (0.5, 1, 2, 4, 8, 15, 30)
SECONDS_TO_ANSWER = 60.0
BUSY = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)


class IntakeSaidNo(Exception):
    """Intake refuses what was asked; its own words say why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one report: recorded, repeated or refused; refused for a reason."""

    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class IntakeDoor:
    """Comes back when nobody answers: every question may be asked twice."""

    client: httpx.Client
    key: str
    wait: Callable[[float], None] = field(default=time.sleep)

    @classmethod
    def at(cls, address: str, *, key: str) -> "IntakeDoor":
        return cls(httpx.Client(base_url=address, timeout=SECONDS_TO_ANSWER), key=key)

    def has_collaboration(self, municipality: str) -> bool:
        answer = self._ask("GET", f"/v1/municipalities/{municipality}/collaboration")
        return answer.status_code == httpx.codes.OK

    def set_up(self, document: CollaborationDocument) -> None:
        address = f"/v1/municipalities/{document.municipality}/collaboration"
        _accepted(self._ask("PUT", address, body=document.model_dump(mode="json")))

    def submit(self, reports: Sequence[SubmitReport]) -> list[Outcome]:
        """Hand in up to 1,000 reports; every one has its own outcome, in the same order."""
        if not reports:
            return []
        written = [report.model_dump(mode="json", exclude_none=True) for report in reports]
        answer = _accepted(self._ask("POST", "/v1/reports:batch", body={"reports": written}))
        return [_outcome(told) for told in answer.json()["outcomes"]]

    def return_nothing(self, municipality: str, *, function: str, period: str) -> None:
        """Say for a function that there was nothing to report; saying it again changes nothing."""
        address = f"/v1/returns/{period}?municipality={municipality}"
        _accepted(self._ask("PUT", address, body={"function": function, "nothing_to_report": True}))

    def _ask(self, method: str, address: str, *, body: Any = None) -> httpx.Response:
        for seconds in (*PATIENCE_SECONDS, None):
            try:
                answer = self.client.request(
                    method, address, json=body, headers={"Authorization": f"Bearer {self.key}"}
                )
            except httpx.TransportError:
                if seconds is None:
                    raise
            else:
                if answer.status_code not in BUSY or seconds is None:
                    return answer
            self.wait(seconds)
        raise AssertionError("the last attempt answers or raises")


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    raise IntakeSaidNo(_told(answer) or f"HTTP {answer.status_code}")


def _told(answer: httpx.Response) -> str:
    try:
        return _reason(answer.json())
    except ValueError:
        return ""


def _outcome(told: dict[str, Any]) -> Outcome:
    return Outcome(told["outcome"], reason=_reason(told.get("problem") or {}))


def _reason(problem: dict[str, Any]) -> str:
    """Why: what each field says, or else the problem as a whole."""
    fields = [f"{error['field']}: {error['message_en']}" for error in problem.get("errors", [])]
    return " ".join(fields) or str(problem.get("detail_en") or problem.get("title_en") or "")
