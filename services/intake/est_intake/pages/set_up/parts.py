"""The parts of a collaboration's document, and the form for one thing of each."""

from dataclasses import dataclass
from typing import Final

from est_contracts.vocabulary import Words
from est_intake.domain.set_up_words import FIELD_WORDS, PART_WORDS
from est_intake.pages.set_up import fields as choose
from est_intake.pages.set_up.fields import FieldKind, FormField

KIND = FieldKind
BY_ITSELF = Words(
    sv="Lämna tomt, så görs en kod av namnet.", en="Leave it empty for a code made of the name."
)


def _code(name: str) -> FormField:
    """The code of a new thing, as others name it; it is never changed."""
    return FormField(
        name,
        KIND.CODE,
        label=Words(sv="Kod", en="Code"),
        help=BY_ITSELF,
        optional=True,
        only_when_new=True,
    )


@dataclass(frozen=True)
class Part:
    """A part of the document: what it is, what one thing of it is called, and the fields of that."""

    name: str
    one: Words
    lead: Words
    fields: tuple[FormField, ...]

    @property
    def words(self) -> Words:
        return PART_WORDS[self.name]

    @property
    def adding(self) -> Words:
        return Words(sv=f"Lägg till {self.one.sv}", en=f"Add {self.one.en}")


BASICS: Final = Part(
    "basics",
    one=Words(sv="grunden", en="the basics"),
    lead=Words(
        sv="Modell, rapportperiod, stopptid, möte och vilka checklistor som är i bruk.",
        en="Model, reporting period, deadline, meeting, and which checklists are in use.",
    ),
    fields=(
        FormField("name"),
        FormField("organisation_model", KIND.CHOICE, options=choose.models),
        FormField("checklists", KIND.SEVERAL, options=choose.checklists),
        FormField("period_days", KIND.CHOICE, options=choose.lengths),
        FormField(
            "periods_begin_on",
            KIND.DAY,
            help=Words(
                sv="Alla perioder räknas från den dagen, bakåt och framåt.",
                en="All periods are counted from that day, back and forth.",
            ),
        ),
        FormField(
            "deadline.weekday",
            KIND.CHOICE,
            label=Words(sv="Stopptid, veckodag", en="Deadline, weekday"),
            help=Words(sv="Den första efter periodens slut.", en="The first after the end of the period."),
            options=choose.weekdays,
        ),
        FormField("deadline.time", KIND.TIME, label=Words(sv="Stopptid, klockslag", en="Deadline, time")),
        FormField(
            "deadline.reminder_hours",
            KIND.NUMBER,
            label=FIELD_WORDS["reminder_hours"],
            help=Words(sv="0 om ingen ska påminnas.", en="0 if nobody is to be reminded."),
        ),
        FormField(
            "meeting.weekday",
            KIND.CHOICE,
            label=Words(sv="Möte, veckodag", en="Meeting, weekday"),
            options=choose.weekdays,
            optional=True,
        ),
        FormField(
            "meeting.time", KIND.TIME, label=Words(sv="Möte, klockslag", en="Meeting, time"), optional=True
        ),
        FormField(
            "meeting.form",
            KIND.CHOICE,
            label=Words(sv="Möte, form", en="Meeting, form"),
            options=choose.meeting_forms,
            optional=True,
        ),
        FormField("term", KIND.CHOICE, options=choose.terms),
        FormField("compilers", KIND.IN_ORDER, options=choose.functions, optional=True),
        FormField(
            "risk_scale.lowest",
            KIND.NUMBER,
            label=Words(sv="Riskvärde, lägsta", en="Risk value, lowest"),
            help=Words(
                sv="Lämna tomt om ni inte ger perioden ett riskvärde.",
                en="Leave it empty if you give the period no risk value.",
            ),
            optional=True,
        ),
        FormField(
            "risk_scale.highest",
            KIND.NUMBER,
            label=Words(sv="Riskvärde, högsta", en="Risk value, highest"),
            optional=True,
        ),
        FormField(
            "signed_by",
            KIND.SEVERAL,
            help=Words(
                sv="En lägesbild publiceras först när de har skrivit under. "
                "Välj ingen, så skriver alla parter som har en samordnare under.",
                en="A picture is published only when they have signed. "
                "Choose none, and all parties with a coordinator sign.",
            ),
            options=choose.parties,
            optional=True,
        ),
        FormField(
            "public_pictures",
            KIND.YES_NO,
            help=Words(
                sv="Rapportperiodens bild av hela kommunen får en öppen sida utan små tal och platser.",
                en="A reporting period's picture of the whole municipality gets an open page, "
                "without small numbers and places.",
            ),
        ),
        FormField("alert_minutes", KIND.NUMBER),
        FormField("open_to_the_public", KIND.YES_NO),
    ),
)

