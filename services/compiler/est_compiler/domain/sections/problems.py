"""What analysis and the calendar have told of: recurring problems, measures, and what lies ahead."""

from collections.abc import Iterator
from datetime import date

from est_compiler.domain.knowledge import EarlierAnalysis
from est_compiler.domain.picture import (
    BusyThen,
    DaysAhead,
    Expected,
    MeasureInPicture,
    PeriodAhead,
    Picture,
    ProblemInPicture,
)
from est_compiler.domain.sections.parts import Basis, Line, Material
from est_compiler.domain.wording.around import days_to_tell, year_said, years_it_was_busy
from est_compiler.domain.wording.phrases import (
    all_listed,
    day_said,
    days_said,
    in_a_sentence,
    in_en,
    in_sv,
    reports_in_words,
    written_period_name,
)
from est_contracts.vocabulary import (
    MEASURE_KIND_WORDS,
    THEME_WORDS,
    MeasuresShown,
    TemplateSection,
    Words,
    place_sv,
)

STATE_WORDS = {
    "proposed": Words(sv="Föreslaget av en regel, inte bekräftat.", en="Proposed by a rule, not confirmed."),
    "confirmed": Words(sv="Bekräftat.", en="Confirmed."),
}

ANALYSED_WORDS = {
    "confirmed": Words(sv="bekräftat", en="confirmed on"),
    "dismissed": Words(sv="avfärdat", en="dismissed on"),
}

#: So many that only a rule has proposed stand with their evidence; the others are named in one line.
MOST_PROPOSED = 3


def recurring_lines(material: Material, section: TemplateSection) -> tuple[Line, ...]:
    """The problems that stand, with the evidence they rest on; dismissed ones are not among them."""
    standing = [each for each in material.picture.problems if each.state in STATE_WORDS]
    proposed = [each for each in standing if each.state == "proposed"]
    if section.by_area or len(proposed) <= MOST_PROPOSED + 1:
        return tuple(_problem_line(section, each, material) for each in standing)
    left = proposed[MOST_PROPOSED:]
    told = (_problem_line(section, each, material) for each in standing if each not in left)
    return (*told, _other_proposals(section, left))


def analysed_words(before: EarlierAnalysis, *, seen_from: date) -> Words:
    """What was found of it then: confirmed or dismissed, and how many measures were decided."""
    day, found = day_said(before.decided_on, seen_from=seen_from), ANALYSED_WORDS[before.state]
    if not before.measures:
        return Words(sv=f"{found.sv} {day.sv}.", en=f"{found.en} {day.en}.")
    count_sv, count_en, one = in_sv(before.measures), in_en(before.measures), before.measures == 1
    return Words(
        sv=f"{found.sv} {day.sv}, {count_sv} {'insats beslutad' if one else 'insatser beslutade'}.",
        en=f"{found.en} {day.en}, {count_en} {'measure' if one else 'measures'} decided.",
    )


def measure_lines(material: Material, section: TemplateSection) -> tuple[Line, ...]:
    """The measures that belong here: planned, going on, completed in the period, or all of them."""
    picture = material.picture
    found = [(problem, measure) for problem in picture.problems for measure in problem.measures]
    shown = [
        (problem, measure) for problem, measure in found if _belongs(measure, picture, shown=section.measures)
    ]
    shown.sort(key=lambda each: (each[1].decided_on, each[1].measure))
    lines = (_measure_line(section, problem, measure, picture) for problem, measure in shown)
    return (*_continued_below(material, section), *lines)


def ahead_lines(material: Material, section: TemplateSection) -> tuple[Line, ...]:
    """What is expected until the period after the next ends."""
    return tuple(
        line
        for place in range(len(material.picture.ahead))
        for line in _lines_of_period(section, place, material.picture)
    )


def _continued_below(material: Material, section: TemplateSection) -> Iterator[Line]:
    """The box that the figure ticks: measures that the parties have written of go on, and stand below."""
    rows = material.work.work.rows if material.work and section.measures is MeasuresShown.GOING_ON else ()
    continued = sum(row.continues for row in rows)
    if continued:
        sv, en = ("problembild", "problem is") if continued == 1 else ("problembilder", "problems are")
        words = Words(
            sv=f"Ja: {in_sv(continued)} {sv} med insatser som fortsätter beskrivs nedan.",
            en=f"Yes: {in_en(continued)} {en} described below, with measures that continue.",
        )
        yield Line(f"{section.section_id}:continued", words)


def _problem_line(section: TemplateSection, problem: ProblemInPicture, material: Material) -> Line:
    name, where, state = THEME_WORDS[problem.theme], _where(problem), STATE_WORDS[problem.state]
    words = Words(
        sv=f"{_told(problem.evidence.sv, name.sv, where.sv)} {state.sv}",
        en=f"{_told(problem.evidence.en, name.en, where.en)} {state.en}",
    )
    before = _before(problem, material)
    if before is not None:
        words = Words(sv=f"{words.sv} {before.sv}", en=f"{words.en} {before.en}")
    return Line(f"{section.section_id}:{problem.problem}", words, basis=_basis(problem))


def _before(problem: ProblemInPicture, material: Material) -> Words | None:
    """The latest analysis of the same problem, where there is one: what was found then is used again."""
    for each in material.analysed_before:
        if each.problem == problem.problem:
            found = analysed_words(each, seen_from=material.picture.last_day)
            return Words(sv=f"Analyserat tidigare: {found.sv}", en=f"Analysed before: {found.en}")
    return None


