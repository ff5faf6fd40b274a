"""Sentences about what was counted: all of it, themes, severity, times and places."""

from collections import defaultdict
from datetime import datetime

from est_compiler.domain.chance import PERCENT_FROM, growth_beyond_chance
from est_compiler.domain.drawing.counts import SEVERE
from est_compiler.domain.picture import Compared, Count, Picture, PlaceCount, ThemeCount
from est_compiler.domain.wording.parts import Sentence, SentenceKey, joined, reports_behind
from est_compiler.domain.wording.phrases import (
    PARTS_OF_DAY,
    PartOfDay,
    change,
    change_with_percent,
    counted_words,
    in_a_sentence,
    in_en,
    in_sv,
    reports_in_words,
    weekday_name,
)
from est_contracts.vocabulary import STOCKHOLM, THEME_WORDS, PeriodKind, Theme, Words, place_sv

#: Good news and what happens elsewhere are counted, but they are never "the problem of the week".
NOT_PROBLEMS = frozenset({Theme.POSITIVE, Theme.SURROUNDINGS})
#: A share of the day is worth a sentence from two reports in five.
WORTH_TELLING = 0.4
#: A place is worth a sentence from three reports.
WORTH_NAMING = 3
#: A category is low with two reports a week or fewer.
LOW_A_WEEK = 2


def problem_themes(picture: Picture) -> list[ThemeCount]:
    """The themes with reports: those that have grown most first, then the largest; "other" says least.

    So it stands last however much it has grown.
    """
    themes = [each for each in picture.themes if each.now.reports and each.theme not in NOT_PROBLEMS]
    return sorted(
        themes, key=lambda each: (each.theme is Theme.OTHER, -growth_beyond_chance(each), -each.now.reports)
    )


def total_sentence(picture: Picture, until: datetime | None) -> Sentence:
    words = _total_words(picture) if until is None else _total_so_far(picture, until)
    severe = _severe_of_them(picture.total.now)
    if severe is not None:
        words = Words(sv=f"{words.sv} {severe.sv}", en=f"{words.en} {severe.en}")
    return Sentence(SentenceKey.TOTAL, words, reports_behind(picture))


def _total_words(picture: Picture) -> Words:
    period, total = picture.picture_period, picture.total
    told = reports_in_words(total.now.reports)
    sv, en = told.sv, told.en
    if total.previous is not None:
        against = change_with_percent(total.now, total.previous, than=period.previous, seen_from=period)
        sv, en = f"{sv}, {against.sv}", f"{en}, {against.en}"
    if total.before_previous is not None:
        against = change(total.now, total.before_previous, than=period.before(2), seen_from=period)
        sv, en = f"{sv} och {against.sv}", f"{en} and {against.en}"
    sv, en = f"{sv}.", f"{en}."
    if total.last_year is not None:
        sv = f"{sv} Samma period förra året: {in_sv(total.last_year.reports)}."
        en = f"{en} The same period last year: {in_en(total.last_year.reports)}."
    return Words(sv=sv, en=en)


def _total_so_far(picture: Picture, until: datetime) -> Words:
    """A week that goes on is held against the same part of the one before; longer periods against nothing."""
    total, period = picture.total, picture.picture_period
    told = reports_in_words(total.now.reports)
    if total.previous is None or picture.kind is not PeriodKind.WEEK:
        return Words(sv=f"{told.sv} hittills.", en=f"{told.en} so far.")
    same_time = Count(reports=_until(picture, until))
    against = change(total.now, same_time, than=period.previous, seen_from=period)
    whole = total.previous.reports
    return Words(
        sv=f"{told.sv} hittills, {against.sv} vid samma tid; hela den veckan {in_sv(whole)}.",
        en=f"{told.en} so far, {against.en} at the same time; {in_en(whole)} in all of that week.",
    )


