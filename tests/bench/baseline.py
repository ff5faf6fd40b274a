"""What intake is compared with: the ordinary kind of service, and the bare echo of the same body."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from fastapi import FastAPI
from psycopg_pool import ConnectionPool
from pydantic import AwareDatetime, BaseModel

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

TABLE = """CREATE TABLE IF NOT EXISTS baseline_reports (
    report_id uuid PRIMARY KEY, municipality text, checklist_entry text, area text, happened_at timestamptz,
    severity int, text text, body jsonb, recorded_at timestamptz DEFAULT now())"""
INSERT = """INSERT INTO baseline_reports
    (report_id, municipality, checklist_entry, area, happened_at, severity, text, body)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""


class Report(BaseModel):
    """The same body as intake takes."""

    report_id: str
    municipality: str
    checklist_entry: str
    area: str | None = None
    happened_at: AwareDatetime
    severity: int | None = None
    text: str | None = None

    def row(self) -> tuple[Any, ...]:
        body = json.dumps(self.model_dump(mode="json"))
        return (
            self.report_id, self.municipality, self.checklist_entry, self.area, self.happened_at,
            self.severity, self.text, body,
        )  # fmt: skip


def ordinary(database_url: str) -> FastAPI:
    """FastAPI and psycopg with one INSERT and one commit per request; no idempotence, no log, no messages."""
    app = FastAPI()
    pool = ConnectionPool(database_url, min_size=4, max_size=16, open=True)
    with pool.connection() as connection:
        connection.execute(TABLE)

    @app.post("/v1/reports", status_code=201)
    def submit(report: Report) -> dict[str, str]:
        with pool.connection() as connection:
            connection.execute(INSERT, report.row())
        return {"report_id": report.report_id}

    return app


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and send it back: what HTTP itself costs."""
    if scope["type"] != "http":
        return
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def insert_in_batches(database_url: str, rows: list[tuple[Any, ...]], *, size: int = 256) -> None:
    """The rows alone, many to a commit: what PostgreSQL itself costs."""
    with psycopg.connect(database_url) as connection:
        connection.execute(TABLE)
        connection.commit()
        for begin in range(0, len(rows), size):
            with connection.cursor() as cursor:
                cursor.executemany(INSERT, rows[begin : begin + size])
            connection.commit()
