"""The small phrases that sentences about numbers are made of."""

from dataclasses import dataclass

from est_compiler.domain.picture import Count
from est_contracts.vocabulary import Week, Words

#: Below ten a percentage says more than one knows: from 1 to 2 is not "+100 %".
PERCENT_FROM = 10
MINUS = "−"

WEEKDAYS = (
    Words(sv="måndag", en="Monday"),
    Words(sv="tisdag", en="Tuesday"),
    Words(sv="onsdag", en="Wednesday"),
    Words(sv="torsdag", en="Thursday"),
    Words(sv="fredag", en="Friday"),
    Words(sv="lördag", en="Saturday"),
    Words(sv="söndag", en="Sunday"),
)


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
    return WEEKDAYS[weekday]


def reports_in_words(reports: int) -> Words:
    if reports == 1:
        return Words(sv="1 rapport", en="1 report")
    return Words(sv=f"{reports} rapporter", en=f"{reports} reports")


def week_name(week: Week, *, seen_from: Week) -> Words:
    """v. 46, or v. 47 2025 when it is another year's."""
    year = "" if week.year == seen_from.year else f" {week.year}"
    return Words(sv=f"v. {week.number}{year}", en=f"week {week.number}{year}")


def signed(difference: int) -> str:
    """+3, −2 or ±0."""
    if difference == 0:
        return "±0"
    return f"+{difference}" if difference > 0 else f"{MINUS}{-difference}"


def change(now: Count, before: Count, *, than: Week, seen_from: Week) -> Words:
    """+3 mot v. 46."""
    week = week_name(than, seen_from=seen_from)
    difference = now.reports - before.reports
    if difference == 0:
        return Words(sv=f"lika många som {week.sv}", en=f"as many as {week.en}")
    return Words(sv=f"{signed(difference)} mot {week.sv}", en=f"{signed(difference)} on {week.en}")


def change_with_percent(now: Count, before: Count, *, than: Week, seen_from: Week) -> Words:
    """+5 (+19 %) mot v. 46; without the percentage where the numbers are small."""
    percent = percent_change(now, before)
    if percent is None or now.reports == before.reports:
        return change(now, before, than=than, seen_from=seen_from)
    week = week_name(than, seen_from=seen_from)
    difference = signed(now.reports - before.reports)
    return Words(sv=f"{difference} ({percent} %) mot {week.sv}", en=f"{difference} ({percent}%) on {week.en}")


def percent_change(now: Count, before: Count) -> str | None:
    """A change in per cent, or None when either number is below ten."""
    if min(now.reports, before.reports) < PERCENT_FROM:
        return None
    # Whole numbers only, so that the same counts give the same words on every machine.
    change_in_thousandths = 1000 * (now.reports - before.reports) // before.reports
    return signed((change_in_thousandths + 5) // 10)


def in_a_sentence(words: Words) -> Words:
    """A name as it is written inside a sentence."""
    return Words(sv=words.sv[0].lower() + words.sv[1:], en=words.en[0].lower() + words.en[1:])
