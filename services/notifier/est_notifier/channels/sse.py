"""Server-sent events: how a stream is written, so that whoever loses contact can go on where they were."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.responses import StreamingResponse

from est_chassis.failures import Unavailable
from est_notifier.channels.live import LiveChannel, Push
from est_notifier.domain.live import Bookmark, LiveEntry

# A stream ends by itself now and then: whoever comes back shows anew that they still may listen.
LIFETIME_SECONDS = 3600
RECONNECT_MILLISECONDS = 1000

HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

Write = Callable[[LiveEntry], Awaitable[str]]


def event_stream(
    channel: LiveChannel, *, municipality: str, bookmark: Bookmark, write: Write
) -> StreamingResponse:
    """The response that never ends by itself within the hour."""
    pushes = channel.follow(municipality, bookmark)
    return StreamingResponse(_written(pushes, write), media_type="text/event-stream", headers=HEADERS)


async def _written(pushes: AsyncIterator[list[Push]], write: Write) -> AsyncIterator[bytes]:
    ends_at = asyncio.get_running_loop().time() + LIFETIME_SECONDS
    yield f"retry: {RECONNECT_MILLISECONDS}\n\n".encode()
    try:
        async for batch in pushes:
            yield "".join([await _event(push, write) for push in batch]).encode()
            if asyncio.get_running_loop().time() > ends_at:
                return
    except Unavailable:
        # The stream ends, and whoever listens comes back in a second to where they were.
        return


async def _event(push: Push, write: Write) -> str:
    if push.entry is None:
        # A named event and not a comment: scripts do not see comments, and the page's clock lives on this.
        return f"id: {push.bookmark}\nevent: heartbeat\ndata: {{}}\n\n"
    text = await write(push.entry)
    lines = "".join(f"data: {line}\n" for line in text.splitlines())
    return f"id: {push.bookmark}\n{lines}\n"
