"""What a coordinator sees of a report in the inbox: its own words, and what may be the same incident."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from est_chassis.charts import MapPin
from est_chassis.event_store import Cursor
from est_chassis.web.languages import Language
from est_contracts.guard import FINDING_WORDS, warns
from est_contracts.guard.known_names import known_names
from est_contracts.vocabulary import (
    ORIGIN_WORDS,
    SEVERITY_WORDS,
    STOCKHOLM,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    Origin,
    Words,
)
from est_intake.application.geography import geography_of
from est_intake.domain.likeness import WITHIN, Likeness, duplicates_among
from est_intake.domain.report_states import REPORT_STATE_WORDS, ReportState
from est_intake.pages.pointed_out import pin_at
from est_intake.pages.surroundings import Surroundings
from est_intake.read_models.recent_reports import ReportRow, Selection, latest, one_report

#: Reports from these doors need no mark: most come through them.
USUAL_DOORS = frozenset({Origin.FORM, Origin.PROGRAM})
#: So many reports are held against each other; a municipality has some tens in a period.
COMPARED = 1_000


@dataclass(frozen=True)
class Suggestion:
    """Another report that may tell of the same incident."""

    report_id: UUID
    title: Words
    row: ReportRow
    reporter: str
    score: int
    reasons: Sequence[Words]


@dataclass(frozen=True)
class InboxReport:
    """A report in the words of its municipality."""

    row: ReportRow
    what: Words
    theme: Words
    area: Words
    place: str
    reporter: str
    severity: Words | None
    state: Words
    origin: Words | None
    withdrawn: Words | None
    #: The words, for those who may read them.
    text: str | None
    measures: str | None
    questions: Sequence[Words]
    suggestions: Sequence[Suggestion]
    original: Words | None
    #: It is a duplicate, and the report that stood for the incident has been withdrawn.
    nothing_counts_it: bool

    @property
    def may_be_judged(self) -> bool:
        return self.row.counts

    @property
    def awaits(self) -> bool:
        return self.row.state is ReportState.NEW

    @property
    def is_looked_at(self) -> bool:
        return self.row.state is ReportState.LOOKED_AT


def with_suggestions(cursor: Cursor, rows: Sequence[ReportRow], around: Surroundings) -> list[InboxReport]:
    """The rows as they are shown, each with what may be its duplicate."""
    if not rows:
        return []
    near = Selection(
        around.municipality,
        starts_at=min(row.happened_at for row in rows) - WITHIN,
        ends_at=max(row.happened_at for row in rows) + WITHIN,
    )
    others = {row.report_id: row for row in latest(cursor, near, limit=COMPARED)}
    for far in {row.duplicate_of for row in rows if row.duplicate_of} - set(others):
        original = one_report(cursor, around.municipality, far)
        if original is not None:
            others[far] = original
    return [shown(row, around, others=others) for row in rows]


def shown(row: ReportRow, around: Surroundings, *, others: dict[UUID, ReportRow]) -> InboxReport:
    """One row; `others` are the reports that it is held against."""
    text, measures = (row.text, row.measures) if around.may_read(row) else (None, None)
    today = around.now.astimezone(STOCKHOLM).date()
    written = " ".join(filter(None, (text, measures)))
    names = known_names(around.set_up.document)
    original = others.get(row.duplicate_of) if row.duplicate_of else None
    return InboxReport(
        row=row,
        what=what_of(row, around),
        theme=THEME_WORDS[row.theme],
        area=around.area_words(row.area),
        place=around.place_name(row.place),
        reporter=reporter_of(row, around),
        severity=SEVERITY_WORDS[row.severity] if row.severity else None,
        state=REPORT_STATE_WORDS[row.state],
        origin=None if row.origin in USUAL_DOORS else ORIGIN_WORDS[row.origin],
        withdrawn=WITHDRAWAL_REASON_WORDS[row.withdrawn_because] if row.withdrawn_because else None,
        text=text,
        measures=measures,
        questions=tuple(FINDING_WORDS[finding] for finding in warns(written, today=today, known_names=names)),
        suggestions=_suggestions(row, around, others),
        original=what_of(original, around) if original else None,
        nothing_counts_it=row.state is ReportState.DUPLICATE
        and original is not None
        and original.withdrawn_because is not None,
    )


def pins_of(reports: Sequence[InboxReport], language: Language) -> list[MapPin]:
    """Where on the map those lie that were pointed out."""
    return [pin_at(each.row.point, each.what, language) for each in reports if each.row.point is not None]


def what_of(row: ReportRow, around: Surroundings) -> Words:
    entry = around.set_up.entries.get(row.checklist_entry)
    return entry.words if entry else THEME_WORDS[row.theme]


def reporter_of(row: ReportRow, around: Surroundings) -> str:
    return f"{around.function_title(row.function)}, {around.organisation_name(row.organisation)}"


def _suggestions(
    row: ReportRow, around: Surroundings, others: dict[UUID, ReportRow]
) -> tuple[Suggestion, ...]:
    if not row.counts:
        return ()
    counting: Iterable[ReportRow] = (other for other in others.values() if other.counts)
    # The one that came first stands for the incident; the later one is the duplicate.
    earlier = [other for other in counting if other.position < row.position]
    neighbours = geography_of(around.set_up).neighbours(row.area)
    alike = duplicates_among(earlier, of=row, neighbours=neighbours)
    return tuple(_suggested(each, others[each.report_id], around) for each in alike)


def _suggested(likeness: Likeness, row: ReportRow, around: Surroundings) -> Suggestion:
    return Suggestion(
        report_id=row.report_id,
        title=what_of(row, around),
        row=row,
        reporter=reporter_of(row, around),
        score=likeness.score,
        reasons=likeness.reasons,
    )
