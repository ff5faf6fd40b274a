"""Answers of the front door itself, as problem+json (RFC 9457) in Swedish and English."""

import json
from dataclasses import dataclass
from typing import Any

from est_single_machine.front_door.upstream import Headers


@dataclass(frozen=True)
class Problem:
    """Why there is no answer of a service, and what to do."""

    status: int
    title: str
    detail: str
    title_en: str
    detail_en: str
    retry_after_seconds: int | None = None


AWAY = Problem(
    status=503,
    title="Tjänsten är inte igång just nu",
    detail="Försök igen om en stund. Det du skickade har inte tagits emot.",
    title_en="The service is away at the moment",
    detail_en="Try again in a moment. What you sent has not been received.",
    retry_after_seconds=1,
)
BROKE_OFF = Problem(
    status=502,
    title="Svaret uteblev",
    detail="Tjänsten avbröt svaret. Skicka samma begäran igen: en upprepning gör ingen skada.",
    title_en="The answer failed to come",
    detail_en="The service broke off. Send the same request again: a repeat is harmless.",
)
NOT_HERE = Problem(
    status=404,
    title="Sidan finns inte",
    detail="Ingen tjänst svarar på den adressen.",
    title_en="There is no such page",
    detail_en="No service answers at this address.",
)
TOO_LARGE = Problem(
    status=413,
    title="För stor begäran",
    detail="Dela upp innehållet: högst 4 MB åt gången.",
    title_en="The request is too large",
    detail_en="Divide the content: at most 4 MB at a time.",
)


def body_of(problem: Problem) -> bytes:
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "title_en": problem.title_en,
        "detail_en": problem.detail_en,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def headers_of(problem: Problem) -> Headers:
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    if problem.retry_after_seconds is not None:
        headers.append((b"retry-after", str(problem.retry_after_seconds).encode()))
    return headers