def _other_proposals(section: TemplateSection, problems: list[ProblemInPicture]) -> Line:
    """The others that a rule has proposed, by what and where; their evidence is in the table."""
    named = [(in_a_sentence(THEME_WORDS[each.theme]), _where(each)) for each in problems]
    sv = ", ".join(f"{theme.sv} {where.sv}" for theme, where in named)
    en = ", ".join(f"{theme.en} {where.en}" for theme, where in named)
    words = Words(
        sv=f"Dessutom {len(problems)} föreslagna av en regel, inte bekräftade: {sv}.",
        en=f"And {len(problems)} more proposed by a rule, not confirmed: {en}.",
    )
    return Line(f"{section.section_id}:other_proposals", words, len(problems))


def _told(evidence: str, name: str, where: str) -> str:
    """The evidence as a sentence of its own; it says of what and where it is, unless it did already."""
    if not evidence.lower().startswith(name.lower()):
        evidence = f"{name} {where}: {evidence}"
    return f"{evidence[0].upper()}{evidence[1:].rstrip('.')}."


def _belongs(measure: MeasureInPicture, picture: Picture, *, shown: MeasuresShown | None) -> bool:
    done = measure.completed_on
    in_period = done is not None and picture.first_day <= done <= picture.last_day
    match shown:
        case MeasuresShown.COMPLETED:
            return in_period
        case MeasuresShown.PLANNED | MeasuresShown.GOING_ON:
            return done is None or done > picture.last_day
        case None:
            return done is None or done >= picture.first_day


def _measure_line(
    section: TemplateSection, problem: ProblemInPicture, measure: MeasureInPicture, picture: Picture
) -> Line:
    kind, theme, where = MEASURE_KIND_WORDS[measure.kind], THEME_WORDS[problem.theme], _where(problem)
    against = in_a_sentence(theme)
    state = _state(measure, on=picture.last_day)
    words = Words(
        sv=f"{kind.sv}, mot {against.sv} {where.sv}. Ansvarig: {measure.title}. {state.sv}",
        en=f"{kind.en}, against {against.en} {where.en}. Responsible: {measure.title}. {state.en}",
    )
    return Line(f"{section.section_id}:{measure.measure}", words, basis=_basis(problem))


def _state(measure: MeasureInPicture, *, on: date) -> Words:
    """How far a measure has come on the last day of the period."""
    done, due = measure.completed_on, measure.due_on
    decided = day_said(measure.decided_on, seen_from=on)
    if done is not None and done <= on:
        day = day_said(done, seen_from=on)
        return Words(sv=f"Genomförd {day.sv}.", en=f"Carried out {day.en}.")
    if due is None:
        return Words(sv=f"Beslutad {decided.sv}.", en=f"Decided {decided.en}.")
    day = day_said(due, seen_from=on)
    if due < on:
        return Words(sv=f"Försenad: skulle vara klar {day.sv}.", en=f"Late: it was due {day.en}.")
    return Words(
        sv=f"Beslutad {decided.sv}, klar senast {day.sv}.", en=f"Decided {decided.en}, due {day.en}."
    )


def _lines_of_period(section: TemplateSection, place: int, picture: Picture) -> list[Line]:
    period, before = picture.ahead[place], picture.ahead[:place]
    key = f"{section.section_id}:{period.period}"
    name = written_period_name(period.period, seen_from=picture.picture_period)
    days = enumerate(days_to_tell(picture, period, after=before))
    lines = [Line(f"{key}:{number}", _day_words(each, picture)) for number, each in days]
    lines += [_expected_line(key, each, picture) for each in period.expected]
    if period.was_busy:
        lines.append(_busy_line(key, name, period))
    return lines


def _busy_line(key: str, name: Words, period: PeriodAhead) -> Line:
    """How much was reported in it, in each of the earlier years when it was a risk period."""
    then = years_it_was_busy(period)
    told = all_listed([_busy_words(period, each) for each in then])
    words = Words(
        sv=f"Känd riskperiod: {name.sv} hade {told.sv}, tydligt fler än perioderna runt om.",
        en=f"A known risk period: {name.en} had {told.en}, clearly more than those around it.",
    )
    return Line(f"{key}:busy", words, then[0].reports if len(then) == 1 else None)


def _busy_words(period: PeriodAhead, then: BusyThen) -> Words:
    told, when = reports_in_words(then.reports), year_said(period, then)
    return Words(sv=f"{told.sv} {when.sv}", en=f"{told.en} {when.en}")


def _day_words(days: DaysAhead, picture: Picture) -> Words:
    names = {each.area: each.name for each in picture.areas}
    where = ", ".join(names.get(each, each) for each in days.areas)
    when = days_said(days.first_day, days.last_day, seen_from=picture.last_day)
    place = f" ({where})" if where else ""
    return Words(sv=f"{days.name.sv}{place}: {when.sv}.", en=f"{days.name.en}{place}: {when.en}.")


def _expected_line(key: str, expected: Expected, picture: Picture) -> Line:
    names = {each.area: each.name for each in picture.areas}
    area = f" ({names.get(expected.area, expected.area)})" if expected.area else ""
    told = reports_in_words(expected.reports)
    day = day_said(expected.first_day, seen_from=picture.last_day)
    words = Words(
        sv=f"Väntat {day.sv}: {expected.name.sv}{area}, {told.sv}.",
        en=f"Expected {day.en}: {expected.name.en}{area}, {told.en}.",
    )
    areas = (expected.area,) if expected.area else ()
    return Line(
        f"{key}:{expected.entry}:{expected.area or ''}:{expected.first_day}",
        words,
        expected.reports,
        Basis(entries=(expected.entry,), areas=areas),
    )


def _where(problem: ProblemInPicture) -> Words:
    return Words(sv=place_sv(problem.area_name), en=f"in {problem.area_name}")


def _basis(problem: ProblemInPicture) -> Basis:
    return Basis(themes=(problem.theme,), areas=(problem.area,) if problem.area else ())
