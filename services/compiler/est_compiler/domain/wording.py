"""What the numbers suggest one might say: a headline and up to three sentences, in Swedish and English.

Sentences come from numbers alone and wait for a person; none of them says why something happened.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.phrases import (
    PARTS_OF_DAY,
    PERCENT_FROM,
    THE_ONE_BEFORE,
    PartOfDay,
    change,
    change_with_percent,
    in_a_sentence,
    reports_in_words,
    weekday_name,
    written_period_name,
)
from est_compiler.domain.picture import Compared, Count, Picture, ThemeCount
from est_contracts.vocabulary import STOCKHOLM, THEME_WORDS, PicturePeriod, Theme, Words, place_sv

MOST_SENTENCES = 3
#: Good news and what happens elsewhere are counted, but they are never "the problem of the week".
NOT_PROBLEMS = frozenset({Theme.POSITIVE, Theme.SURROUNDINGS})
#: A share of the day is worth a sentence from two reports in five.
WORTH_TELLING = 0.4


class SentenceKey(StrEnum):
    """What a sentence is about; a person keeps or drops it by this name."""

    TOTAL = "total"
    THEME = "theme"
    SECOND_THEME = "second_theme"
    TIME = "time"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One suggested sentence."""

    key: SentenceKey
    words: Words


def headline(picture: Picture, *, until: datetime | None) -> Words:
    """The one thing to know. `until` is the moment it is, while the week is still going on."""
    period = picture.picture_period
    name = period.name
    if not picture.is_known:
        return Words(sv=f"Inga uppgifter om {name.sv}", en=f"Nothing is known of {name.en}")
    if picture.reports == 0:
        return Words(sv=f"Inget inrapporterat under {name.sv}", en=f"Nothing reported in {name.en}")
    told = reports_in_words(picture.reports)
    if until is not None:
        return Words(
            sv=f"{_capital(name.sv)} hittills: {told.sv}", en=f"{_capital(name.en)} so far: {told.en}"
        )
    if picture.total.previous is None:
        return Words(sv=f"{told.sv} under {name.sv}", en=f"{told.en} in {name.en}")
    return _standing_out(picture) or _total_headline(picture)


def suggested_sentences(picture: Picture, *, until: datetime | None) -> tuple[Sentence, ...]:
    """Up to three sentences, the most important first."""
    if picture.reports == 0:
        return ()
    return tuple(_candidates(picture, until))[:MOST_SENTENCES]


def late_words(late: tuple[LateReports, ...], *, of: PicturePeriod) -> Words | None:
    """What a picture says of reports that came after an earlier week's picture was published."""
    if not late:
        return None
    reports = reports_in_words(sum(each.reports for each in late))
    weeks = [written_period_name(each.period, seen_from=of) for each in late]
    return Words(
        sv=f"{reports.sv} kom in efter att lägesbilden för sin period hade publicerats "
        f"({', '.join(week.sv for week in weeks)}) och räknas där.",
        en=f"{reports.en} came in after the picture of their period had been published "
        f"({', '.join(week.en for week in weeks)}) and count there.",
    )


def beyond_chance(now: Count, before: Count) -> bool:
    """True when a difference is larger than what counts of this size vary by themselves (two deviations)."""
    return (now.reports - before.reports) ** 2 > 4 * (now.reports + before.reports)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


def _much_alike(now: Count, before: Count) -> bool:
    """One standard deviation: weeks that are the same differ by so much, two times out of three."""
    return (now.reports - before.reports) ** 2 <= now.reports + before.reports


def _standing_out(picture: Picture) -> Words | None:
    """A theme, if any, that is clearly more than in each of the two weeks before."""
    for theme in problems(picture):
        now, previous, earlier = theme.now, theme.previous, theme.before_previous
        if previous and earlier and _clearly_more(now, previous) and _clearly_more(now, earlier):
            name = in_a_sentence(THEME_WORDS[theme.theme])
            then = (earlier.reports, previous.reports)
            return Words(
                sv=f"Fler rapporter om {name.sv}: {now.reports} mot {then[0]} och {then[1]} perioderna före",
                en=f"More reports of {name.en}: {now.reports} after {then[0]} and {then[1]} the ones before",
            )
    return None


