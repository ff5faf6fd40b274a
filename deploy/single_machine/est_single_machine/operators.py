"""What an operator asks of a house that is up, here or elsewhere."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from est_single_machine.state import StateDirectory

ASK_TIMEOUT_SECONDS = 10.0
# A replay tells of every step; between two steps it may take its time.
REPLAY_TIMEOUT = httpx.Timeout(ASK_TIMEOUT_SECONDS, read=600.0)


class HouseIsAway(RuntimeError):
    """There is no house up here, or it does not answer."""


class HouseRefused(RuntimeError):
    """The house answered, and said no."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Operator:
    """Somebody with the operator's key, and the address of a house."""

    front_url: str
    token: str

    @classmethod
    def at(cls, directory: Path) -> "Operator":
        """The house of a directory on this computer, or the one named in the environment."""
        front_url, token = os.environ.get("EST_FRONT_URL"), os.environ.get("EST_OPERATOR_KEY")
        if front_url and token:
            return cls(front_url=front_url.rstrip("/"), token=token)
        running = StateDirectory(directory).running()
        if running is None:
            raise HouseIsAway(
                f"No house is up in {directory.absolute()}. Start one with `est up`, or name another one "
                "with --data, or with EST_FRONT_URL and EST_OPERATOR_KEY."
            )
        return cls(front_url=running.front_url, token=running.operator_token)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, method: str, path: str, *, body: Any = None) -> Any:
        """The answer's JSON; a refusal is raised with the reason that the house gave."""
        answer = self.send(method, path, body=body)
        return answer.json() if answer.content else None

    def send(
        self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The whole answer, for whoever needs its headers too."""
        address, carried = self.front_url + path, {**self.headers, **(headers or {})}
        try:
            answer = httpx.request(method, address, headers=carried, json=body, timeout=ASK_TIMEOUT_SECONDS)
        except httpx.HTTPError as trouble:
            raise HouseIsAway(f"{self.front_url} does not answer: {trouble}") from trouble
        if answer.is_error:
            raise HouseRefused(_reason(answer), status=answer.status_code)
        return answer

    def health(self) -> dict[str, Any]:
        """How the parts feel; 503 is an answer too."""
        try:
            answer = httpx.get(f"{self.front_url}/health", timeout=ASK_TIMEOUT_SECONDS)
        except httpx.HTTPError as trouble:
            raise HouseIsAway(f"{self.front_url} does not answer: {trouble}") from trouble
        return dict(answer.json())

    def rebuild(self, service: str, read_models: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Replay read models; yields the steps as they are told."""
        address = f"{self.front_url}/operator/{service}/rebuilds"
        body = {"read_models": list(read_models)}
        options: dict[str, Any] = {"headers": self.headers, "timeout": REPLAY_TIMEOUT}
        try:
            with httpx.stream("POST", address, json=body, **options) as answer:
                if answer.is_error:
                    answer.read()
                    raise HouseRefused(_reason(answer))
                for line in answer.iter_lines():
                    yield json.loads(line)
        except httpx.HTTPError as trouble:
            raise HouseIsAway(f"The replay was broken off: {trouble}") from trouble


def _reason(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"{answer.status_code}"
    title = problem.get("title_en") or problem.get("title") or ""
    detail = problem.get("detail_en") or problem.get("detail") or ""
    faults = [f"  {fault.get('field')}: {fault.get('message_en')}" for fault in problem.get("errors", [])]
    return "\n".join([f"{answer.status_code} {title}. {detail}".strip(), *faults])
