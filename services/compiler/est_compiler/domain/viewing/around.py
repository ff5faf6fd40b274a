"""What stands around the counts: who has been heard, what lies ahead, problems."""

from collections.abc import Iterator, Sequence
from datetime import date

from est_compiler.domain.picture import (
    Cover,
    DaysAhead,
    Expected,
    MeasureInPicture,
    PeriodAhead,
    Picture,
    ProblemInPicture,
)
from est_compiler.domain.viewing.suppression import SHOWN_FROM
from est_compiler.domain.viewing.view import (
    Block,
    Column,
    Figure,
    Heading,
    Line,
    Lines,
    Paragraph,
    ParagraphKind,
    Row,
    Table,
    Unit,
    named,
    with_figure,
)
from est_compiler.domain.wording.around import days_to_tell, year_said, years_it_was_busy
from est_compiler.domain.wording.phrases import all_listed, capital, day_said, days_said, written_period_name
from est_contracts.vocabulary import (
    CALENDAR_KIND_WORDS,
    MEASURE_KIND_WORDS,
    THEME_WORDS,
    Words,
)

COVERAGE = Words(sv="Vilka har hörts?", en="Who has been heard?")
THIN = Words(
    sv="Hälften eller färre av dem som skulle rapportera har hörts. Tystnad är inte lugn.",
    en="Half or fewer of those who were to report have been heard. Silence is not calm.",
)
AHEAD = Words(sv="Vad väntar?", en="What lies ahead?")
PROBLEMS = Words(sv="Problem och insatser", en="Problems and measures")
HOLIDAY = Words(sv="Helgdag", en="Public holiday")
STATE_WORDS = {
    "proposed": Words(sv="Föreslagen", en="Proposed"),
    "confirmed": Words(sv="Bekräftad", en="Confirmed"),
    "dismissed": Words(sv="Avfärdad", en="Dismissed"),
}
EXPECTED = Words(sv="Väntas", en="Expected")


def coverage_blocks(picture: Picture, *, names_the_silent: bool) -> Iterator[Block]:
    """How many of the returns came in; inside the collaboration also which functions are silent."""
    coverage = picture.coverage
    if not coverage.now.due:
        return
    yield Heading("coverage", 2, COVERAGE)
    if coverage.now.is_thin:
        yield Paragraph(THIN, ParagraphKind.NOTE)
    covers = [(picture.period, coverage.now)]
    held = picture.compared_with
    covers += [
        (period, cover)
        for period, cover in (
            (held.previous, coverage.previous),
            (held.before_previous, coverage.before_previous),
            (held.last_year, coverage.last_year),
        )
        if period and cover
    ]
    yield Table(
        name="coverage_table",
        caption=Words(sv="Svar från dem som rapporterar", en="Returns of those who report"),
        corner=Words(sv="Period", en="Period"),
        columns=(
            Column("due", Words(sv="Väntade", en="Due"), Unit.RETURNS),
            Column("heard", Words(sv="Inkomna", en="In"), Unit.RETURNS),
            Column("nothing", Words(sv="Inget att rapportera", en="Nothing to report"), Unit.RETURNS),
        ),
        rows=tuple(_cover_row(picture, period, cover) for period, cover in covers),
    )
    if names_the_silent and coverage.silent:
        yield _silent(picture)


def _cover_row(picture: Picture, period: str, cover: Cover) -> Row:
    words = written_period_name(period, seen_from=picture.picture_period)
    return Row(period, words, (Figure(cover.due), Figure(cover.heard), Figure(cover.nothing)))


def _silent(picture: Picture) -> Table:
    names = {each.organisation: each.name for each in picture.organisations}
    return Table(
        name="silent",
        caption=Words(sv="De som inte har hörts", en="Those who have not been heard"),
        corner=Words(sv="Funktion", en="Function"),
        columns=(
            Column("organisation", Words(sv="Organisation", en="Organisation"), Unit.WORDS),
            Column("due", Words(sv="Väntade svar", en="Returns due"), Unit.RETURNS),
            Column("heard", Words(sv="Inkomna svar", en="Returns in"), Unit.RETURNS),
        ),
        rows=tuple(
            Row(
                each.function,
                named(each.title),
                (names.get(each.organisation, each.organisation), Figure(each.due), Figure(each.heard)),
            )
            for each in picture.coverage.silent
        ),
    )


def ahead_blocks(picture: Picture, *, is_general: bool = False) -> Iterator[Block]:
    """The next two periods: days to be prepared for, what is expected, and what was busy a year before."""
    lines = tuple(ahead_lines(picture, is_general=is_general))
    if lines:
        yield Heading("ahead", 2, AHEAD)
        yield Lines("ahead_lines", lines)


def ahead_lines(
    picture: Picture, *, since: date | None = None, until: date | None = None, is_general: bool = False
) -> Iterator[Line]:
    """What lies ahead: all of it, or what is not over on a day and begins until another."""
    shown = [each for each in picture.ahead if since is None or each.last_day >= since]
    for place, period in enumerate(shown):
        days = days_to_tell(picture, period, after=shown[:place])
        yield from _days_ahead(picture, period, days, since=since, until=until or period.last_day)
        if is_general:
            yield from _expected_by_several(period)
        else:
            yield from _expected(picture, period, until or period.last_day)
        if until is None or period.first_day <= until:
            yield from _busy(picture, period)


