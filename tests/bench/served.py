"""The baselines as uvicorn wants them: factories."""

import os
from typing import Any

from fastapi import FastAPI

from tests.bench import baseline


def ordinary() -> FastAPI:
    return baseline.ordinary(os.environ["BENCH_DATABASE_URL"])


def echo() -> Any:
    return baseline.echo
