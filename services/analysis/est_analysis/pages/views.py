"""Problems as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_analysis.domain.history import WINDOW_WEEKS, weeks_between
from est_analysis.domain.problem import ProblemState
from est_analysis.pages.words import RULE_WORDS, STATE_TONES, STATE_WORDS, reason_words
from est_analysis.read_models import problems, weekly_counts
from est_analysis.read_models.collaborations import Names, names_in
from est_analysis.read_models.problems import ProblemRow
from est_chassis.charts import Chart, WeekPoint, week_line
from est_chassis.event_store import Cursor
from est_chassis.web.written import week_name
from est_contracts.vocabulary import THEME_WORDS, Week, place_sv


@dataclass(frozen=True)
class ProblemView:
    """One problem, in words and in a line over 53 weeks."""

    problem_id: UUID
    municipality: str
    version: int
    title: str
    sentence: str
    state: ProblemState
    state_words: str
    state_tone: str
    flagged_in: Week
    last_seen: Week
    goes_on: bool
    rules: Sequence[str]
    chart: Chart
    decided_at: datetime | None
    decided_by: str
    reason: str
    decision_words: str | None

    @property
    def awaits_decision(self) -> bool:
        return self.state is ProblemState.FLAGGED


@dataclass(frozen=True)
class Summary:
    """A problem that has calmed down, in one line."""

    problem_id: UUID
    title: str
    sentence: str
    state_words: str
    state_tone: str
    weeks: str


@dataclass(frozen=True)
class ProblemsPage:
    """What waits for a decision, what was decided and goes on, and what has calmed down."""

    week: Week
    awaiting: Sequence[ProblemView]
    confirmed: Sequence[ProblemView]
    calmed: Sequence[Summary]


def problems_page(cursor: Cursor, *, municipality: str, week: Week) -> ProblemsPage:
    """All problems of a municipality, sorted as they are read."""
    rows = problems.all_in(cursor, municipality)
    names = names_in(cursor, municipality)
    current = [row for row in rows if goes_on(row, week=week) and row.state is not ProblemState.DISMISSED]
    awaiting = [row for row in current if row.state is ProblemState.FLAGGED]
    confirmed = [row for row in current if row.state is ProblemState.CONFIRMED]
    return ProblemsPage(
        week=week,
        awaiting=[view_of(cursor, row, week=week, names=names) for row in awaiting],
        confirmed=[view_of(cursor, row, week=week, names=names) for row in confirmed],
        calmed=[_summary(row, names) for row in rows if row not in current],
    )


def goes_on(row: ProblemRow, *, week: Week) -> bool:
    """True until the run is broken: the rules have not held for four weeks."""
    return weeks_between(row.last_seen, week) <= WINDOW_WEEKS


def view_of(cursor: Cursor, row: ProblemRow, *, week: Week, names: Names | None = None) -> ProblemView:
    names = names or names_in(cursor, row.series.municipality)
    return ProblemView(
        problem_id=row.problem_id,
        municipality=row.series.municipality,
        version=row.version,
        title=_title(row, names),
        sentence=_sentence(row),
        state=row.state,
        state_words=STATE_WORDS[row.state],
        state_tone=STATE_TONES[row.state],
        flagged_in=row.flagged_in,
        last_seen=row.last_seen,
        goes_on=goes_on(row, week=week),
        rules=[RULE_WORDS.get(rule, rule) for rule in row.rules],
        chart=_chart(cursor, row, week=week),
        decided_at=row.decided_at,
        decided_by=names.function(row.decided_by or ""),
        reason=reason_words(row.reason),
        decision_words=problems.decision_words(cursor, row.problem_id) if row.decided_at else None,
    )


def _summary(row: ProblemRow, names: Names) -> Summary:
    return Summary(
        problem_id=row.problem_id,
        title=_title(row, names),
        sentence=_sentence(row),
        state_words="Inget beslut" if row.state is ProblemState.FLAGGED else STATE_WORDS[row.state],
        state_tone="neutral",
        weeks=_weeks(row),
    )


def _title(row: ProblemRow, names: Names) -> str:
    return f"{THEME_WORDS[row.series.theme].sv} {place_sv(names.area(row.series.area))}"


def _sentence(row: ProblemRow) -> str:
    """The evidence after the colon: the title already says what and where."""
    _, _, told = row.evidence.words.sv.partition(": ")
    return f"Per vecka: {told}."


def _weeks(row: ProblemRow) -> str:
    """From the flag to the last week seen: "vecka 33–41, 2026"."""
    first, last = row.flagged_in, row.last_seen
    if first == last:
        return week_name(first)
    if first.year == last.year:
        return f"vecka {first.number}–{last.number}, {last.year}"
    return f"{week_name(first)} – {week_name(last)}"


def _chart(cursor: Cursor, row: ProblemRow, *, week: Week) -> Chart:
    counts = weekly_counts.year_of(cursor, row.series, week=week)
    return week_line(
        name=f"line-{row.problem_id}",
        title="Rapporter per vecka",
        description=f"De senaste {len(counts)} veckorna.",
        points=[WeekPoint(label=str(each), value=reports) for each, reports in counts],
        value_label="Rapporter",
    )
