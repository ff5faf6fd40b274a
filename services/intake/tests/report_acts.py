"""What programs do with a recorded report, said briefly."""

from typing import Any

import httpx
from valboas_reports import key, report, submit

from est_chassis.testing import HostedService
from est_contracts.messages import Message


def correction_of(sent: dict[str, Any], **changes: object) -> dict[str, Any]:
    kept = {name: sent[name] for name in ("checklist_entry", "area", "happened_at", "severity", "text")}
    return kept | changes


async def correct(
    hosted: HostedService,
    sent: dict[str, Any],
    *,
    revision: str = '"1"',
    by: str = "reporter",
    **changes: object,
) -> httpx.Response:
    return await hosted.http.put(
        f"/v1/reports/{sent['report_id']}",
        json=correction_of(sent, **changes),
        headers=key(by) | {"If-Match": revision},
    )


async def read(hosted: HostedService, sent: dict[str, Any], *, by: str = "coordinator") -> dict[str, Any]:
    answer = await hosted.http.get(f"/v1/reports/{sent['report_id']}", headers=key(by))
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def put(hosted: HostedService, sent: dict[str, Any], what: str, *, by: str, **body: object) -> int:
    address = f"/v1/reports/{sent['report_id']}/{what}"
    return (await hosted.http.put(address, json=body or None, headers=key(by))).status_code


async def delete(hosted: HostedService, sent: dict[str, Any], what: str, *, by: str) -> int:
    answer = await hosted.http.delete(f"/v1/reports/{sent['report_id']}/{what}", headers=key(by))
    return answer.status_code


async def submitted(hosted: HostedService, *, by: str = "reporter", **changes: object) -> dict[str, Any]:
    sent = report(**changes)
    answer = await submit(hosted, sent, by=by)
    assert answer.status_code == 201, answer.text
    return sent


async def told(hosted: HostedService, kind: type[Message]) -> list[Any]:
    return [message for message in await hosted.tells() if isinstance(message, kind)]
