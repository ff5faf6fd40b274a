"""What the parts and fields of a collaboration's document are called by people."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from est_contracts.vocabulary import (
    AREA_KIND_WORDS,
    CALENDAR_KIND_WORDS,
    EDITION_WORDS,
    MEETING_FORM_WORDS,
    ORGANISATION_KIND_WORDS,
    PARTY_WORDS,
    PERIOD_KIND_WORDS,
    POLARITY_WORDS,
    ROLE_WORDS,
    SCOPE_WORDS,
    TEMPLATES,
    TENSE_WORDS,
    TERM_WORDS,
    THEME_WORDS,
    WEEKDAY_NAMES,
    Words,
)


class Spoken(NamedTuple):
    """A value as one line of text in each language; as long as it needs to be."""

    sv: str
    en: str


PART_WORDS: dict[str, Words] = {
    "basics": Words(sv="Grunden", en="Basics"),
    "organisations": Words(sv="Organisationer", en="Organisations"),
    "areas": Words(sv="Områden", en="Areas"),
    "places": Words(sv="Platser", en="Places"),
    "priority_areas": Words(sv="Prioriterade områden", en="Priority areas"),
    "functions": Words(sv="Funktioner", en="Functions"),
    "duty_periods": Words(sv="Tjänstgöringsperioder", en="Duty periods"),
    "local_groups": Words(sv="Lokala grupper", en="Local groups"),
    "distribution_lists": Words(sv="Sändlistor", en="Distribution lists"),
    "templates": Words(sv="Mallar för lägesbilder", en="Templates of pictures"),
    "own_checklists": Words(sv="Egna checklistor", en="Own checklists"),
    "entries": Words(sv="Punkter i egna checklistor", en="Entries of own checklists"),
    "calendar": Words(sv="Kalender", en="Calendar"),
}

FIELD_WORDS: dict[str, Words] = {
    "municipality": Words(sv="Kommunkod", en="Municipality code"),
    "name": Words(sv="Namn", en="Name"),
    "organisation_model": Words(sv="Organisationsmodell", en="Organisation model"),
    "checklists": Words(sv="Checklistor i bruk", en="Checklists in use"),
    "period_days": Words(sv="Rapportperiod", en="Reporting period"),
    "periods_begin_on": Words(sv="En dag då en period började", en="A day on which a period began"),
    "deadline": Words(sv="Stopptid", en="Deadline"),
    "reminder_hours": Words(sv="Timmar från påminnelse till stopptid", en="Hours from reminder to deadline"),
    "meeting": Words(sv="Avstämningsmöte", en="Meeting"),
    "term": Words(sv="Djupare analys", en="Deeper analysis"),
    "risk_scale": Words(sv="Skala för riskvärde", en="Scale of the risk value"),
    "alert_minutes": Words(sv="Minuter till nästa i jourkedjan", en="Minutes until the next on duty"),
    "open_to_the_public": Words(sv="Öppet för allmänheten", en="Open to the public"),
    "template": Words(sv="Mall", en="Template"),
    "signed_by": Words(sv="Undertecknar lägesbilder", en="Sign pictures"),
    "public_pictures": Words(sv="Allmän utgåva är öppen för alla", en="General edition open to everyone"),
    "compilers": Words(sv="Sammanställer i tur och ordning", en="Compile, taking turns"),
    "party": Words(sv="Part", en="Party"),
    "kind": Words(sv="Slag", en="Kind"),
    "within": Words(sv="Ligger i", en="Lies in"),
    "priority": Words(sv="Prioriterat", en="Priority"),
    "polygon": Words(sv="Gräns på kartan", en="Border on the map"),
    "area_id": Words(sv="Område", en="Area"),
    "area_ids": Words(sv="Områden", en="Areas"),
    "point": Words(sv="Punkt på kartan", en="Point on the map"),
    "quarter": Words(sv="Kvartal", en="Quarter"),
    "title": Words(sv="Benämning", en="Title"),
    "organisation_id": Words(sv="Organisation", en="Organisation"),
    "roles": Words(sv="Roller", en="Roles"),
    "substitute": Words(sv="Ersättare", en="Substitute"),
    "email": Words(sv="Funktionsbrevlåda", en="Mailbox of the function"),
    "telephone": Words(sv="Funktionens telefon", en="Telephone of the function"),
    "function_id": Words(sv="Funktion", en="Function"),
    "filled_by": Words(sv="Sköts av", en="Filled by"),
    "first_day": Words(sv="Första dag", en="First day"),
    "last_day": Words(sv="Sista dag", en="Last day"),
    "members": Words(sv="Medlemmar", en="Members"),
    "recipients": Words(sv="Mottagare", en="Recipients"),
    "edition": Words(sv="Utgåva", en="Edition"),
    "version": Words(sv="Version", en="Version"),
    "source": Words(sv="Källa", en="Source"),
    "source_lines": Words(sv="Rader i källan", en="Lines of the source"),
    "groups": Words(sv="Grupper", en="Groups"),
    "scale_steps": Words(sv="Skalsteg", en="Steps of the scale"),
    "words": Words(sv="Formulering", en="Wording"),
    "help": Words(sv="Hjälptext", en="Help"),
    "polarity": Words(sv="Riktning", en="Direction"),
    "scope": Words(sv="Omfattning", en="Scope"),
    "tense": Words(sv="Tid", en="Tense"),
    "scale": Words(sv="Skala", en="Scale"),
    "theme": Words(sv="Tema", en="Theme"),
    "group": Words(sv="Grupp", en="Group"),
}

#: What the values of some fields are called; all other values are names, numbers and dates.
VALUE_WORDS: Final[Mapping[str, Mapping[Any, Words]]] = {
    "period_days": {7: Words(sv="7 dagar", en="7 days"), 14: Words(sv="14 dagar", en="14 days")},
    "party": PARTY_WORDS,
    "signed_by": PARTY_WORDS,
    "template": {each.template_id: each.title for each in TEMPLATES.values()},
    "kind": {**AREA_KIND_WORDS, **ORGANISATION_KIND_WORDS, **CALENDAR_KIND_WORDS, **PERIOD_KIND_WORDS},
    "roles": ROLE_WORDS,
    "edition": EDITION_WORDS,
    "term": TERM_WORDS,
    "form": {  # Stands after the time: torsdag 10:00, telefonmöte.
        form: Words(sv=words.sv.lower(), en=words.en.lower()) for form, words in MEETING_FORM_WORDS.items()
    },
    "polarity": POLARITY_WORDS,
    "scope": SCOPE_WORDS,
    "tense": TENSE_WORDS,
    "theme": THEME_WORDS,
}
YES, NO = Spoken("ja", "yes"), Spoken("nej", "no")


def spoken(field: str, value: Any) -> Spoken | None:
    """What stands in a field, for people; None for nothing at all."""
    if value is None or value in ([], ""):
        return None
    if isinstance(value, bool):
        return YES if value else NO
    if field == "reminder_hours":
        return (
            Spoken(f"(påminnelse {value} timmar före)", f"(reminder {value} hours before)") if value else None
        )
    if isinstance(value, dict):
        return _of_parts(value)
    if isinstance(value, list):
        each_spoken = [spoken(field, each) or Spoken("", "") for each in value]
        return Spoken(", ".join(each.sv for each in each_spoken), ", ".join(each.en for each in each_spoken))
    words = VALUE_WORDS.get(field, {}).get(value)
    return Spoken(words.sv, words.en) if words else Spoken(str(value), str(value))


def _of_parts(value: Mapping[str, Any]) -> Spoken:
    """Words are said as they are; what has a weekday begins with it; a scale goes from end to end."""
    if "sv" in value:
        return Spoken(str(value["sv"]), str(value["en"]))
    if value.keys() == {"lowest", "highest"}:
        scale = f"{value['lowest']}–{value['highest']}"
        return Spoken(scale, scale)
    each_spoken = [
        WEEKDAYS[each] if name == "weekday" else spoken(name, each) or Spoken("", "")
        for name, each in value.items()
    ]
    said = [each for each in each_spoken if each.sv]
    return Spoken(" ".join(each.sv for each in said), " ".join(each.en for each in said))


#: By the numbers that a set-up has for them: Monday is 1.
WEEKDAYS: Final = {number: Spoken(each.sv, each.en) for number, each in enumerate(WEEKDAY_NAMES, start=1)}