def _clearly_more(now: Count, before: Count) -> bool:
    return now.reports > before.reports and beyond_chance(now, before)


def _total_headline(picture: Picture) -> Words:
    now, before = picture.total.now, picture.total.previous
    assert before is not None
    one = THE_ONE_BEFORE[picture.kind]
    if _much_alike(now, before):
        told = reports_in_words(now.reports)
        return Words(sv=f"Ungefär som {one.sv}: {told.sv}", en=f"Much like {one.en}: {told.en}")
    clearly = beyond_chance(now, before)
    more = now.reports > before.reports
    sv = f"{'Tydligt' if clearly else 'Något'} {'fler' if more else 'färre'} rapporter än {one.sv}"
    en = f"{'Clearly' if clearly else 'Somewhat'} {'more' if more else 'fewer'} reports than {one.en}"
    return Words(
        sv=f"{sv}: {now.reports} mot {before.reports}", en=f"{en}: {now.reports} against {before.reports}"
    )


def _candidates(picture: Picture, until: datetime | None) -> Iterator[Sentence]:
    if until is None:
        yield Sentence(SentenceKey.TOTAL, _total_sentence(picture))
    else:
        yield Sentence(SentenceKey.TOTAL, _total_so_far(picture, until))
    themes = problems(picture)
    if themes:
        yield Sentence(SentenceKey.THEME, _theme_sentence(picture, themes[0], until))
    time = _time_sentence(picture)
    if time is not None:
        yield Sentence(SentenceKey.TIME, time)
    positive = next(each for each in picture.themes if each.theme is Theme.POSITIVE)
    if positive.now.reports:
        yield Sentence(SentenceKey.POSITIVE, _theme_sentence(picture, positive, until))
    if len(themes) > 1:
        yield Sentence(SentenceKey.SECOND_THEME, _theme_sentence(picture, themes[1], until))


def problems(picture: Picture) -> list[ThemeCount]:
    """The themes with reports: those that have grown most first, then the largest; "other" says least."""
    themes = [each for each in picture.themes if each.now.reports and each.theme not in NOT_PROBLEMS]
    return sorted(themes, key=lambda each: (-_growth(each), each.theme is Theme.OTHER, -each.now.reports))


def _growth(compared: Compared) -> int:
    """How many more than the week before, when that is more than chance; otherwise nothing to speak of."""
    if compared.previous is None or not beyond_chance(compared.now, compared.previous):
        return 0
    return max(compared.now.reports - compared.previous.reports, 0)


def _total_sentence(picture: Picture) -> Words:
    period, total = picture.picture_period, picture.total
    told = reports_in_words(total.now.reports)
    sv, en = [told.sv], [told.en]
    if total.previous is not None:
        against = change_with_percent(total.now, total.previous, than=period.previous, seen_from=period)
        sv.append(f", {against.sv}")
        en.append(f", {against.en}")
    if total.before_previous is not None:
        against = change(total.now, total.before_previous, than=period.before(2), seen_from=period)
        sv.append(f" och {against.sv}")
        en.append(f" and {against.en}")
    severe = _severe_words(total.now)
    last_year = _last_year_words(picture)
    return Words(
        sv="".join(sv) + "." + last_year.sv + severe.sv, en="".join(en) + "." + last_year.en + severe.en
    )


def _last_year_words(picture: Picture) -> "Ending":
    last_year = picture.total.last_year
    if last_year is None:
        return Ending("", "")
    return Ending(
        f" Samma period förra året: {last_year.reports}.", f" The same period last year: {last_year.reports}."
    )


