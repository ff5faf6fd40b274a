"""The small phrases that sentences about numbers are made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from est_compiler.domain.chance import enough_for_percent
from est_compiler.domain.picture import Count
from est_contracts.vocabulary import (
    STOCKHOLM,
    WEEKDAY_NAMES,
    PeriodKind,
    PictureCalendar,
    PicturePeriod,
    Words,
    change_in_words,
    day_in_words,
    number_in_words,
    short_day_in_words,
)

#: What stands where a reader would expect a percentage, and the numbers are too small for one.
TOO_FEW = Words(sv="för få för att säga", en="too few to tell")
#: Longer lists end with how many more there are.
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """Six hours that people call by one name."""

    from_hour: int
    to_hour: int

    @property
    def clock(self) -> str:
        return f"{self.from_hour:02d}–{self.to_hour:02d}"


PARTS_OF_DAY = (PartOfDay(0, 6), PartOfDay(6, 12), PartOfDay(12, 18), PartOfDay(18, 24))


def weekday_name(weekday: int) -> Words:
    """The name of a weekday, Monday being 0."""
    return WEEKDAY_NAMES[weekday]


def reports_in_words(reports: int) -> Words:
    if reports == 1:
        return Words(sv="1 rapport", en="1 report")
    return Words(sv=f"{in_sv(reports)} rapporter", en=f"{in_en(reports)} reports")


def in_sv(number: int) -> str:
    """1 634, as a number stands in a Swedish sentence."""
    return number_in_words(number).sv


def in_en(number: int) -> str:
    """1,634, as it stands in an English one."""
    return number_in_words(number).en


#: What the period before one is called.
THE_ONE_BEFORE: dict[PeriodKind, Words] = {
    PeriodKind.WEEK: Words(sv="veckan före", en="the week before"),
    PeriodKind.FORTNIGHT: Words(sv="tvåveckorsperioden före", en="the fortnight before"),
    PeriodKind.MONTH: Words(sv="månaden före", en="the month before"),
    PeriodKind.QUARTER: Words(sv="kvartalet före", en="the quarter before"),
    PeriodKind.TERTIAL: Words(sv="tertialet före", en="the four months before"),
    PeriodKind.HALF_YEAR: Words(sv="halvåret före", en="the half-year before"),
    PeriodKind.YEAR: Words(sv="året före", en="the year before"),
}
#: What the two periods before one are called.
THE_ONES_BEFORE: dict[PeriodKind, Words] = {
    PeriodKind.WEEK: Words(sv="veckorna före", en="the weeks before"),
    PeriodKind.FORTNIGHT: Words(sv="tvåveckorsperioderna före", en="the fortnights before"),
    PeriodKind.MONTH: Words(sv="månaderna före", en="the months before"),
    PeriodKind.QUARTER: Words(sv="kvartalen före", en="the quarters before"),
    PeriodKind.TERTIAL: Words(sv="tertialen före", en="the four-month periods before"),
    PeriodKind.HALF_YEAR: Words(sv="halvåren före", en="the half-years before"),
    PeriodKind.YEAR: Words(sv="åren före", en="the years before"),
}
_WEEKS = (PeriodKind.WEEK, PeriodKind.FORTNIGHT)
_WEEKS_WRITTEN = re.compile(r"([0-9]{4})-W0?([0-9]{1,2})(?:-W0?([0-9]{1,2}))?")


def period_name(period: PicturePeriod, *, seen_from: PicturePeriod) -> Words:
    """v. 46, or v. 47 2025 when it is another year's; longer periods always name their year."""
    name = period.short_name
    if period.kind not in _WEEKS or period.year == seen_from.year:
        return name
    return Words(sv=f"{name.sv} {period.year}", en=f"{name.en} {period.year}")


def written_period_name(written: str, *, seen_from: PicturePeriod) -> Words:
    """The same of a period as it is written, whatever weekday its weeks begin on."""
    weeks = _WEEKS_WRITTEN.fullmatch(written)
    if weeks is None:
        return period_name(PictureCalendar().parse(written), seen_from=seen_from)
    numbers = f"{weeks[2]}–{weeks[3]}" if weeks[3] else weeks[2]
    year = "" if int(weeks[1]) == seen_from.year else f" {weeks[1]}"
    return Words(sv=f"v. {numbers}{year}", en=f"week {numbers}{year}")


def change(now: Count, before: Count, *, than: PicturePeriod, seen_from: PicturePeriod) -> Words:
    """+3 mot v. 46."""
    other = period_name(than, seen_from=seen_from)
    difference = now.reports - before.reports
    if difference == 0:
        return Words(sv=f"lika många som {other.sv}", en=f"as many as {other.en}")
    told = change_in_words(difference)
    return Words(sv=f"{told.sv} mot {other.sv}", en=f"{told.en} on {other.en}")