def _until(picture: Picture, moment: datetime) -> int:
    """How many reports of the week before happened before the same weekday and hour.

    A week begins on whichever weekday the municipality's reporting does.
    """
    local, hours = moment.astimezone(STOCKHOLM), picture.weekday_hours.previous
    whole_days = (local.date() - picture.first_day).days
    if whole_days < 0:
        return 0
    first = picture.first_day.weekday()
    passed = sum(sum(hours[(first + day) % 7]) for day in range(whole_days))
    return passed + sum(hours[local.weekday()][: local.hour + 1])


def _severe_of_them(now: Count) -> Words | None:
    if now.severe == 0:
        return None
    if now.severe == 1:
        sv, en = "en som allvarlig", "one was"
    else:
        sv, en = f"{in_sv(now.severe)} som allvarliga", f"{in_en(now.severe)} were"
    return Words(
        sv=f"Av de {in_sv(now.reports)} bedömdes {sv} (4–5).",
        en=f"Of the {in_en(now.reports)}, {en} judged severe (4–5).",
    )


def theme_sentence(
    picture: Picture, theme: ThemeCount, *, key: SentenceKey, until: datetime | None
) -> Sentence:
    """In number and in severity, and where most of it was."""
    name = THEME_WORDS[theme.theme]
    number = theme.now.reports
    counted = Words(sv=f"{name.sv} {in_sv(number)}", en=f"{name.en} {in_en(number)}")
    if until is not None:
        counted = Words(sv=f"{counted.sv} hittills", en=f"{counted.en} so far")
    elif theme.previous is not None:
        period = picture.picture_period
        against = change(theme.now, theme.previous, than=period.previous, seen_from=period)
        counted = Words(sv=f"{counted.sv}, {against.sv}", en=f"{counted.en}, {against.en}")
    words = joined(
        counted, _severe_against(theme, is_running=until is not None), _where_most(picture, theme.theme)
    )
    return Sentence(key, words, reports_behind(picture, theme=theme.theme))


def _severe_against(compared: Compared, *, is_running: bool) -> Words | None:
    """2 allvarliga mot 0; nothing where none was severe."""
    now, previous = compared.now, None if is_running else compared.previous
    if now.severe == 0 and (previous is None or previous.severe == 0):
        return None
    one, many = Words(sv="allvarlig", en="severe"), Words(sv="allvarliga", en="severe")
    told = counted_words(now.severe, one, many)
    if previous is None:
        return told
    before = previous.severe
    return Words(sv=f"{told.sv} mot {in_sv(before)}", en=f"{told.en} against {in_en(before)}")


def _where_most(picture: Picture, theme: Theme) -> Words | None:
    """The area with most reports of a theme: only when it is one of several, and more than one report."""
    counts: defaultdict[str | None, int] = defaultdict(int)
    for cell in picture.cells:
        if cell.theme is theme:
            counts[cell.area] += cell.now.reports
    most = max(counts.values(), default=0)
    areas = [area for area, reports in counts.items() if reports == most]
    if most < 2 or len(areas) > 1 or areas[0] is None or len(picture.areas) == 1:
        return None
    name = next(each.name for each in picture.areas if each.area == areas[0])
    return Words(sv=f"flest {place_sv(name)} ({in_sv(most)})", en=f"most in {name} ({in_en(most)})")


def severe_sentence(picture: Picture) -> Sentence | None:
    """How many were severe against the period before, and what most of them were about."""
    now, previous = picture.total.now, picture.total.previous
    if previous is None or not now.severe:
        return None
    period = picture.picture_period
    against = change(Count(now.severe), Count(previous.severe), than=period.previous, seen_from=period)
    told = Words(
        sv=f"Allvarliga rapporter (4–5): {in_sv(now.severe)}, {against.sv}",
        en=f"Severe reports (4–5): {in_en(now.severe)}, {against.en}",
    )
    behind = reports_behind(picture, severity_at_least=SEVERE)
    return Sentence(SentenceKey.SEVERE, joined(told, _severe_about(picture)), behind)


