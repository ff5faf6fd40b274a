"""What is logged: enough to find the fault, and nothing that could be about a person."""

import subprocess
import sys
from typing import Any

from structlog.testing import capture_logs

from est_chassis.testing import host

NAME = "Anna Andersson"
A_LIBRARY_FAILS = f"""
import logging
from est_chassis import logs
logs.configure("sample")
try:
    raise ValueError("{NAME}")
except ValueError as failure:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application: %s", failure)
"""


def test_a_library_that_logs_a_traceback_quotes_nobody() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", A_LIBRARY_FAILS], capture_output=True, text=True, check=True, timeout=30
    )

    assert NAME not in ran.stderr
    assert "ERROR uvicorn.error" in ran.stderr
    assert "ValueError at <string>:6" in ran.stderr


async def test_a_task_that_fails_is_logged_with_its_place_and_without_its_words(bells: Any) -> None:
    async def fail() -> None:
        raise ValueError(NAME)

    bells.service.background(fail)
    with capture_logs() as lines:
        async with host(bells.service) as hosted:
            await hosted.until(lambda: any(line["event"] == "task_failed" for line in lines))

    assert NAME not in str(lines)
    assert any("ValueError at test_logs.py" in line.get("error", "") for line in lines)