def change_with_percent(now: Count, before: Count, *, than: PicturePeriod, seen_from: PicturePeriod) -> Words:
    """+5 (+19 %) mot v. 46; where the numbers are small it says that they are too few."""
    if now.reports == before.reports:
        return change(now, before, than=than, seen_from=seen_from)
    percent = percent_change(now, before)
    other = period_name(than, seen_from=seen_from)
    difference = change_in_words(now.reports - before.reports)
    if percent is None:
        return Words(
            sv=f"{difference.sv} ({TOO_FEW.sv} i procent) mot {other.sv}",
            en=f"{difference.en} ({TOO_FEW.en} in per cent) on {other.en}",
        )
    return Words(
        sv=f"{difference.sv} ({percent.sv} %) mot {other.sv}",
        en=f"{difference.en} ({percent.en}%) on {other.en}",
    )


def percent_change(now: Count, before: Count) -> Words | None:
    """A change in per cent, or None when either number is below ten."""
    percent = percent_of_change(now, before)
    return None if percent is None else change_in_words(percent)


def percent_of_change(now: Count, before: Count) -> int | None:
    """The same as a number."""
    if not enough_for_percent(now, before):
        return None
    # Whole numbers only, so that the same counts give the same words on every machine.
    change_in_thousandths = 1000 * (now.reports - before.reports) // before.reports
    return (change_in_thousandths + 5) // 10


def percent_in_words(now: Count, before: Count) -> Words:
    """+19 %, or that the numbers are too few to tell."""
    percent = percent_change(now, before)
    return TOO_FEW if percent is None else Words(sv=f"{percent.sv} %", en=f"{percent.en}%")


def day_said(day: date, *, seen_from: date) -> Words:
    """24 november, or 24 november 2025 when that is another year."""
    words = day_in_words(day)
    if day.year == seen_from.year:
        return words
    return Words(sv=f"{words.sv} {day.year}", en=f"{words.en} {day.year}")


def days_said(first_day: date, last_day: date, *, seen_from: date) -> Words:
    """24 november, 26–30 oktober, or 28 december–6 januari 2027."""
    last = day_said(last_day, seen_from=seen_from)
    if first_day == last_day:
        return last
    if (first_day.year, first_day.month) == (last_day.year, last_day.month):
        return Words(sv=f"{first_day.day}–{last.sv}", en=f"{first_day.day}–{last.en}")
    # The year that ends the span is that of its beginning too, unless it says otherwise.
    first = (
        day_in_words(first_day)
        if first_day.year == last_day.year
        else day_said(first_day, seen_from=seen_from)
    )
    return Words(sv=f"{first.sv}–{last.sv}", en=f"{first.en}–{last.en}")


def days_in_words(first_day: date, last_day: date) -> Words:
    """24 dec, 26–30 okt, or 28 dec–6 jan."""
    first, last = short_day_in_words(first_day), short_day_in_words(last_day)
    if first_day == last_day:
        return first
    if (first_day.year, first_day.month) == (last_day.year, last_day.month):
        return Words(sv=f"{first_day.day}–{last.sv}", en=f"{first_day.day}–{last.en}")
    return Words(sv=f"{first.sv}–{last.sv}", en=f"{first.en}–{last.en}")


def moment_said(moment: datetime) -> Words:
    """26 nov 2026 kl. 10.00."""
    local = moment.astimezone(STOCKHOLM)
    day = short_day_in_words(local.date())
    return Words(sv=f"{day.sv} {local.year} kl. {local:%H.%M}", en=f"{day.en} {local.year}, {local:%H:%M}")


def listed(names: Sequence[Words]) -> Words:
    """A, B och C; of a longer list how many more there are."""
    shown = list(names)
    if len(shown) > MOST_NAMED + 1:
        left = len(shown) - MOST_NAMED
        shown[MOST_NAMED:] = [Words(sv=f"{left} till", en=f"{left} more")]
    return all_listed(shown)


def all_listed(names: Sequence[Words]) -> Words:
    """A, B och C, however many they are."""
    if len(names) == 1:
        return names[0]
    *first, last = names
    return Words(
        sv=f"{', '.join(each.sv for each in first)} och {last.sv}",
        en=f"{', '.join(each.en for each in first)} and {last.en}",
    )


def counted_words(number: int, one: Words, many: Words) -> Words:
    """1 insats, 3 insatser."""
    words = one if number == 1 else many
    return Words(sv=f"{in_sv(number)} {words.sv}", en=f"{in_en(number)} {words.en}")


def capital(words: Words) -> Words:
    """As it is written where a sentence begins."""
    return Words(sv=words.sv[0].upper() + words.sv[1:], en=words.en[0].upper() + words.en[1:])


def in_a_sentence(words: Words) -> Words:
    """A name as it is written inside a sentence."""
    return Words(sv=words.sv[0].lower() + words.sv[1:], en=words.en[0].lower() + words.en[1:])
