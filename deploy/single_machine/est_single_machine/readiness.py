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

    async def wait_for(self, name: str) -> None:
        gives_up_at = time.monotonic() + START_TIMEOUT_SECONDS
        async with httpx.AsyncClient(timeout=ASK_TIMEOUT_SECONDS) as client:
            while not (answer := await self._ask(client, name))["ready"]:
                is_hopeless = self._supervisor.records[name].failures >= FAILURES_AT_START
                if is_hopeless or time.monotonic() > gives_up_at:
                    raise NotReady(
                        f"{name} did not become ready: {answer}\n{self._services[name].end_of_log()}"
                    )
                await asyncio.sleep(LOOK_AGAIN_SECONDS)

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
