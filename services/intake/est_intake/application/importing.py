"""Reports out of a table: which column is what, what its cells mean, and what is wrong with which."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from est_contracts.vocabulary import FieldError, Origin, Rejected, Words
from est_intake.application.geography import located
from est_intake.application.reporting import Outcome
from est_intake.application.spreadsheets import Table
from est_intake.domain.collaboration import SetUpInUse
from est_intake.domain.matching import Names, NotMatched, end_of, moment, plain, point_at, severity
from est_intake.domain.submission import Circumstances, Sender, Submission, check

#: What a column may be, in the order in which a page asks.
FIELD_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "checklist_entry": Words(sv="Punkt i checklistan", en="Checklist entry"),
        "happened_at": Words(sv="Dag (och tid)", en="Day (and time)"),
        "clock_time": Words(sv="Klockslag, om det står för sig", en="Time, if it stands by itself"),
        "happened_until": Words(sv="Till (tid, eller dag och tid)", en="Until (time, or day and time)"),
        "area": Words(sv="Område", en="Area"),
        "place": Words(sv="Namngiven plats", en="Named place"),
        "latitude": Words(sv="Latitud (WGS 84)", en="Latitude (WGS 84)"),
        "longitude": Words(sv="Longitud (WGS 84)", en="Longitude (WGS 84)"),
        "severity": Words(sv="Allvar 1-5", en="Severity 1-5"),
        "text": Words(sv="Beskrivning", en="Description"),
        "measures": Words(sv="Åtgärder", en="Measures"),
        "function": Words(sv="Funktion som rapporterar", en="Reporting function"),
        "row_key": Words(sv="Radens eget nummer", en="The row's own number"),
    }
)
NEEDED = ("checklist_entry", "happened_at")
#: How such columns are headed, without case, accents and signs; the first that fits is taken.
HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "checklist_entry": ("punkt", "checklistepunkt", "handelsetyp", "typ", "kategori", "handelse", "entry",
                            "category", "type", "vad"),
        "happened_at": ("datum", "datum och tid", "tidpunkt", "nar", "dag", "intraffade", "date",
                        "happened at", "when", "day"),
        "clock_time": ("tid", "klockslag", "kl", "time", "clock"),
        "happened_until": ("till", "till och med", "slut", "sluttid", "until", "end", "end time"),
        "area": ("omrade", "delomrade", "stadsdel", "plats", "var", "area", "district", "where"),
        # What is headed Plats alone is more often an area, or words.
        "place": ("namngiven plats", "platsnamn", "named place", "place name"),
        "latitude": ("latitud", "lat", "breddgrad"),
        "longitude": ("longitud", "long", "lon", "lng", "langdgrad"),
        "severity": ("allvar", "allvarlighetsgrad", "allvarlighet", "varde", "severity", "grad"),
        "text": ("beskrivning", "text", "kommentar", "fritext", "description", "comment", "notering"),
        "measures": ("atgarder", "atgard", "insats", "measures", "vidtagna atgarder"),
        "function": ("funktion", "rapportor", "inrapportor", "function", "reporter", "avsandare"),
        "row_key": ("id", "nr", "nummer", "lopnummer", "arende", "arendenummer", "key",
                    "number"),
    }
)  # fmt: skip
#: What is written in these may be said to mean something of ours.
TRANSLATED = ("checklist_entry", "area", "place")
POINT_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType({"point": ("latitude", "longitude")})
UNMATCHED: Mapping[str, Words] = MappingProxyType(
    {
        "checklist_entry": Words(
            sv="Känner inte igen punkten. Välj vad den motsvarar i checklistan.",
            en="The entry is not recognised. Choose what it is in the checklist.",
        ),
        "happened_at": Words(
            sv="Skriv dagen som 2026-11-20, gärna med klockslag: 2026-11-20 21:40.",
            en="Write the day as 2026-11-20, preferably with the time: 2026-11-20 21:40.",
        ),
        "area": Words(
            sv="Känner inte igen området. Välj vad det motsvarar.",
            en="The area is not recognised. Choose what it is.",
        ),
        "happened_until": Words(
            sv="Skriv slutet som 2026-11-20 23:10, eller bara klockslaget: 23:10.",
            en="Write the end as 2026-11-20 23:10, or the time alone: 23:10.",
        ),
        "place": Words(
            sv="Känner inte igen platsen. Välj vilken av de namngivna platserna det är.",
            en="The place is not recognised. Choose which of the named places it is.",
        ),
        "point": Words(
            sv="Ange latitud och longitud i grader (WGS 84), som 58,9312 och 13,3104, eller ingen av dem.",
            en="Give both latitude and longitude in degrees (WGS 84), as 58.9312 and 13.3104, or neither.",
        ),
        "severity": Words(sv="Ange 1 till 5, eller lämna tomt.", en="Give 1 to 5, or leave it empty."),
        "function": Words(sv="Känner inte igen funktionen.", en="The function is not recognised."),
    }
)
ROW_REPEATED_OTHERWISE = Words(
    sv="Raden är redan inläst med andra ord. Rätta rapporten i stället.",
    en="The row has been imported before with other words. Correct the report instead.",
)


class ColumnsAreMissing(Rejected):
    """Nobody has said which columns tell what happened and when."""

    code = "columns_are_missing"
    http_status = 422
    words = Words(
        sv="Välj vilka kolumner som säger vad som hände och vilken dag.",
        en="Choose which columns tell what happened and on which day.",
    )

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(errors=tuple(FieldError(f"column.{name}", self.words) for name in missing))


@dataclass(frozen=True)
class ColumnChoice:
    """Which heading is which of our fields, and what some cells mean."""

    columns: Mapping[str, str]
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class RowFault:
    """What is wrong with which cell; never what it says."""

    row: int
    column: str
    field: str
    words: Words


@dataclass(frozen=True)
class RowRead:
    """A row, and what it was understood as, if nothing stands in the way."""

    number: int
    submission: Submission | None
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True)
class RowOutcome:
    """What became of a row: recorded, repeated or refused."""

    number: int
    outcome: str
    report_id: UUID | None
    faults: tuple[RowFault, ...] = ()


def faults_as_csv(told: Sequence[RowOutcome]) -> str:
    written = StringIO()
    rows = csv.writer(written, delimiter=";")
    rows.writerow(("rad", "kolumn", "fel", "fault"))
    for outcome in told:
        rows.writerows(
            (each.row, _inert(each.column), each.words.sv, each.words.en) for each in outcome.faults
        )
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + written.getvalue()


def _inert(cell: str) -> str:
    """What a spreadsheet would take for a formula begins with a sign that it does not."""
    return f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell


def guessed_columns(headings: Sequence[str]) -> dict[str, str]:
    """Which heading probably is which field."""
    names = {plain(heading): heading for heading in reversed(headings)}
    guessed: dict[str, str] = {}
    for name, known in HEADINGS.items():
        found = next((names[each] for each in (plain(name), *known) if each in names), None)
        if found is not None and found not in guessed.values():
            guessed[name] = found
    return guessed


class ImportedTable:
    """A table as it is to be imported: by whom, and what its columns and cells mean."""

    def __init__(self, table: Table, choice: ColumnChoice, *, set_up: SetUpInUse, sender: Sender) -> None:
        missing = [name for name in NEEDED if choice.columns.get(name) not in table.headings]
        if missing:
            raise ColumnsAreMissing(missing)
        self._table = table
        self._choice = choice
        self._set_up = set_up
        self._sender = sender
        self._names = Names(set_up)
        self._places = {
            name: table.headings.index(heading)
            for name, heading in choice.columns.items()
            if heading in table.headings
        }
        self._seen: Counter[str] = Counter()

    def rows(self, now: datetime) -> list[RowRead]:
        """Every row, judged as it will be when it is imported; nothing is recorded."""
        self._seen.clear()
        around = Circumstances(self._set_up, self._sender, now)
        return [self._judged(self._read(number, row), around) for number, row in self._table.numbered()]

    def outcomes(self, read: Sequence[RowRead], outcomes: Sequence[Outcome]) -> list[RowOutcome]:
        """What became of each row; `outcomes` are those of the rows that could be handed in, in order."""
        judged = iter(outcomes)
        told: list[RowOutcome] = []
        for row in read:
            if row.submission is None:
                told.append(RowOutcome(row.number, "refused", None, row.faults))
                continue
            outcome = next(judged)
            if isinstance(outcome, Rejected):
                faults = self._faults(row.number, outcome)
                told.append(RowOutcome(row.number, "refused", None, faults))
            else:
                what = "repeated" if outcome.repeated else "recorded"
                told.append(RowOutcome(row.number, what, outcome.report_id))
        return told

    def unmatched(self, name: str) -> list[str]:
        """What stands in a column and is nothing of ours as it stands, the commonest first."""
        if name not in self._places:
            return []
        written = Counter(row[self._places[name]] for _, row in self._table.numbered())
        return [cell for cell, _ in written.most_common() if cell and not self._is_known(name, cell)]

    def _is_known(self, name: str, cell: str) -> bool:
        finds = {
            "checklist_entry": self._names.entry,
            "area": self._names.area,
            "place": self._names.place,
        }
        try:
            finds[name](cell)
        except NotMatched:
            return False
        return True

    def _read(self, number: int, row: tuple[str, ...]) -> RowRead:
        cells = {name: row[place] for name, place in self._places.items()}
        understood: dict[str, Any] = {}
        faults: list[RowFault] = []
        for name, understand in self._readers(cells, understood):
            try:
                understood[name] = understand()
            except NotMatched:
                faults.append(self._fault(number, name, UNMATCHED[name]))
        if faults:
            return RowRead(number, None, tuple(faults))
        submission = Submission(
            report_id=self._report_id(understood, cells),
            municipality=self._set_up.document.municipality,
            text=cells.get("text") or None,
            measures=cells.get("measures") or None,
            origin=Origin.IMPORT,
            **understood,
        )
        return RowRead(number, submission)

    def _readers(
        self, cells: Mapping[str, str], understood: Mapping[str, Any]
    ) -> Iterator[tuple[str, Callable[[], Any]]]:
        """One for each of our fields; `understood` fills with what those before have found."""
        yield "checklist_entry", lambda: self._meant("checklist_entry", cells, self._names.entry)
        yield "happened_at", lambda: moment(cells["happened_at"], cells.get("clock_time", ""))
        if "happened_until" in cells and "happened_at" in understood:
            began = understood["happened_at"]
            yield "happened_until", lambda: end_of(cells["happened_until"], began=began)
        if "area" in cells:
            yield "area", lambda: self._meant("area", cells, self._names.area)
        if "place" in cells:
            yield "place", lambda: self._meant("place", cells, self._names.place)
        if "latitude" in cells or "longitude" in cells:
            degrees = {name: cells.get(name, "") for name in ("longitude", "latitude")}
            yield "point", lambda: point_at(**degrees)
        if "severity" in cells:
            yield "severity", lambda: severity(cells["severity"])
        if cells.get("function"):
            yield "function", lambda: self._names.function(cells["function"])

    def _meant(self, name: str, cells: Mapping[str, str], find: Callable[[str], str | None]) -> str | None:
        chosen = self._choice.values.get((name, cells[name]))
        return find(cells[name] if chosen is None else chosen)

    def _judged(self, read: RowRead, around: Circumstances) -> RowRead:
        if read.submission is None:
            return read
        try:
            check(located(read.submission, self._set_up), around)
        except Rejected as refusal:
            return RowRead(read.number, None, self._faults(read.number, refusal))
        return read

    def _faults(self, number: int, refusal: Rejected) -> tuple[RowFault, ...]:
        if not refusal.errors:
            return (self._fault(number, "text", ROW_REPEATED_OTHERWISE),)
        return tuple(self._fault(number, error.field, error.words) for error in refusal.errors)

    def _fault(self, number: int, name: str, words: Words) -> RowFault:
        columns = self._choice.columns
        # A point stands in two columns.
        named = [each for each in (name, *POINT_COLUMNS.get(name, ())) if each in columns]
        return RowFault(number, columns[named[0]] if named else "", name, words)

    def _report_id(self, understood: Mapping[str, Any], cells: Mapping[str, str]) -> UUID:
        """The same row is the same report, however often it is imported.

        By the row's own number, else by its first facts and how many rows before it say the same.
        What columns have come to tell since (an end, a place, a point) is not among them: a file that was
        imported before is recognised. Never by its words: what is left of them would outlive their erasure.
        """
        key = cells.get("row_key") or "|".join(
            str(understood.get(name)) for name in ("checklist_entry", "happened_at", "area", "severity")
        )
        function = understood.get("function") or self._sender.function
        place = f"{self._set_up.document.municipality}:{function}:{key}"
        self._seen[place] += 1
        nth = "" if cells.get("row_key") else f":{self._seen[place]}"
        return uuid5(NAMESPACE_URL, f"est:intake:import:{place}{nth}")
