"""How the parts feel, asked of the parts themselves."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import httpx

from est_single_machine.parts import ServicePart
from est_single_machine.supervisor import Supervisor

ASK_TIMEOUT_SECONDS = 2.0
START_TIMEOUT_SECONDS = 90.0
FAILURES_AT_START = 3
LOOK_AGAIN_SECONDS = 0.1


class NotReady(RuntimeError):
    """A service did not become ready in time; the end of its log is part of the text."""


class Readiness:
    """Asks each service at ``/health/ready``."""

    def __init__(self, services: Mapping[str, ServicePart], supervisor: Supervisor) -> None:
        self._services = services
        self._supervisor = supervisor

    async def health(self) -> tuple[bool, dict[str, Any]]:
        """Whether everything is ready, and how each part feels."""
        async with httpx.AsyncClient(timeout=ASK_TIMEOUT_SECONDS) as client:
            answers = await asyncio.gather(*(self._ask(client, name) for name in self._services))
        parts = dict(zip(self._services, answers, strict=True))
        return all(part["ready"] for part in parts.values()), parts

    async def wait_for(self, name: str) -> str:
        """Wait until it is ready, or takes reports without being so; what is missing then is returned."""
        gives_up_at = time.monotonic() + START_TIMEOUT_SECONDS
        async with httpx.AsyncClient(timeout=ASK_TIMEOUT_SECONDS) as client:
            while not (answer := await self._ask(client, name))["ready"]:
                time_is_up = time.monotonic() > gives_up_at
                if takes_reports(answer) and (time_is_up or waits_for_a_person(answer)):
                    return missing_in(answer)
                if time_is_up or self._supervisor.records[name].failures >= FAILURES_AT_START:
                    raise NotReady(
                        f"{name} did not become ready: {answer}\n{self._services[name].end_of_log()}"
                    )
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return ""

    async def _ask(self, client: httpx.AsyncClient, name: str) -> dict[str, Any]:
        record = self._supervisor.records[name]
        away = {"ready": False, "restarts": record.restarts, "given_up": record.is_given_up}
        if self._services[name].current_port() is None:
            return away
        try:
            answer = await client.get(f"{self._services[name].url}/health/ready")
            told = answer.json()
        except (httpx.HTTPError, ValueError):
            return away
        return {
            "ready": answer.status_code == 200,
            "restarts": record.restarts,
            "parts": told.get("parts", {}),
        }


def takes_reports(answer: Mapping[str, Any]) -> bool:
    """Recording needs the database, and nothing else that one could wait for."""
    return answer.get("parts", {}).get("database") is True


def waits_for_a_person(answer: Mapping[str, Any]) -> bool:
    """Whether nothing is missing but what no waiting will mend."""
    parts = answer.get("parts", {})
    return [part for part, is_there in parts.items() if is_there is not True] == ["relay"]


def missing_in(answer: Mapping[str, Any]) -> str:
    """The parts that are not there, each with its reason if it has given one."""
    parts = answer.get("parts", {})
    told = {part: why for part, why in parts.items() if why is not True}
    return ", ".join(f"{part}: {why}" if isinstance(why, str) else part for part, why in told.items())
