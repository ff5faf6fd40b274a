"""Problems as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_analysis.domain.history import WINDOW_WEEKS, weeks_between
from est_analysis.domain.problem import ProblemState
from est_analysis.pages.words import NO_DECISION, RULE_WORDS, STATE_TONES, STATE_WORDS, reason_words
from est_analysis.read_models import problems, weekly_counts
from est_analysis.read_models.collaborations import Names, names_in
from est_analysis.read_models.problems import KeptWords, ProblemRow
from est_chassis.charts import Caption, Chart, WeekPoint, week_line
from est_chassis.event_store import Cursor
from est_chassis.web.languages import Language, said
from est_chassis.web.written import week_name
from est_contracts.vocabulary import THEME_WORDS, Week, Words, place_sv


@dataclass(frozen=True)
class ProblemView:
    """One problem, in the reader's words and in a line over 53 weeks."""

    problem_id: UUID
    municipality: str
    version: int
    title: str
    sentence: str
    state: ProblemState
    state_words: Words
    state_tone: str
    flagged_in: Week
    last_seen: Week
    goes_on: bool
    rules: Sequence[str]
    chart: Chart
    decided_at: datetime | None
    decided_by: str
    reason: str
    words: KeptWords

    @property
    def awaits_decision(self) -> bool:
        return self.state is ProblemState.FLAGGED


@dataclass(frozen=True)
class Summary:
    """A problem that has calmed down, in one line."""

    problem_id: UUID
    title: str
    sentence: str
    state_words: Words
    state_tone: str
    weeks: str


@dataclass(frozen=True)
class ProblemsPage:
    """What waits for a decision, what was decided and goes on, and what has calmed down, decided or not."""

    week: Week
    awaiting: Sequence[ProblemView]
    confirmed: Sequence[ProblemView]
    undecided: Sequence[Summary]
    calmed: Sequence[Summary]


def problems_page(cursor: Cursor, *, municipality: str, week: Week, language: Language) -> ProblemsPage:
    """All problems of a municipality, sorted as they are read."""
    rows = problems.all_in(cursor, municipality)
    telling = Telling(names_in(cursor, municipality), language)
    current = [row for row in rows if goes_on(row, week=week) and row.state is not ProblemState.DISMISSED]
    awaiting = [row for row in current if row.state is ProblemState.FLAGGED]
    confirmed = [row for row in current if row.state is ProblemState.CONFIRMED]
    earlier = [row for row in rows if row not in current]
    return ProblemsPage(
        week=week,
        awaiting=[view_of(cursor, row, week=week, telling=telling) for row in awaiting],
        confirmed=[view_of(cursor, row, week=week, telling=telling) for row in confirmed],
        undecided=[_summary(row, telling) for row in earlier if row.state is ProblemState.FLAGGED],
        calmed=[_summary(row, telling) for row in earlier if row.state is not ProblemState.FLAGGED],
    )


def goes_on(row: ProblemRow, *, week: Week) -> bool:
    """True until the run is broken: the rules have not held for four weeks."""
    return weeks_between(row.last_seen, week) <= WINDOW_WEEKS


@dataclass(frozen=True)
class Telling:
    """How a municipality's problems are told: by which names, in which language."""

    names: Names
    language: Language

    def title(self, row: ProblemRow) -> str:
        area = self.names.area(row.series.area)
        theme = said(THEME_WORDS[row.series.theme], self.language)
        return f"{theme} {self.language.say(place_sv(area), f'in {area}')}"

    def sentence(self, row: ProblemRow) -> str:
        """The evidence after the colon: the title already says what and where."""
        _, _, told = said(row.evidence.words, self.language).partition(": ")
        return f"{self.language.say('Per vecka', 'By week')}: {told}."

    def weeks(self, row: ProblemRow) -> str:
        """From the flag to the last week seen: "vecka 33–41, 2026"."""
        first, last = row.flagged_in, row.last_seen
        if first != last and first.year == last.year:
            return f"{self.language.say('vecka', 'week')} {first.number}–{last.number}, {last.year}"
        ends = [first] if first == last else [first, last]
        return " – ".join(week_name(week, language=self.language) for week in ends)

    def rules(self, row: ProblemRow) -> list[str]:
        known = [(rule, RULE_WORDS.get(rule)) for rule in row.rules]
        return [said(words, self.language) if words else rule for rule, words in known]


def view_of(cursor: Cursor, row: ProblemRow, *, week: Week, telling: Telling) -> ProblemView:
    return ProblemView(
        problem_id=row.problem_id,
        municipality=row.series.municipality,
        version=row.version,
        title=telling.title(row),
        sentence=telling.sentence(row),
        state=row.state,
        state_words=STATE_WORDS[row.state],
        state_tone=STATE_TONES[row.state],
        flagged_in=row.flagged_in,
        last_seen=row.last_seen,
        goes_on=goes_on(row, week=week),
        rules=telling.rules(row),
        chart=_chart(cursor, row, week=week, language=telling.language),
        decided_at=row.decided_at,
        decided_by=telling.names.function(row.decided_by or ""),
        reason=reason_words(row.reason, telling.language),
        words=problems.kept_words(cursor, row),
    )


def _summary(row: ProblemRow, telling: Telling) -> Summary:
    return Summary(
        problem_id=row.problem_id,
        title=telling.title(row),
        sentence=telling.sentence(row),
        state_words=NO_DECISION if row.state is ProblemState.FLAGGED else STATE_WORDS[row.state],
        state_tone="neutral",
        weeks=telling.weeks(row),
    )


def _chart(cursor: Cursor, row: ProblemRow, *, week: Week, language: Language) -> Chart:
    counts = weekly_counts.year_of(cursor, row.series, week=week)
    caption = Caption(
        f"line-{row.problem_id}",
        language.say("Rapporter per vecka", "Reports by week"),
        language.say(f"De senaste {len(counts)} veckorna.", f"The latest {len(counts)} weeks."),
        language,
    )
    return week_line(
        caption,
        points=[WeekPoint(label=str(each), value=reports) for each, reports in counts],
        value_label=language.say("Rapporter", "Reports"),
    )
