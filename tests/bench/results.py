"""What a benchmark found: printed for people, written as JSON for comparison."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

DIRECTORY = Path("bench-results")
console = Console()


def machine() -> dict[str, Any]:
    return {"python": platform.python_version(), "machine": platform.machine(), "processors": _processors()}


def _processors() -> int:
    return len(os.sched_getaffinity(0))


def write(name: str, *, title: str, rows: list[dict[str, Any]]) -> None:
    """Print the rows as a table and write them to bench-results/<name>.json."""
    table = Table(title=title, title_justify="left")
    for column in rows[0]:
        table.add_column(column.replace("_", " "), justify="right")
    for row in rows:
        table.add_row(*(_shown(value) for value in row.values()))
    console.print(table)
    DIRECTORY.mkdir(exist_ok=True)
    found = {"name": name, "at": datetime.now(UTC).isoformat(), "machine": machine(), "rows": rows}
    (DIRECTORY / f"{name}.json").write_text(json.dumps(found, indent=2) + "\n")


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
