"""What the coordinators of Valboås have made of their weeks: two published, one quarter, and a draft."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from est_contracts.vocabulary import CollaborationDocument, Level, Party, PeriodKind, PicturePeriod
from est_single_machine.compiler_door import Seat
from est_single_machine.demo.stories import CENTRE, LINDANGEN, NORRANGEN, SCHOOL, SQUARE, STATION

#: Who sits at the table, and the party they sign for.
AT_THE_TABLE = (
    ("samordnaren", Party.MUNICIPALITY),
    ("kommunpolisen", Party.POLICE),
    ("bosocial_utvecklare", Party.HOUSING),
)

#: A headline and so many sentences are what a hurried reader reads.
SENTENCES = 3

PROBLEM: dict[str, Any] = {
    "section": "problembilder",
    "what": "Ungdomar samlas sent och skräpar ned; enstaka tillbud med smällare.",
    "where": "Torget och gångstråket mot stationen",
    "how": "Grupper som kommer och går, oftast efter att fritidsgården har stängt",
    "when": "Torsdag till lördag, klockan 20 till 24",
    "causes": "Få vuxna på plats när fritidsgården har stängt; svag belysning längs stråket.",
    "measures": "Fältgruppen och väktarna går gemensamma rundor; fritidsgården har öppet en timme längre.",
    "purpose": "Fler vuxna på plats när det brukar bli stökigt",
    "responsible": "faltgruppen",
    "continues": True,
}
WEEKLY = {
    "lagesbeskrivning": (
        "Det mesta känns igen från tidigare veckor. Samlingarna vid torget är det som rapportörerna "
        "återkommer till, medan det har varit lugnt kring skolorna."
    ),
    "aterkommande": (
        "Samlingarna vid torget påminner om problembilden från i våras. Då hjälpte det att vuxna "
        "fanns på plats samma kvällar."
    ),
    "operativa_mal": (
        "Gemensamma rundor torsdag till lördag hela kommande vecka. Lamporna längs gångstråket är "
        "lagade före fredag."
    ),
}
QUARTERLY = {
    "uppfoljning": (
        "De gemensamma rundorna vid torget fortsätter. Belysningen längs gångstråket är lagad, och det "
        "märks i rapporterna därifrån."
    ),
    "beslut_prioriterade": "Centrum och Lindängen prioriteras även nästa kvartal.",
    "laget_per_omrade": (
        "Centrum har flest rapporter, mest kvällstid. I Lindängen är det tunneln och centrumhuset som "
        "återkommer. Norrängen är lugnare sedan mopederna försvann i våras."
    ),
    "fordjupad_est": "Samlingen som flyttade från torget till stationen föreslås för en orsaksanalys.",
    "prioriteringar": (
        "Trygga kvällar vid torget. Färre skadegörelser i Norrängen, uppföljt mot samma kvartal förra året."
    ),
}
#: How the three parties assess the areas, 1 to 5; the others are calm.
ASSESSED = {CENTRE: 3, LINDANGEN: 3, NORRANGEN: 2, SCHOOL: 3, SQUARE: 3, STATION: 2}
CALM = 1
#: On the template's own scale, 1 to 4.
PRIORITIES = {CENTRE: 3, LINDANGEN: 2}
PARTS = {
    Party.MUNICIPALITY: "Fältgruppen har varit ute fyra kvällar och haft kontakt med de flesta grupperna.",
    Party.POLICE: "Inga större händelser. Områdespolisen fortsätter att finnas vid stationen på kvällarna.",
    Party.HOUSING: "Bovärdarna har anmält belysning som är ur funktion vid två portar.",
}


def hold_meetings(
    address: str, *, document: CollaborationDocument, today: datetime, events: int
) -> tuple[str, ...]:
    """Compile, sign and publish the latest pictures; what is published already stays. Returns the periods."""
    table = [
        Seat.taken(address, function=function, party=party, municipality=document.municipality)
        for function, party in AT_THE_TABLE
    ]
    calendar = document.picture_calendar
    week = calendar.period_of(PeriodKind.WEEK, today)
    quarter = calendar.period_of(PeriodKind.QUARTER, today).previous
    table[0].wait_until_heard(str(week), events=events)
    holding = {area.within for area in document.areas}
    in_the_quarter = partial(_quarter, areas=[each.area_id for each in document.areas
                                              if each.area_id not in holding])  # fmt: skip
    published = [
        str(period)
        for period, hold in ((week.before(2), _week), (quarter, in_the_quarter), (week.previous, _week))
        if not table[0].is_published(str(period)) and hold(table, period)
    ]
    _begin(table, week)
    return tuple(published)


def _week(table: Sequence[Seat], period: PicturePeriod) -> bool:
    chair, written = table[0], str(period)
    chair.open(written)
    chair.adopt_sentences(written, SENTENCES)
    for section, words in WEEKLY.items():
        chair.write(written, section, words)
    chair.add_row(written, _row_id(written), PROBLEM)
    chair.set_level(written, Level.YELLOW, "Oron vid torget gör att vi håller ögonen på kvällarna.")
    _contribute_and_sign(table, written)
    return True


def _quarter(table: Sequence[Seat], period: PicturePeriod, *, areas: Sequence[str]) -> bool:
    chair, written = table[0], str(period)
    chair.open(written)
    chair.adopt_sentences(written, SENTENCES)
    for section, words in QUARTERLY.items():
        chair.write(written, section, words)
    chair.add_row(written, _row_id(written), PROBLEM)
    for area in areas:
        for seat in table:
            seat.assess(written, area, ASSESSED.get(area, CALM))
    for area, value in PRIORITIES.items():
        chair.value_priority(written, area, value)
    chair.set_level(written, Level.YELLOW, "Stabilt, men kvällarna vid torget är oroligare än i våras.")
    _contribute_and_sign(table, written)
    return True


def _begin(table: Sequence[Seat], period: PicturePeriod) -> None:
    """This week's picture is being compiled: one party has contributed, another has begun."""
    chair, police = table[0], table[1]
    written = str(period)
    chair.open(written)
    if chair.has_begun(written):
        return
    police.write(written, "lagesbeskrivning", PARTS[Party.POLICE], as_party=True)
    police.contribute(written)
    chair.write(written, "operativa_mal", "Gemensamma rundor fortsätter torsdag till lördag.")


def _contribute_and_sign(table: Sequence[Seat], written: str) -> None:
    for seat in table:
        seat.contribute(written)
    for seat in table:
        seat.sign(written)
    table[0].publish(written)


def _row_id(written: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"est:demo:problem:{written}"))
