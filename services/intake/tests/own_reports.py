"""A reporter's own reports: sent by program, and what the list of one's own then says."""

from datetime import UTC, datetime
from typing import Any

from valboas_reports import key, report, submit

from est_chassis.testing import HostedService

NOW = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
IN_WEEK_47 = datetime(2026, 11, 17, 20, 0, tzinfo=UTC)


async def sent(hosted: HostedService, *, at: datetime = IN_WEEK_47, by: str = "reporter", **says: Any) -> str:
    answer = await submit(hosted, report(happened_at=at.isoformat(), **says), by=by)
    assert answer.status_code == 201, answer.text
    await hosted.settled()
    return str(answer.json()["report_id"])


async def mine(hosted: HostedService, *, by: str = "reporter", **asked: int) -> dict[str, Any]:
    answer = await hosted.http.get("/v1/my-reports", params=asked, headers=key(by))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())
