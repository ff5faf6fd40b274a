"""The ordinary weeks of Valboås: which entries are reported, when in the week, and in what words."""

from typing import NamedTuple

EVENING = (0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 4, 5, 6, 7, 8, 9, 8, 5, 3)
NIGHT = (6, 5, 4, 2, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 6, 8, 9, 8)
DAY = (0, 0, 0, 0, 0, 0, 1, 3, 6, 7, 7, 6, 6, 7, 7, 6, 5, 3, 2, 1, 1, 0, 0, 0)

EVERY_DAY = (1.0, 1.0, 1.0, 1.1, 1.4, 1.4, 1.0)
WEEKEND = (0.6, 0.6, 0.8, 1.0, 2.2, 2.6, 1.0)
WORKDAYS = (1.2, 1.2, 1.2, 1.2, 1.1, 0.3, 0.2)


class When(NamedTuple):
    """When in the week something happens: weights for the hours of a day and for the days from Monday."""

    hours: tuple[int, ...]
    weekdays: tuple[float, ...]


class Kind(NamedTuple):
    """One kind of thing that is reported again and again."""

    checklist_entry: str
    weekly: float
    when: When
    severities: tuple[int, ...]
    texts: tuple[str, ...]
    in_school_breaks: float = 1.0
    in_the_dark: float = 1.0


KINDS: tuple[Kind, ...] = (
    Kind(
        "orebro.1", 7.5, When(NIGHT, EVERY_DAY), (1, 2, 2, 3, 3, 4),
        (
            "Klotter på {place}. Anmält för sanering.",
            "Krossad ruta vid {place}.",
            "Nedskräpning och sönderslagna flaskor vid {place}.",
            "Papperskorgar och bänkar vid {place} har förstörts.",
            "Sparkade dörrar och ett trasigt lås vid {place}.",
        ),
        in_school_breaks=1.15,
    ),
    Kind(
        "orebro.2", 1.6, When(NIGHT, WEEKEND), (2, 2, 3, 3, 4),
        (
            "Brand i papperskorg vid {place}. Släckt av väktare.",
            "Någon har eldat skräp vid {place}.",
            "Brandrester efter en container vid {place}.",
        ),
        in_school_breaks=1.3,
    ),
    Kind(
        "orebro.3", 1.8, When(DAY, WORKDAYS), (2, 2, 3, 3, 4),
        (
            "Personal hindrades i arbetet och fick skällsord vid {place}.",
            "Hotfullt uppträdande mot personal vid {place}. Anmält.",
            "En grupp vägrade lämna lokalen vid {place}. Väktare tillkallades.",
        ),
        in_school_breaks=0.6,
    ),
    Kind(
        "orebro.4", 0.8, When(EVENING, WEEKEND), (1, 1, 2),
        (
            "Spontan fest vid {place}, många ungdomar men lugnt.",
            "Arrangemang vid {place} med gott om vuxna på plats. Upplevs som tryggt.",
        ),
        in_school_breaks=1.4,
    ),
    Kind(
        "orebro.5", 5.2, When(EVENING, WEEKEND), (1, 2, 2, 3),
        (
            "Ett gäng ungdomar samlas vid {place}, hög musik och skrik.",
            "Omkring femton ungdomar vid {place}. Boende upplever det som otryggt.",
            "Ungdomar uppehåller sig vid {place} sent på kvällen.",
            "Samling vid {place}. Fältgruppen pratade med ungdomarna.",
        ),
        in_school_breaks=1.25,
        in_the_dark=0.85,
    ),
    Kind(
        "orebro.6", 8.5, When(EVENING, WEEKEND), (1, 2, 2, 3, 3, 4, 5),
        (
            "Bråk mellan två grupper vid {place}.",
            "Misstänkt försäljning av narkotika vid {place}.",
            "Moped kör fort på gångvägen vid {place}.",
            "Inbrottsförsök i ett förråd vid {place}.",
            "Berusade personer stör vid {place}.",
            "Lukt av cannabis i trapphuset nära {place}.",
            "Cykelstölder vid {place}.",
        ),
    ),
    Kind(
        "orebro.7", 4.0, When(DAY, WORKDAYS), (1, 1, 2, 2, 3),
        (
            "Belysningen är trasig vid {place}.",
            "Buskaget vid {place} skymmer sikten.",
            "Det känns otryggt att gå förbi {place} efter mörkrets inbrott.",
            "Lampor har släckts vid {place}, mörkt i flera dagar.",
        ),
        in_school_breaks=0.8,
        in_the_dark=1.6,
    ),
    Kind(
        "orebro.8", 2.2, When(DAY, WORKDAYS), (1, 1, 2, 3),
        (
            "Rykten i sociala medier om bråk vid {place} till helgen.",
            "Flera föräldrar är oroliga för stämningen vid {place}.",
            "Butiken vid {place} berättar om ökad oro bland kunderna.",
        ),
    ),
)  # fmt: skip
