"""Days as people say them: 24 november, 24 nov."""

from datetime import date

from est_contracts.vocabulary.wording import Words

#: Monday first.
WEEKDAY_NAMES = (
    Words(sv="måndag", en="Monday"),
    Words(sv="tisdag", en="Tuesday"),
    Words(sv="onsdag", en="Wednesday"),
    Words(sv="torsdag", en="Thursday"),
    Words(sv="fredag", en="Friday"),
    Words(sv="lördag", en="Saturday"),
    Words(sv="söndag", en="Sunday"),
)
MONTH_NAMES = (
    Words(sv="januari", en="January"),
    Words(sv="februari", en="February"),
    Words(sv="mars", en="March"),
    Words(sv="april", en="April"),
    Words(sv="maj", en="May"),
    Words(sv="juni", en="June"),
    Words(sv="juli", en="July"),
    Words(sv="augusti", en="August"),
    Words(sv="september", en="September"),
    Words(sv="oktober", en="October"),
    Words(sv="november", en="November"),
    Words(sv="december", en="December"),
)
SHORT_MONTH_NAMES = (
    Words(sv="jan", en="Jan"),
    Words(sv="feb", en="Feb"),
    Words(sv="mars", en="Mar"),
    Words(sv="april", en="Apr"),
    Words(sv="maj", en="May"),
    Words(sv="juni", en="June"),
    Words(sv="juli", en="July"),
    Words(sv="aug", en="Aug"),
    Words(sv="sep", en="Sep"),
    Words(sv="okt", en="Oct"),
    Words(sv="nov", en="Nov"),
    Words(sv="dec", en="Dec"),
)


def day_in_words(day: date) -> Words:
    """24 november"""
    return _with(day.day, MONTH_NAMES[day.month - 1])


def short_day_in_words(day: date) -> Words:
    """24 nov"""
    return _with(day.day, SHORT_MONTH_NAMES[day.month - 1])


def _with(number: int, month: Words) -> Words:
    return Words(sv=f"{number} {month.sv}", en=f"{number} {month.en}")
