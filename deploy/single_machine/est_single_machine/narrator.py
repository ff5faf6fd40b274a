"""What the operator sees: few words, in colour where there is a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

NAME_WIDTH = 11


CURL = r"""curl -i {front_url}/v1/reports \
  -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' -d @- <<REPORT
{{"report_id": "$(python3 -c 'import uuid; print(uuid.uuid4())')", "municipality": "{municipality}",
  "checklist_entry": "orebro.1", "area": "{municipality}R001", "severity": 5,
  "happened_at": "$(date -u +%Y-%m-%dT%H:%M:%SZ)", "text": "Krossade rutor vid torget"}}
REPORT"""


@dataclass(frozen=True)
class Welcome:
    """What is worth knowing the moment the house is up."""

    front_url: str
    directory: str
    municipality: str
    municipality_name: str | None = None
    demo_token: str | None = None
    operator_token: str | None = None
    command: str = "est"
    data: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Label and value, the most wanted first."""
        front = self.front_url
        lines = [("Start page", front), ("Report", f"{front}/report"), ("Picture", f"{front}/pictures"),
                 ("Duty officer", f"{front}/live"), ("API", f"{front}/openapi/intake.json")]  # fmt: skip
        if self.demo_token:
            lines += [
                ("Sign in", f"{front}/sign-in  choose a seat: demo only"),
                ("Demo API key", self.demo_token),
            ]
        elif self.municipality_name:
            invite = f"{self.command} invite {self.municipality} --all-coordinators{self.data}"
            lines.append(("Come in", f"{invite}  in another terminal prints the coordinators' links"))
        if self.operator_token:
            lines.append(("Operator key", self.operator_token))
        if self.demo_token:
            lines.append(
                ("Newer weeks", f"{self.command} demo{self.data}  in another terminal fills up to now")
            )
        return [*lines, ("Kept in", self.directory)]

    @property
    def curl(self) -> str | None:
        """A whole report, ready to be pasted: a fresh number, this moment, the demo's own key."""
        if self.demo_token is None:
            return None
        return CURL.format(front_url=self.front_url, token=self.demo_token, municipality=self.municipality)


class Narrator:
    """Tells how the house comes up, what goes wrong, and where to go."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Something that takes a moment: a spinner in a terminal, nothing elsewhere."""
        if self.console.is_terminal:
            with self.console.status(f"[dim]{what}"):
                yield
        else:
            yield

    def ready(self, name: str, note: str) -> None:
        self.console.print(Text.assemble(("  ✓ ", "green"), (f"{name:<{NAME_WIDTH}}", "bold"), (note, "dim")))

    def trouble(self, name: str, what: str) -> None:
        self.console.print(
            Text.assemble(("  ! ", "yellow"), (f"{name:<{NAME_WIDTH}}", "bold"), (what, "yellow"))
        )

    def failure(self, what: str) -> None:
        self.console.print(Text.assemble(("  ✗ ", "red"), (what, "red")))

    def say(self, line: str = "") -> None:
        # Never broken into lines: what is printed may be meant for pasting.
        self.console.print(line, markup=False, soft_wrap=True)

    def welcome(self, welcome: Welcome) -> None:
        """The short text that tells where to go and what to try."""
        lines = welcome.lines()
        if self.console.is_terminal:
            table = Table.grid(padding=(0, 2))
            for label, value in lines:
                table.add_row(Text(label, style="dim"), Text(value))
            title = f"[bold]EST[/bold] · {welcome.municipality_name}" if welcome.municipality_name else "EST"
            self.console.print(
                Panel(table, title=title, title_align="left", border_style="blue", expand=False)
            )
        else:
            for label, value in lines:
                self.say(f"{label:<14} {value}")
        if welcome.curl:
            self.say("\nReport something:\n")
            self.say(welcome.curl)
        self.say("\nCtrl-C drains and stops." if self.console.is_terminal else "\nSIGTERM drains and stops.")
