"""What has changed since the last picture: problems, measures and the level."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from est_compiler.domain.drawing.problems import CONFIRMED, DISMISSED, PROPOSED
from est_compiler.domain.picture import MeasureInPicture, Picture, ProblemInPicture
from est_compiler.domain.wording.phrases import in_a_sentence, listed
from est_contracts.vocabulary import LEVEL_WORDS, MEASURE_KIND_WORDS, THEME_WORDS, Level, Words, place_sv


@dataclass(frozen=True, slots=True)
class Changes:
    """Problems and measures that are not what they were (förändringar)."""

    proposed: tuple[ProblemInPicture, ...] = ()
    confirmed: tuple[ProblemInPicture, ...] = ()
    dismissed: tuple[ProblemInPicture, ...] = ()
    decided: tuple[MeasureInPicture, ...] = ()
    completed: tuple[MeasureInPicture, ...] = ()
    #: The level now and then; None where nothing is known of one of them.
    level: tuple[Level, Level] | None = None


def changes_in_period(picture: Picture) -> Changes:
    """What happened to problems and measures by their days: for when there is no last picture."""

    def within(day: date | None) -> bool:
        return day is not None and picture.first_day <= day <= picture.last_day

    changed = [each for each in picture.problems if within(each.changed_on)]
    return Changes(
        proposed=_in_state(changed, PROPOSED),
        confirmed=_in_state(changed, CONFIRMED),
        dismissed=_in_state(changed, DISMISSED),
        decided=tuple(each for each in _measures(picture) if within(each.decided_on)),
        completed=tuple(each for each in _measures(picture) if within(each.completed_on)),
    )


def changes_since(
    last: Picture,
    picture: Picture,
    *,
    levels: tuple[Level | None, Level | None] = (None, None),
) -> Changes:
    """What differs from the last picture that was published; `levels` are its level, and the one now."""
    then, now = levels
    states = {each.problem: each.state for each in last.problems}
    changed = [each for each in picture.problems if states.get(each.problem) != each.state]
    known = {each.measure for each in _measures(last)}
    completed = {each.measure for each in _measures(last) if each.completed_on}
    return Changes(
        proposed=_in_state(changed, PROPOSED),
        confirmed=_in_state(changed, CONFIRMED),
        dismissed=_in_state(changed, DISMISSED),
        decided=tuple(each for each in _measures(picture) if each.measure not in known),
        completed=tuple(
            each for each in _measures(picture) if each.completed_on and each.measure not in completed
        ),
        level=(now, then) if now is not None and then is not None else None,
    )


def change_lines(changes: Changes) -> tuple[Words, ...]:
    """One line for each kind of change; none where nothing has changed."""
    return tuple(_lines(changes))


def _lines(changes: Changes) -> Iterator[Words]:
    if changes.level is not None:
        yield _level_line(*changes.level)
    if changes.confirmed:
        problems = problem_names(changes.confirmed)
        yield Words(sv=f"Bekräftat som problem: {problems.sv}", en=f"Confirmed as a problem: {problems.en}")
    if changes.proposed:
        problems = problem_names(changes.proposed)
        yield Words(sv=f"Föreslaget som problem: {problems.sv}", en=f"Proposed as a problem: {problems.en}")
    if changes.dismissed:
        problems = problem_names(changes.dismissed)
        yield Words(sv=f"Avfärdat: {problems.sv}", en=f"Dismissed: {problems.en}")
    if changes.decided:
        measures = _measure_names(changes.decided)
        yield Words(sv=f"Beslutade insatser: {measures.sv}", en=f"Measures decided: {measures.en}")
    if changes.completed:
        measures = _measure_names(changes.completed)
        yield Words(sv=f"Genomförda insatser: {measures.sv}", en=f"Measures carried out: {measures.en}")


def _level_line(now: Level, then: Level) -> Words:
    words, before = LEVEL_WORDS[now], LEVEL_WORDS[then]
    if now is then:
        return Words(sv=f"Lägesnivån är oförändrad: {words.sv}", en=f"The level is unchanged: {words.en}")
    return Words(
        sv=f"Ny lägesnivå: {words.sv} (förut {before.sv})", en=f"New level: {words.en} (before {before.en})"
    )


def problem_names(problems: Iterable[ProblemInPicture]) -> Words:
    """Skadegörelse i Norrängen, and so on."""
    return listed([problem_name(each) for each in problems])


def problem_name(problem: ProblemInPicture) -> Words:
    theme = in_a_sentence(THEME_WORDS[problem.theme])
    return Words(sv=f"{theme.sv} {place_sv(problem.area_name)}", en=f"{theme.en} in {problem.area_name}")


def _measure_names(measures: Iterable[MeasureInPicture]) -> Words:
    """By kind, each kind once, with how many there are when it is more than one."""
    numbers = Counter(each.kind for each in measures)
    names = []
    for kind, number in sorted(numbers.items()):
        name = in_a_sentence(MEASURE_KIND_WORDS[kind])
        times = f" ({number})" if number > 1 else ""
        names.append(Words(sv=f"{name.sv}{times}", en=f"{name.en}{times}"))
    return listed(names)


def _in_state(problems: Iterable[ProblemInPicture], state: str) -> tuple[ProblemInPicture, ...]:
    return tuple(each for each in problems if each.state == state)


def _measures(picture: Picture) -> Iterator[MeasureInPicture]:
    return (measure for problem in picture.problems for measure in problem.measures)
