"""(b) From POST to the duty officer's screen, at three rates, against a bare NATS round trip."""

import asyncio
import json
import time
from typing import Any

import nats
import uvloop

from est_contracts.vocabulary import Party, Role
from tests.bench import load, results
from tests.bench.write_path import body
from tests.system.est_house import DEMO_TOKEN, EstHouse

RATES = (20, 200, 800)
SECONDS = 8.0
CONNECTIONS = 32
PATIENCE_SECONDS = 20.0


class Stopwatch:
    """When each report was posted, acknowledged and pushed."""

    def __init__(self) -> None:
        self.posted: dict[str, float] = {}
        self.acknowledged: dict[str, float] = {}
        self.pushed: dict[str, float] = {}

    def percentile(self, ends: dict[str, float], share: float) -> float:
        waits = sorted(ends[one] - self.posted[one] for one in ends if one in self.posted)
        return waits[min(len(waits) - 1, int(share * len(waits)))] * 1000 if waits else float("nan")


async def listen(port: int, token: str, watch: Stopwatch, ready: asyncio.Event) -> None:
    """Read the stream as it comes; no library between the socket and the clock."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    head = "GET /v1/municipalities/9901/live HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    writer.write(f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    ready.set()
    while line := await reader.readline():
        if line.startswith(b"data: {") and b'"report_id"' in line:
            watch.pushed.setdefault(json.loads(line[6:])["report_id"], time.perf_counter())


async def post_at(rate: int, port: int, watch: Stopwatch) -> None:
    """Post at an even pace, whatever the answers do."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * SECONDS)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            group.create_task(_post(free, watch))


async def _post(free: asyncio.Queue[Any], watch: Stopwatch) -> None:
    sent = body()
    report_id = json.loads(sent)["report_id"]
    watch.posted[report_id] = time.perf_counter()
    reader, writer = await free.get()
    writer.write(load.post("/v1/reports", sent, token=DEMO_TOKEN))
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    watch.acknowledged[report_id] = time.perf_counter()
    free.put_nowait((reader, writer))


async def one_rate(rate: int, *, intake: int, notifier: int, token: str) -> Stopwatch:
    watch, ready = Stopwatch(), asyncio.Event()
    listening = asyncio.create_task(listen(notifier, token, watch, ready))
    await ready.wait()
    await post_at(rate, intake, watch)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while len(watch.pushed) < len(watch.posted) and time.perf_counter() < deadline:
        await asyncio.sleep(0.05)
    listening.cancel()
    return watch


async def round_trips(url: str, *, count: int = 500) -> list[float]:
    """A request and its answer through NATS, nothing else; milliseconds."""
    client = await nats.connect(url)

    async def answer(message: Any) -> None:
        await message.respond(b"")

    await client.subscribe("bench.echo", cb=answer)
    took = []
    for _ in range(count):
        began = time.perf_counter()
        await client.request("bench.echo", b"x" * 500)
        took.append((time.perf_counter() - began) * 1000)
    await client.close()
    return sorted(took)


def run(house: EstHouse) -> None:
    intake, notifier = (int(house.url_of(name).rsplit(":", 1)[1]) for name in ("intake", "notifier"))
    token = house.key_for("bench-jour", Role.DUTY_OFFICER, function="tib", party=Party.MUNICIPALITY)
    trips = uvloop.run(round_trips(house.nats_url))
    rows = []
    for rate in RATES:
        watch = uvloop.run(one_rate(rate, intake=intake, notifier=notifier, token=token))
        pushed = watch.percentile(watch.pushed, 0.5)
        rows.append(
            {
                "per_second": rate,
                "posted": len(watch.posted),
                "not_pushed": len(watch.posted) - len(watch.pushed),
                "acknowledged_p50_ms": watch.percentile(watch.acknowledged, 0.5),
                "pushed_p50_ms": pushed,
                "pushed_p99_ms": watch.percentile(watch.pushed, 0.99),
                "nats_round_trip_p50_ms": trips[len(trips) // 2],
                "pushed_/_round_trip": pushed / trips[len(trips) // 2],
            }
        )
    results.write("b_push_latency", title="(b) From POST to the live page, milliseconds", rows=rows)
