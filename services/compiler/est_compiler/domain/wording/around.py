"""Sentences about what stands around the counts: coverage, problems, what has changed, what is to come."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from est_compiler.domain.comparing.changes import change_lines, changes_in_period, problem_names
from est_compiler.domain.drawing.problems import CONFIRMED, PROPOSED
from est_compiler.domain.picture import (
    BusyThen,
    Cover,
    DaysAhead,
    MeasureInPicture,
    PeriodAhead,
    Picture,
    ProblemInPicture,
)
from est_compiler.domain.wording.parts import Behind, BehindKind, Sentence, SentenceKey, behind, joined
from est_compiler.domain.wording.phrases import (
    capital,
    counted_words,
    days_in_words,
    in_en,
    in_sv,
    listed,
    reports_in_words,
    written_period_name,
)
from est_contracts.vocabulary import Words, number_in_words

#: As long as the longest of quarters.
A_QUARTER = timedelta(days=92)


def coverage_is_thin(picture: Picture) -> bool:
    """Half or less has been heard of the period itself."""
    return picture.coverage.now.is_thin


def comparison_is_fair(picture: Picture) -> bool:
    """More than half has been heard, of the period and of the one before it."""
    previous = picture.coverage.previous
    return not coverage_is_thin(picture) and (previous is None or not previous.is_thin)


def coverage_sentence(picture: Picture, *, is_running: bool) -> Sentence | None:
    """How many have said something; None where nobody knows who was to."""
    if not picture.coverage.now.due:
        return None
    words = _coverage_so_far(picture.coverage.now) if is_running else _coverage_words(picture)
    return Sentence(SentenceKey.COVERAGE, words, behind(picture, BehindKind.COVERAGE))


def _coverage_so_far(cover: Cover) -> Words:
    told = heard_in_words(cover)
    return joined(Words(sv=f"{told.sv} hittills", en=f"{told.en} so far"))


def _coverage_words(picture: Picture) -> Words:
    now, previous = picture.coverage.now, picture.coverage.previous
    told = heard_in_words(now)
    if now.is_thin:
        return joined(
            capital(only_so_many_in_words(now)),
            Words(
                sv="skillnader mot andra perioder kan bero på det",
                en="that alone may be why other periods differ",
            ),
        )
    if previous is not None and previous.is_thin:
        before = written_period_name(str(picture.picture_period.previous), seen_from=picture.picture_period)
        heard, due = number_in_words(previous.heard), number_in_words(previous.due)
        return joined(
            told,
            Words(
                sv=f"för {before.sv} kom {heard.sv} av {due.sv}, så jämförelsen haltar",
                en=f"for {before.en} {heard.en} of {due.en} came, so the comparison is weak",
            ),
        )
    return joined(told, _nothing_or_silent(picture))


def heard_in_words(cover: Cover) -> Words:
    """10 av 12 väntade svar har kommit in."""
    return Words(
        sv=f"{in_sv(cover.heard)} av {in_sv(cover.due)} väntade svar har kommit in",
        en=f"{in_en(cover.heard)} of {in_en(cover.due)} expected responses have come in",
    )


def only_so_many_in_words(cover: Cover) -> Words:
    """Bara 4 av 12 väntade svar har kommit in; of none at all it is said plainly."""
    if cover.heard == 0:
        return Words(
            sv=f"inget av {in_sv(cover.due)} väntade svar har kommit in",
            en=f"none of {in_en(cover.due)} expected responses has come in",
        )
    told = heard_in_words(cover)
    return Words(sv=f"bara {told.sv}", en=f"only {told.en}")


def _nothing_or_silent(picture: Picture) -> Words | None:
    now = picture.coverage.now
    silent = [Words(sv=each.title, en=each.title) for each in picture.coverage.silent if not each.heard]
    if silent:
        names = listed(silent)
        return Words(sv=f"inget har hörts från {names.sv}", en=f"nothing has been heard from {names.en}")
    if now.nothing:
        quiet = number_in_words(now.nothing)
        return Words(sv=f"{quiet.sv} hade inget att rapportera", en=f"{quiet.en} had nothing to report")
    return None


def problems_sentence(picture: Picture) -> Sentence | None:
    """The problems that people have confirmed, how many await a decision, and how the measures stand."""
    alive = [each for each in picture.problems if each.state in (CONFIRMED, PROPOSED)]
    if not alive:
        return None
    confirmed = [each for each in alive if each.state == CONFIRMED]
    words = joined(
        _confirmed_words(confirmed),
        _proposed_words(len(alive) - len(confirmed)),
        _measures_words(picture, confirmed),
    )
    names = (each.problem for each in alive)
    return Sentence(
        SentenceKey.PROBLEMS, capital(words), behind(picture, BehindKind.PROBLEMS, problems=names)
    )


def _confirmed_words(confirmed: list[ProblemInPicture]) -> Words | None:
    if not confirmed:
        return None
    names = problem_names(confirmed)
    return Words(sv=f"Återkommande problem: {names.sv}", en=f"Recurring problems: {names.en}")


def _proposed_words(proposed: int) -> Words | None:
    if not proposed:
        return None
    return counted_words(
        proposed,
        Words(sv="föreslaget problem väntar på beslut", en="proposed problem awaits a decision"),
        Words(sv="föreslagna problem väntar på beslut", en="proposed problems await a decision"),
    )


def _measures_words(picture: Picture, problems: list[ProblemInPicture]) -> Words | None:
    measures = [each for problem in problems for each in problem.measures]
    going_on = [each for each in measures if each.completed_on is None]
    if not measures:
        return None
    one, many = (
        Words(sv="insats pågår", en="measure goes on"),
        Words(sv="insatser pågår", en="measures go on"),
    )
    told = counted_words(len(going_on), one, many)
    late = sum(is_late(each, picture) for each in going_on)
    if not late:
        return told
    return Words(sv=f"{told.sv}, varav {late} över tiden", en=f"{told.en}, {late} of them overdue")


def is_late(measure: MeasureInPicture, picture: Picture) -> bool:
    """It was to be done by the end of the period, and was not."""
    return measure.completed_on is None and measure.due_on is not None and measure.due_on <= picture.last_day


def changes_sentence(picture: Picture) -> Sentence | None:
    """What happened to problems and measures in the period."""
    lines = change_lines(changes_in_period(picture))
    if not lines:
        return None
    return Sentence(SentenceKey.CHANGES, joined(*lines, by=". "), behind(picture, BehindKind.PROBLEMS))


def ahead_sentence(picture: Picture) -> Sentence | None:
    """What to be prepared for in the next period; None where nothing is known of it."""
    if not picture.ahead:
        return None
    parts = list(_to_come(picture, picture.ahead[0]))
    if not parts:
        return None
    name = written_period_name(picture.ahead[0].period, seen_from=picture.picture_period)
    first = Words(sv=f"Att vänta {name.sv}: {parts[0].sv}", en=f"To come in {name.en}: {parts[0].en}")
    days = (picture.ahead[0].first_day, picture.ahead[0].last_day)
    where = Behind(BehindKind.CALENDAR, *days, areas=picture.scope_areas)
    return Sentence(SentenceKey.AHEAD, joined(first, *parts[1:]), where)


def days_to_tell(
    picture: Picture, coming: PeriodAhead, *, after: Sequence[PeriodAhead] = ()
) -> tuple[DaysAhead, ...]:
    """What people have put into the calendar; public holidays, known to all, for the next quarter only.

    What goes on from one period into the next is told with the first of them.
    """
    until = picture.last_day + A_QUARTER
    told = {each for period in after for each in period.days}
    return tuple(
        each
        for each in coming.days
        if each not in told and (each.kind is not None or each.first_day <= until)
    )


def _to_come(picture: Picture, coming: PeriodAhead) -> Iterator[Words]:
    days = days_to_tell(picture, coming)
    if days:
        yield listed([_days_words(each) for each in days])
    expected = sum(each.reports for each in coming.expected)
    if expected:
        told = reports_in_words(expected)
        yield Words(sv=f"{told.sv} om väntade händelser", en=f"{told.en} of what is expected")
    if coming.was_busy:
        when = listed([_busy_words(coming, each) for each in years_it_was_busy(coming)])
        yield Words(
            sv=f"tydligt fler rapporter än perioderna intill samma tid {when.sv}",
            en=f"{when.en} clearly more reports than around it",
        )


def years_it_was_busy(coming: PeriodAhead) -> tuple[BusyThen, ...]:
    """In which earlier years it was a risk period; a picture frozen earlier knows of last year only."""
    if coming.busy_then or coming.last_year is None:
        return coming.busy_then
    return (BusyThen(str(int(coming.period[:4]) - 1), coming.last_year.reports),)


def year_said(coming: PeriodAhead, then: BusyThen) -> Words:
    """Förra året, 2023."""
    year = then.period[:4]
    if int(year) == int(coming.period[:4]) - 1:
        return Words(sv="förra året", en="a year ago")
    return Words(sv=year, en=f"in {year}")


def _busy_words(coming: PeriodAhead, then: BusyThen) -> Words:
    when = year_said(coming, then)
    return Words(sv=f"{when.sv} ({in_sv(then.reports)})", en=f"{when.en} ({in_en(then.reports)})")


def _days_words(days: DaysAhead) -> Words:
    when = days_in_words(days.first_day, days.last_day)
    return Words(sv=f"{days.name.sv} ({when.sv})", en=f"{days.name.en} ({when.en})")
