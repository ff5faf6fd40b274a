"""Brings the police's public events into the house: each once, and every line accounted for."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from rich.table import Table

from est_contracts.messages import SubmitReport
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    THEME_WORDS,
    CollaborationDocument,
    Deadline,
    Function,
    Organisation,
    OrganisationKind,
    Party,
    Role,
    code_of,
    entry,
    is_county,
)
from est_single_machine.intake_door import LARGEST_BATCH, IntakeDoor
from est_single_machine.polisen_events import PoliceEvent, UnreadableEvent, read_events
from est_single_machine.polisen_themes import CHECKLISTS, POLICE_TYPES, NotEst

Progress = Callable[[int, int], None]

FUNCTION = "polisen"
# The only county with a single municipality: an event told for the county has a place all the same.
COUNTIES_OF_ONE = {"Gotlands län": "Gotland"}


@dataclass
class PolisenImport:
    """What became of every line: taken in by theme, not EST's by type, refused by reason."""

    lines: int = 0
    recorded: Counter[str] = field(default_factory=Counter)
    already_there: Counter[str] = field(default_factory=Counter)
    not_est: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    first_lines: dict[str, int] = field(default_factory=dict)

    @property
    def accounted(self) -> int:
        return sum(each.total() for each in (self.recorded, self.already_there, self.not_est, self.refused))

    def table(self) -> Table:
        """The account as an operator reads it."""
        table = Table(title=f"{self.lines:,} lines from the police", show_footer=True)
        table.add_column("Outcome", footer="Accounted for")
        table.add_column("What")
        table.add_column("Lines", justify="right", footer=f"{self.accounted:,}")
        _add_section(table, "Recorded", self.recorded.most_common())
        _add_section(table, "Already there", self.already_there.most_common())
        _add_section(table, "Not EST's business", list(_by_reason(self.not_est)))
        _add_section(table, "Refused", list(self._refusals()))
        return table

    def _refusals(self) -> Iterator[tuple[str, int]]:
        for reason, count in self.refused.most_common():
            line = self.first_lines.get(reason)
            yield (reason if line is None else f"{reason} (first in line {line})"), count


def import_polisen(
    path: Path, *, address: str, operator_key: str, progress: Progress = lambda _done, _total: None
) -> PolisenImport:
    """Read the archive or the live API's array, and hand in what is EST's business."""
    return bring_in(read_events(path), door=IntakeDoor.at(address, key=operator_key), progress=progress)


def bring_in(
    events: Iterable[PoliceEvent | UnreadableEvent],
    *,
    door: IntakeDoor,
    progress: Progress = lambda _done, _total: None,
) -> PolisenImport:
    """Sort the events, set up the collaborations that are missing, and hand in the reports in batches."""
    account = PolisenImport()
    reports = sorted(_reports(events, account), key=lambda report: (report.happened_at, report.report_id))
    for municipality in sorted({report.municipality for report in reports}):
        if not door.has_collaboration(municipality):
            door.set_up(minimal_collaboration(municipality))
    done = account.accounted
    progress(done, account.lines)
    for batch in _batches(reports):
        for report, outcome in zip(batch, door.submit(batch), strict=True):
            _settle(account, report, outcome=outcome.outcome, reason=outcome.reason)
        done += len(batch)
        progress(done, account.lines)
    return account


def report_about(event: PoliceEvent) -> SubmitReport | NotEst:
    """The report of an event, or why it is not EST's business; a LookupError says what is unknown."""
    meaning = POLICE_TYPES.get(event.police_type)
    if meaning is None:
        raise LookupError(f"unknown type: {event.police_type}")
    if isinstance(meaning, NotEst):
        return meaning
    return SubmitReport(
        municipality=municipality_named(event.place),
        report_id=report_id_of(event.police_id),
        function=FUNCTION,
        checklist_entry=meaning,
        happened_at=event.happened_at,
        source=f"polisen:{event.police_id}",
    )


def municipality_named(place: str) -> str:
    """The code of the municipality that the police name; a LookupError when it is none."""
    code = code_of(COUNTIES_OF_ONE.get(place, place))
    if code is not None:
        return code
    raise LookupError("told for a whole county" if is_county(place) else f"unknown place: {place}")


def report_id_of(police_id: int) -> UUID:
    """Always the same for the same event, so that importing again changes nothing."""
    return uuid5(NAMESPACE_URL, f"https://polisen.se/api/events/{police_id}")


def minimal_collaboration(municipality: str) -> CollaborationDocument:
    """Enough for the police's events to have a home until the municipality sets up its own collaboration."""
    name = MUNICIPALITIES[municipality]
    return CollaborationDocument(
        municipality=municipality,
        name=name,
        organisation_model="A",
        checklists=CHECKLISTS,
        period_days=7,
        deadline=Deadline(weekday=3, time="10:00"),
        organisations=(
            Organisation(
                organisation_id="polisen", name="Polisen", party=Party.POLICE, kind=OrganisationKind.POLICE
            ),
        ),
        functions=(
            Function(
                function_id=FUNCTION,
                title="Polisens publika händelser",
                organisation_id="polisen",
                roles=(Role.REPORTER,),
            ),
        ),
    )


def _reports(
    events: Iterable[PoliceEvent | UnreadableEvent], account: PolisenImport
) -> Iterator[SubmitReport]:
    """The reports to hand in; everything else goes into the account at once."""
    for event in events:
        account.lines += 1
        if isinstance(event, UnreadableEvent):
            _refuse(account, f"unreadable: {event.reason}", line=account.lines)
            continue
        try:
            report = report_about(event)
        except LookupError as obstacle:
            _refuse(account, str(obstacle.args[0]), line=account.lines)
            continue
        if isinstance(report, NotEst):
            account.not_est[event.police_type] += 1
        else:
            yield report


def _refuse(account: PolisenImport, reason: str, *, line: int) -> None:
    account.refused[reason] += 1
    account.first_lines.setdefault(reason, line)


def _settle(account: PolisenImport, report: SubmitReport, *, outcome: str, reason: str) -> None:
    theme = THEME_WORDS[entry(report.checklist_entry).theme].en
    if outcome == "recorded":
        account.recorded[theme] += 1
    elif outcome == "repeated":
        account.already_there[theme] += 1
    else:
        account.refused[reason or "refused without a reason"] += 1


def _batches(reports: Sequence[SubmitReport]) -> Iterator[list[SubmitReport]]:
    waiting = iter(reports)
    while batch := list(islice(waiting, LARGEST_BATCH)):
        yield batch


def _by_reason(not_est: Counter[str]) -> Iterator[tuple[str, int]]:
    """The types under their reason, with the most frequent ones named."""
    for reason in NotEst:
        types = [(name, count) for name, count in not_est.most_common() if POLICE_TYPES[name] is reason]
        if types:
            named = ", ".join(name for name, _ in types[:3]) + (" and others" if len(types) > 3 else "")
            yield f"{reason.value} ({named})", sum(count for _, count in types)


def _add_section(table: Table, title: str, rows: Sequence[tuple[str, int]]) -> None:
    for place, (what, count) in enumerate(rows):
        table.add_row(title if place == 0 else "", what, f"{count:,}", end_section=place == len(rows) - 1)
    if not rows:
        table.add_row(title, "–", "0", end_section=True)