def _days_ahead(
    picture: Picture, period: PeriodAhead, days_told: Sequence[DaysAhead], *, since: date | None, until: date
) -> Iterator[Line]:
    for index, each in enumerate(days_told):
        if each.first_day > until or (since is not None and each.last_day < since):
            continue
        kind = HOLIDAY if each.kind is None else CALENDAR_KIND_WORDS[each.kind]
        days = days_said(each.first_day, each.last_day, seen_from=picture.last_day)
        yield Line(
            f"{period.period}:day:{index}",
            Words(
                sv=f"{days.sv}: {each.name.sv} ({kind.sv.lower()})",
                en=f"{days.en}: {each.name.en} ({kind.en.lower()})",
            ),
        )


def _expected(picture: Picture, period: PeriodAhead, until: date) -> Iterator[Line]:
    """Each expected thing, where and from when, with its number."""
    names = {each.area: each.name for each in picture.areas}
    for each in (each for each in period.expected if each.first_day <= until):
        yield Line(
            f"{period.period}:expected:{each.entry}:{each.area or ''}:{each.first_day.isoformat()}",
            with_figure(_as_expected_there(picture, each, names.get(each.area)), Figure(each.reports)),
            Figure(each.reports),
            area=each.area,
            entries=(each.entry,),
        )


def _expected_by_several(period: PeriodAhead) -> Iterator[Line]:
    """What is expected in three reports or more: fewer could point to somebody."""
    for entry, words in {each.entry: each.name for each in period.expected}.items():
        reports = sum(each.reports for each in period.expected if each.entry == entry)
        if reports >= SHOWN_FROM:
            yield Line(f"{period.period}:expected:{entry}", _as_expected(words), entries=(entry,))


def _as_expected_there(picture: Picture, expected: Expected, where: str | None) -> Words:
    words, there = _as_expected(expected.name), f", {where}" if where else ""
    day = day_said(expected.first_day, seen_from=picture.last_day)
    return Words(sv=f"{words.sv}{there}, från {day.sv}", en=f"{words.en}{there}, from {day.en}")


def _as_expected(words: Words) -> Words:
    return Words(sv=f"{EXPECTED.sv}: {words.sv}", en=f"{EXPECTED.en}: {words.en}")


def _busy(picture: Picture, period: PeriodAhead) -> Iterator[Line]:
    if period.was_busy:
        name = capital(written_period_name(period.period, seen_from=picture.picture_period))
        when = all_listed([year_said(period, each) for each in years_it_was_busy(period)])
        yield Line(
            f"{period.period}:busy",
            Words(
                sv=f"{name.sv}: känd riskperiod, det rapporterades mycket samma tid {when.sv}",
                en=f"{name.en}: a known risk period, much was reported {when.en}",
            ),
        )


def problem_blocks(picture: Picture, *, is_general: bool = False) -> Iterator[Block]:
    """What analysis has told of; for everyone only what people have confirmed, and no evidence."""
    problems = [each for each in picture.problems if not is_general or each.state == "confirmed"]
    if not problems:
        return
    yield Heading("problems", 2, PROBLEMS)
    evidence = () if is_general else (Column("evidence", Words(sv="Underlag", en="Evidence"), Unit.WORDS),)
    yield Table(
        name="problems_table",
        caption=Words(sv="Problem som följs", en="Problems that are followed"),
        corner=Words(sv="Tema", en="Theme"),
        columns=(
            Column("area", Words(sv="Område", en="Area"), Unit.WORDS),
            Column("state", Words(sv="Läge", en="State"), Unit.WORDS),
            Column("since", Words(sv="Sedan", en="Since"), Unit.WORDS),
            Column("measures", Words(sv="Insatser", en="Measures"), Unit.WORDS),
            *evidence,
        ),
        rows=tuple(_problem_row(picture, each, with_evidence=not is_general) for each in problems),
    )


def _problem_row(picture: Picture, problem: ProblemInPicture, *, with_evidence: bool) -> Row:
    told = (problem.evidence,) if with_evidence else ()
    return Row(
        problem.problem,
        THEME_WORDS[problem.theme],
        (
            problem.area_name or "–",
            STATE_WORDS.get(problem.state, named(problem.state)),
            problem.flagged_on.isoformat(),
            _measures(picture, problem.measures),
            *told,
        ),
    )


def _measures(picture: Picture, measures: tuple[MeasureInPicture, ...]) -> Words | None:
    if not measures:
        return None
    said = [(MEASURE_KIND_WORDS[each.kind], _state(picture, each)) for each in measures]
    return Words(
        sv="; ".join(f"{words.sv} ({state.sv})" for words, state in said)[:500],
        en="; ".join(f"{words.en} ({state.en})" for words, state in said)[:500],
    )


def _state(picture: Picture, measure: MeasureInPicture) -> Words:
    if measure.completed_on:
        day = day_said(measure.completed_on, seen_from=picture.last_day)
        return Words(sv=f"klar {day.sv}", en=f"done {day.en}")
    if measure.due_on:
        day = day_said(measure.due_on, seen_from=picture.last_day)
        return Words(sv=f"senast {day.sv}", en=f"by {day.en}")
    day = day_said(measure.decided_on, seen_from=picture.last_day)
    return Words(sv=f"beslutad {day.sv}", en=f"decided {day.en}")