def _severe_words(now: Count) -> "Ending":
    if now.severe == 0:
        return Ending("", "")
    how_many = (
        Ending("en som allvarlig", "one was")
        if now.severe == 1
        else Ending(f"{now.severe} som allvarliga", f"{now.severe} were")
    )
    return Ending(
        f" Av de {now.reports} bedömdes {how_many.sv} (4–5).",
        f" Of the {now.reports}, {how_many.en} judged severe (4–5).",
    )


@dataclass(frozen=True, slots=True)
class Ending:
    """More to say, or nothing, in both languages."""

    sv: str
    en: str


def _total_so_far(picture: Picture, until: datetime) -> Words:
    """While the week goes on, its reports are held against the same part of the week before."""
    total, period = picture.total, picture.picture_period
    told = reports_in_words(total.now.reports)
    severe = _severe_words(total.now)
    if total.previous is None:
        return Words(sv=f"{told.sv} hittills.{severe.sv}", en=f"{told.en} so far.{severe.en}")
    same_time = Count(reports=_until(picture.weekday_hours.previous, until))
    against = change(total.now, same_time, than=period.previous, seen_from=period)
    whole = total.previous.reports
    return Words(
        sv=f"{told.sv} hittills, {against.sv} vid samma tid; hela den perioden {whole}.{severe.sv}",
        en=f"{told.en} so far, {against.en} at the same time; {whole} in all of that period.{severe.en}",
    )


def _until(weekday_hours: tuple[tuple[int, ...], ...], moment: datetime) -> int:
    """How many of a week's reports happened before the same weekday and hour."""
    local = moment.astimezone(STOCKHOLM)
    whole_days = weekday_hours[: local.weekday()]
    return sum(map(sum, whole_days)) + sum(weekday_hours[local.weekday()][: local.hour + 1])


def _theme_sentence(picture: Picture, theme: ThemeCount, until: datetime | None) -> Words:
    name, now = THEME_WORDS[theme.theme], theme.now.reports
    sv, en = f"{name.sv} {now}", f"{name.en} {now}"
    if until is not None:
        sv, en = f"{sv} hittills", f"{en} so far"
    elif theme.previous is not None:
        against = change(
            theme.now, theme.previous, than=picture.picture_period.previous, seen_from=picture.picture_period
        )
        sv, en = f"{sv}, {against.sv}", f"{en}, {against.en}"
    where = _where_most(picture, theme.theme)
    if where is not None:
        name_of_area, there = where
        sv, en = f"{sv}; flest {place_sv(name_of_area)} ({there})", f"{en}; most in {name_of_area} ({there})"
    return Words(sv=f"{sv}.", en=f"{en}.")


def _where_most(picture: Picture, theme: Theme) -> tuple[str, int] | None:
    """The area with most reports of a theme: only when it is one area, and more than one report."""
    counts: defaultdict[str | None, int] = defaultdict(int)
    for cell in picture.cells:
        if cell.theme is theme:
            counts[cell.area] += cell.now.reports
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    if not ranked or ranked[0][1] < 2 or ranked[0][0] is None:
        return None
    if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
        return None
    area, reports = ranked[0]
    return next(each.name for each in picture.areas if each.area == area), reports


def _time_sentence(picture: Picture) -> Words | None:
    """When most of it happened; with few reports there is no pattern to speak of."""
    if picture.reports < PERCENT_FROM:
        return None
    hours = picture.weekday_hours.now
    part, there = max(((part, _in_part(hours, part)) for part in PARTS_OF_DAY), key=lambda each: each[1])
    days = [sum(day) for day in hours]
    busiest = max(days)
    if there < WORTH_TELLING * picture.reports or days.count(busiest) > 1:
        return None
    day = weekday_name(days.index(busiest))
    return Words(
        sv=f"{there} av {picture.reports} hände kl. {part.clock}; {day.sv} var tätaste dagen ({busiest}).",
        en=f"{there} of {picture.reports} happened at {part.clock}; {day.en} was busiest ({busiest}).",
    )


def _in_part(hours: tuple[tuple[int, ...], ...], part: PartOfDay) -> int:
    return sum(sum(day[part.from_hour : part.to_hour]) for day in hours)
