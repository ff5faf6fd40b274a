"""``est status``: how the house feels, in one table."""

from typing import Any

import psutil
import typer
from rich.table import Table
from rich.text import Text

from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.front_door.routes import SERVICES
from est_single_machine.operators import HouseIsAway, HouseRefused, Operator
from est_single_machine.readiness import missing_in
from est_single_machine.state import StateDirectory


def status(data: DataDirectory = HERE) -> None:
    """Show whether everything is ready, what is recorded and told, and what waits for a person."""
    operator = Operator.at(data)
    health = operator.health()
    table = Table(
        "Service", "Ready", "Recorded", "Behind on", "Untold", "Dead letters", "Restarts", "Memory", box=None
    )
    for service in SERVICES:
        part = health["parts"].get(service, {"ready": False})
        table.add_row(*_row(service, part, _asked(operator, service)), _memory(data, service))
    told = console()
    told.print(f"{operator.front_url}\n")
    told.print(table)
    if not health["ready"]:
        told.print("\nNot everything is ready. `est doctor` looks for the reason.")
        raise typer.Exit(1)


def _asked(operator: Operator, service: str) -> dict[str, Any]:
    try:
        return dict(operator.ask("GET", f"/operator/{service}/status"))
    except (HouseIsAway, HouseRefused):
        return {}


def _row(service: str, part: dict[str, Any], told: dict[str, Any]) -> list[str | Text]:
    missing = missing_in(part)
    ready = (
        Text("yes", style="green")
        if part["ready"]
        else Text(f"no ({missing or 'does not answer'})", style="red")
    )
    behind = [upstream for upstream, is_behind in told.get("behind", {}).items() if is_behind]
    letters = told.get("dead_letters", "?")
    return [
        service,
        ready,
        str(told.get("recorded", "?")),
        ", ".join(behind) or "-" if told else "?",
        str(told.get("relay", {}).get("waiting", "?")),
        Text(str(letters), style="red" if letters not in (0, "?") else ""),
        str(part.get("restarts", 0)),
    ]


def _memory(data: DataDirectory, service: str) -> str:
    running = StateDirectory(data).running()
    process = running.processes.get(service) if running else None
    if process is None:
        return "?"
    try:
        return f"{psutil.Process(process.pid).memory_info().rss / 1e6:.0f} MB"
    except psutil.Error:
        return "?"