def _severe_about(picture: Picture) -> Words | None:
    most = max(each.now.severe for each in picture.themes)
    themes = [each for each in picture.themes if each.now.severe == most]
    if most < 2 or len(themes) > 1 or themes[0].theme is Theme.OTHER:
        return None
    name = in_a_sentence(THEME_WORDS[themes[0].theme])
    return Words(sv=f"flest om {name.sv} ({in_sv(most)})", en=f"most about {name.en} ({in_en(most)})")


def time_sentence(picture: Picture) -> Sentence | None:
    """When most of it happened; with few reports there is no pattern to speak of."""
    hours = picture.weekday_hours.now
    told = sum(map(sum, hours))
    if told < PERCENT_FROM:
        return None
    part, there = max(((part, _in_part(hours, part)) for part in PARTS_OF_DAY), key=lambda each: each[1])
    days = [sum(day) for day in hours]
    busiest = max(days)
    if there < WORTH_TELLING * told or days.count(busiest) > 1:
        return None
    day = weekday_name(days.index(busiest))
    of_known = picture.weekday_hours.without_hour > 0
    known_sv, known_en = ("med känd tid ", "with a known time ") if of_known else ("", "")
    words = Words(
        sv=f"{in_sv(there)} av {in_sv(told)} {known_sv}hände kl. {part.clock};"
        f" {day.sv} var tätaste dagen ({in_sv(busiest)}).",
        en=f"{in_en(there)} of {in_en(told)} {known_en}happened at {part.clock};"
        f" {day.en} was busiest ({in_en(busiest)}).",
    )
    return Sentence(SentenceKey.TIME, words, reports_behind(picture))


def _in_part(hours: tuple[tuple[int, ...], ...], part: PartOfDay) -> int:
    return sum(sum(day[part.from_hour : part.to_hour]) for day in hours)


def place_sentence(picture: Picture) -> Sentence | None:
    """The named place with most reports, when it is one and there are some."""
    most = max((each.now.reports for each in picture.places), default=0)
    hottest = [each for each in picture.places if each.now.reports == most]
    if most < WORTH_NAMING or len(hottest) > 1:
        return None
    place = hottest[0]
    areas = (place.area,) if place.area else ()
    behind = reports_behind(picture, areas=areas, place=place.place)
    return Sentence(SentenceKey.PLACE, _place_words(picture, place), behind)


def _place_words(picture: Picture, place: PlaceCount) -> Words:
    told = Words(
        sv=f"Flest på en och samma plats: {place.name} {in_sv(place.now.reports)}",
        en=f"Most at one and the same place: {place.name} {in_en(place.now.reports)}",
    )
    if place.previous is None:
        return joined(told)
    period = picture.picture_period
    return joined(told, change(place.now, place.previous, than=period.previous, seen_from=period), by=", ")


def others_low_sentence(picture: Picture) -> Sentence | None:
    """Fortsatt låga nivåer i övriga kategorier: only where all the others are low."""
    themes = problem_themes(picture)
    if not themes:
        return None
    others = [
        each
        for each in picture.themes
        if each.theme not in NOT_PROBLEMS and each.theme is not themes[0].theme
    ]
    days = picture.picture_period.day_count
    if not all(is_low(each.now, days=days) for each in others):
        return None
    still = all(each.previous is not None and is_low(each.previous, days=days) for each in others)
    words = (
        Words(
            sv="Fortsatt låga nivåer i övriga kategorier.",
            en="Levels are still low in the other categories.",
        )
        if still
        else Words(sv="Låga nivåer i övriga kategorier.", en="Levels are low in the other categories.")
    )
    return Sentence(SentenceKey.OTHERS_LOW, words, reports_behind(picture))


def is_low(count: Count, *, days: int) -> bool:
    """At most two reports a week, and none of them severe."""
    return 7 * count.reports <= LOW_A_WEEK * days and count.severe == 0
