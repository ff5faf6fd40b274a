"""Waiting for a moment at most.

`asyncio.wait_for` of Python 3.11 can swallow a cancellation that comes together with what is waited for;
a task that loops on it would then never end.
"""

import asyncio


async def wait_at_most(news: asyncio.Event, seconds: float) -> bool:
    """Whether there was news in time."""
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return False
    return True
