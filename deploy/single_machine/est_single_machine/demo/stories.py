"""What happens in Valboås beside the ordinary: four stories that a coordinator should be able to find."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from est_contracts.vocabulary import Week
from est_single_machine.demo.calendar import season_of
from est_single_machine.demo.kinds import EVENING, EVERY_DAY, NIGHT, WEEKEND, When

NORRANGEN, SCHOOL, SQUARE, STATION = "9901R002", "9901R003", "9901R004", "9901R012"
CENTRE, LINDANGEN = "9901R001", "9901R006"


class Chapter(NamedTuple):
    """One week of a story: so many reports of one entry in one area, told by these functions."""

    story: str
    checklist_entry: str
    area: str
    reports: int
    functions: tuple[str, ...]
    when: When
    severities: tuple[int, ...]
    texts: tuple[str, ...]


def chapters_of(week: Week, *, current: Week) -> Iterator[Chapter]:
    """The stories that go on in a week, seen from the current one."""
    for story in STORIES:
        chapter = story(week, current)
        if chapter is not None and chapter.reports:
            yield chapter


def reckless_mopeds(week: Week, current: Week) -> Chapter | None:
    """Reckless mopeds in Norrängen in spring; they stop when the police and the school act in week 20."""
    reports = {14: 2, 15: 3, 16: 5, 17: 6, 18: 7, 19: 8, 20: 5, 21: 1}.get(week.number, 0)
    if week.year != _year_of_last(week_number=22, current=current):
        return None
    return Chapter(
        "mopeds", "orebro.6", NORRANGEN, reports,
        ("bovard_norrangen", "omradespolis_norr", "trygghetsvardarna", "vaktarna_rond", "parkarbetarna"),
        When(EVENING, EVERY_DAY), (2, 3, 3, 4),
        (
            "Mopeder kör vårdslöst på gångvägen mot skolan. Barn fick hoppa undan.",
            "Två mopeder utan lyse i hög fart mellan garagen.",
            "Mopedåkare gör bränningar på lekplatsen.",
            "Boende vågar inte släppa ut barnen när mopederna kör.",
        ),
    )  # fmt: skip


def vandalism_around_the_school(week: Week, current: Week) -> Chapter | None:
    """Vandalism around Valboåsskolan that has grown for four weeks and still goes on."""
    weeks_ago = (current.monday - week.monday).days // 7
    reports = {3: 3, 2: 5, 1: 6, 0: 7}.get(weeks_ago, 0)
    return Chapter(
        "school", "orebro.1", SCHOOL, reports,
        ("skolvard_valboasskolan", "vaktarna_rond", "rektor_valboasskolan", "omradespolis_norr"),
        When(NIGHT, EVERY_DAY), (2, 3, 3, 3, 4),
        (
            "Krossade fönster på skolans baksida. Glasmästare beställd.",
            "Cykelstället har välts och flera cyklar är förstörda.",
            "Klotter på gymnastiksalens vägg, hela långsidan.",
            "Någon har brutit upp dörren till skolans förråd och slagit sönder inredning.",
            "Skolgårdens lampor är sönderslagna igen.",
        ),
    )  # fmt: skip


def gathering_that_moves(week: Week, current: Week) -> Chapter | None:
    """A gathering place on the square that moves to the station when guards come to the square in week 39."""
    on_the_square = {33: 3, 34: 4, 35: 6, 36: 6, 37: 7, 38: 5, 39: 2}
    at_the_station = {39: 2, 40: 4, 41: 6, 42: 6, 43: 4, 44: 1}
    if week.year != _year_of_last(week_number=45, current=current):
        return None
    moved = week.number in at_the_station and (week.number > 39)
    area, counts, place = (
        (STATION, at_the_station, "stationshuset") if moved else (SQUARE, on_the_square, "fontänen på torget")
    )
    return Chapter(
        "gathering", "orebro.5", area, counts.get(week.number, 0),
        ("vaktarna_centrum", "faltgruppen", "fritidsgarden_centrum", "omradespolis_soder"),
        When(EVENING, WEEKEND), (2, 2, 3),
        (
            f"Ett tjugotal ungdomar vid {place}, knuffar och skrik mot förbipasserande.",
            f"Stor grupp vid {place} till sent. Flera vänder om och går en annan väg.",
            f"Samma grupp som tidigare vid {place}. Fältgruppen var på plats.",
        ),
    )  # fmt: skip


def new_year_fireworks(week: Week, current: Week) -> Chapter | None:
    """Fireworks at New Year: bangers thrown at people, and fires in bins and letter boxes."""
    if not season_of(week).is_new_year:
        return None
    return Chapter(
        "new_year", "orebro.2", "9901R001", 12,
        ("vaktarna_centrum", "raddningstjansten_befal", "omradespolis_soder", "nattvandrarna_centrum"),
        When(NIGHT, _new_years_eve(week)), (2, 3, 3, 4),
        (
            "Raketer skjuts mot folk i stadsparken.",
            "Brand i papperskorg efter smällare på gågatan.",
            "Brevlådor sprängda med smällare.",
            "Smällare kastas in i parkeringsgaraget.",
        ),
    )  # fmt: skip


Story = Callable[[Week, Week], Chapter | None]

STORIES: tuple[Story, ...] = (
    reckless_mopeds,
    vandalism_around_the_school,
    gathering_that_moves,
    new_year_fireworks,
)


def _year_of_last(*, week_number: int, current: Week) -> int:
    """The year in which this week was last over."""
    return current.year if current.number > week_number else current.year - 1


def _new_years_eve(week: Week) -> tuple[float, ...]:
    return tuple(1.0 if (day.month, day.day) in ((12, 31), (1, 1)) else 0.05 for day in week.days)
