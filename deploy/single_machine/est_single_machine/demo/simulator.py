"""Two believable years of reports: the same seed and the same week always give the same reports."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import exp
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from est_contracts.messages import SubmitReport
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Function, Role, Week
from est_single_machine.demo.calendar import Season, season_of
from est_single_machine.demo.kinds import KINDS, Kind, When
from est_single_machine.demo.places import NAMED, OF_A_STORY, PLACES
from est_single_machine.demo.stories import chapters_of

SHARE_WITH_TEXT = 0.7


def reports_until(
    today: datetime, *, document: CollaborationDocument, seed: int, weeks: int
) -> Iterator[SubmitReport]:
    """Every report of the last weeks up to this moment, oldest first."""
    current = Week.of(today)
    for weeks_ago in range(weeks - 1, -1, -1):
        week = current.before(weeks_ago)
        told = [
            *_ordinary(week, document=document, seed=seed),
            *_storied(week, current=current, municipality=document.municipality, seed=seed),
        ]
        yield from (report for report in sorted(told, key=_moment) if report.happened_at <= today)


def _moment(report: SubmitReport) -> tuple[datetime, UUID]:
    return report.happened_at, report.report_id


def _ordinary(week: Week, *, document: CollaborationDocument, seed: int) -> Iterator[SubmitReport]:
    random = Random(f"{seed}:{week}")  # noqa: S311 - it is to be repeatable, not secret
    season = season_of(week)
    for kind in KINDS:
        for number in range(_poisson(random, kind.weekly * _level(kind, season))):
            area = _weighted(random, {area: places.weight for area, places in PLACES.items()})
            function = _reporter_in(area, document=document, random=random)
            wording, spoken = random.choice(kind.texts), random.choice(PLACES[area].places)
            text = wording.format(place=spoken)
            yield SubmitReport(
                municipality=document.municipality,
                report_id=_id(seed, week, kind.checklist_entry, number),
                function=function.function_id,
                checklist_entry=kind.checklist_entry,
                area=area,
                place=NAMED.get((area, spoken)),
                happened_at=_happened_at(week, kind.when, random=random),
                severity=random.choice(kind.severities),
                text=text if random.random() < SHARE_WITH_TEXT else None,
            )


def _storied(week: Week, *, current: Week, municipality: str, seed: int) -> Iterator[SubmitReport]:
    for chapter in chapters_of(week, current=current):
        for number in range(chapter.reports):
            # A report of its own generator: a story may grow next week without changing what was told.
            random = Random(f"{seed}:{week}:{chapter.story}:{number}")  # noqa: S311
            yield SubmitReport(
                municipality=municipality,
                report_id=_id(seed, week, chapter.story, number),
                function=chapter.functions[number % len(chapter.functions)],
                checklist_entry=chapter.checklist_entry,
                area=chapter.area,
                place=OF_A_STORY.get((chapter.story, chapter.area)),
                happened_at=_happened_at(week, chapter.when, random=random),
                severity=random.choice(chapter.severities),
                text=random.choice(chapter.texts),
            )


def _id(seed: int, week: Week, what: str, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"est:demo:{seed}:{week}:{what}:{number}")


def _level(kind: Kind, season: Season) -> float:
    level = season.level
    if season.is_school_break:
        level *= kind.in_school_breaks
    if season.is_dark:
        level *= kind.in_the_dark
    return level


def _reporter_in(area: str, *, document: CollaborationDocument, random: Random) -> Function:
    """Somebody who works there, or everywhere."""
    reporters = [
        function
        for function in document.functions_with(Role.REPORTER)
        if not function.area_ids or area in function.area_ids
    ]
    # Those who belong to the area report more often than those who pass through it.
    weights = [3.0 if function.area_ids else 1.0 for function in reporters]
    return random.choices(reporters, weights)[0]


def _happened_at(week: Week, when: When, *, random: Random) -> datetime:
    """A moment by the clock in Stockholm, on a weekday and at an hour that is usual for it."""
    day = week.days[random.choices(range(7), when.weekdays)[0]]
    hour = random.choices(range(24), when.hours)[0]
    local = datetime(day.year, day.month, day.day, hour, tzinfo=STOCKHOLM)
    return local + timedelta(minutes=random.randrange(0, 60, 5))


def _weighted(random: Random, weights: dict[str, float]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _poisson(random: Random, mean: float) -> int:
    """How many in a week, when so many are usual (Knuth's way; the means are small)."""
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count