ORGANISATIONS: Final = Part(
    "organisations",
    one=Words(sv="organisation", en="organisation"),
    lead=Words(
        sv="De som rapporterar och samordnar, var och en på en parts sida.",
        en="Those who report and coordinate, each on the side of a party.",
    ),
    fields=(
        FormField("name"),
        FormField("party", KIND.CHOICE, options=choose.parties),
        FormField("kind", KIND.CHOICE, options=choose.kinds_of_organisation),
        _code("organisation_id"),
    ),
)

AREAS: Final = Part(
    "areas",
    one=Words(sv="område", en="area"),
    lead=Words(
        sv="Kommunen, dess stadsdelar och deras delområden. Gränser läses in från en fil.",
        en="The municipality, its districts and their sub-areas. Borders are read from a file.",
    ),
    fields=(
        FormField("name"),
        FormField("kind", KIND.CHOICE, options=choose.kinds_of_area),
        FormField("within", KIND.CHOICE, options=choose.districts, optional=True),
        FormField("priority", KIND.YES_NO),
        _code("area_id"),
    ),
)

PRIORITY_AREAS: Final = Part(
    "priority_areas",
    one=Words(sv="kvartal", en="quarter"),
    lead=Words(
        sv="Vilka områden som följs närmare, kvartal för kvartal.",
        en="Which areas are watched more closely, quarter by quarter.",
    ),
    fields=(
        FormField("quarter", help=Words(sv="Som 2026-Q4.", en="As 2026-Q4."), only_when_new=True),
        FormField("area_ids", KIND.SEVERAL, options=choose.areas),
    ),
)

PLACES: Final = Part(
    "places",
    one=Words(sv="plats", en="place"),
    lead=Words(
        sv="Platser som folk kallar vid namn: ett torg, en skola, en park. Aldrig någons hem.",
        en="Places that people know by name: a square, a school, a park. Never anybody's home.",
    ),
    fields=(
        FormField("name"),
        FormField("area_id", KIND.CHOICE, options=choose.areas),
        FormField(
            "point.latitude",
            label=Words(sv="Latitud", en="Latitude"),
            help=Words(sv="WGS 84, som 57.7210.", en="WGS 84, as 57.7210."),
            optional=True,
        ),
        FormField("point.longitude", label=Words(sv="Longitud", en="Longitude"), optional=True),
        _code("place_id"),
    ),
)

FUNCTIONS: Final = Part(
    "functions",
    one=Words(sv="funktion", en="function"),
    lead=Words(
        sv="Platserna i samverkan: funktioner som någon fyller, aldrig personer.",
        en="The seats of the collaboration: functions that somebody fills, never persons.",
    ),
    fields=(
        FormField("title"),
        FormField("organisation_id", KIND.CHOICE, options=choose.organisations),
        FormField("roles", KIND.SEVERAL, options=choose.roles),
        FormField(
            "area_ids",
            KIND.SEVERAL,
            help=Words(
                sv="I modell B sammanställer en samordnare med områden bara lägesbilder av dem.",
                en="In model B a coordinator with areas compiles pictures of those areas only.",
            ),
            options=choose.areas,
            optional=True,
        ),
        FormField("substitute", KIND.CHOICE, options=choose.functions, optional=True),
        FormField(
            "email",
            KIND.EMAIL,
            help=Words(
                sv="Funktionens brevlåda, inte en persons.", en="The function's mailbox, not a person's."
            ),
            optional=True,
        ),
        FormField(
            "telephone",
            KIND.TELEPHONE,
            help=Words(
                sv="Till jouren eller växeln, aldrig en persons egen. Den står i TIB-utgåvan.",
                en="Of those on duty or a switchboard, never a person's own. It stands in the TIB edition.",
            ),
            optional=True,
        ),
        _code("function_id"),
    ),
)

DUTY_PERIODS: Final = Part(
    "duty_periods",
    one=Words(sv="tjänstgöringsperiod", en="period of duty"),
    lead=Words(
        sv="Dagar då en annan funktion sköter en plats, till exempel under semestern.",
        en="Days in which another function fills a seat, as during a holiday.",
    ),
    fields=(
        FormField("function_id", KIND.CHOICE, options=choose.functions),
        FormField("filled_by", KIND.CHOICE, options=choose.functions),
        FormField("first_day", KIND.DAY),
        FormField("last_day", KIND.DAY),
    ),
)

LOCAL_GROUPS: Final = Part(
    "local_groups",
    one=Words(sv="lokal grupp", en="local group"),
    lead=Words(
        sv="I modell B har varje område en egen EST-grupp.",
        en="In model B each area has an EST group of its own.",
    ),
    fields=(
        FormField("name"),
        FormField("area_ids", KIND.SEVERAL, options=choose.areas),
        FormField("members", KIND.SEVERAL, options=choose.functions, optional=True),
        _code("group_id"),
    ),
)

DISTRIBUTION_LISTS: Final = Part(
    "distribution_lists",
    one=Words(sv="sändlista", en="distribution list"),
    lead=Words(sv="Vem som får vilken utgåva av lägesbilden.", en="Who gets which edition of the picture."),
    fields=(
        FormField("edition", KIND.CHOICE, options=choose.editions, only_when_new=True),
        FormField("recipients", KIND.SEVERAL, options=choose.functions, optional=True),
    ),
)

TEMPLATES: Final = Part(
    "templates",
    one=Words(sv="mall", en="template"),
    lead=Words(
        sv="Vilka rubriker lägesbilder av varje slag har. De slag som saknas här har en vanlig mall.",
        en="Which headings pictures of each kind have. Kinds that are missing here have a usual template.",
    ),
    fields=(
        FormField(
            "kind",
            KIND.CHOICE,
            label=Words(sv="Lägesbild för", en="Picture of a"),
            options=choose.kinds_of_period,
            only_when_new=True,
        ),
        FormField("template", KIND.CHOICE, options=choose.templates),
    ),
)

OWN_CHECKLISTS: Final = Part(
    "own_checklists",
    one=Words(sv="egen checklista", en="own checklist"),
    lead=Words(
        sv="Egna listor gäller när de är valda under Grunden. Punkterna läggs till var för sig.",
        en="Own lists count when they are chosen among the basics. Their entries are added one by one.",
    ),
    fields=(
        FormField("title", KIND.BOTH_LANGUAGES),
        _code("checklist_id"),
    ),
)

ENTRIES: Final = Part(
    "entries",
    one=Words(sv="punkt", en="entry"),
    lead=Words(
        sv="När en punkt är i bruk kan den formuleras om, men inte betyda något annat: då bryts serien.",
        en="An entry in use can be worded anew, but not mean something else: that would break its series.",
    ),
    fields=(
        FormField(
            "checklist_id",
            KIND.CHOICE,
            label=Words(sv="Checklista", en="Checklist"),
            options=choose.own_checklists,
            only_when_new=True,
        ),
        FormField("words", KIND.BOTH_LANGUAGES),
        FormField("help", KIND.BOTH_LANGUAGES, optional=True),
        FormField("theme", KIND.CHOICE, options=choose.themes),
        FormField("polarity", KIND.CHOICE, options=choose.polarities),
        FormField("scope", KIND.CHOICE, options=choose.scopes),
        FormField("tense", KIND.CHOICE, options=choose.tenses),
        FormField("scale", KIND.CHOICE, options=choose.scales, optional=True),
        FormField(
            "party",
            KIND.CHOICE,
            label=Words(sv="Rapporteras mest av", en="Mainly reported by"),
            options=choose.parties,
            optional=True,
        ),
        FormField("group", KIND.CHOICE, options=choose.groups, optional=True),
    ),
)

CALENDAR: Final = Part(
    "calendar",
    one=Words(sv="kalenderpost", en="calendar entry"),
    lead=Words(
        sv="Skollov, lokala evenemang och kända riskperioder. Helgdagarna finns redan.",
        en="School breaks, local events and known risk periods. Public holidays are there already.",
    ),
    fields=(
        FormField("name"),
        FormField("kind", KIND.CHOICE, options=choose.kinds_of_day),
        FormField("first_day", KIND.DAY),
        FormField("last_day", KIND.DAY),
        FormField("area_ids", KIND.SEVERAL, options=choose.areas, optional=True),
    ),
)

#: In the order in which one sets up a municipality.
PARTS: Final[dict[str, Part]] = {
    part.name: part
    for part in (
        ORGANISATIONS,
        AREAS,
        PRIORITY_AREAS,
        PLACES,
        FUNCTIONS,
        DUTY_PERIODS,
        LOCAL_GROUPS,
        DISTRIBUTION_LISTS,
        TEMPLATES,
        OWN_CHECKLISTS,
        ENTRIES,
        CALENDAR,
    )
}
