"""The document in plain words: its parts in a few lines each, and the things of a part in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from est_contracts.vocabulary import CollaborationDocument, Words
from est_intake.domain.set_up_words import FIELD_WORDS, PART_WORDS, Spoken, spoken
from est_intake.pages.set_up_forms import key_of, shown, things_of
from est_intake.pages.set_up_parts import BASICS, PARTS, Part

#: How many names of a part stand on the overview; the rest is a number.
NAMES_SHOWN = 12
NAME_FIELDS = {
    "organisations": "name",
    "areas": "name",
    "places": "name",
    "priority_areas": "quarter",
    "functions": "title",
    "local_groups": "name",
    "distribution_lists": "edition",
    "own_checklists": "title",
    "entries": "words",
    "calendar": "name",
}


@dataclass(frozen=True)
class Section:
    """A part on the overview."""

    part: Part
    href: str
    facts: Sequence[tuple[Words, Spoken]] = ()
    names: Sequence[Spoken] = ()
    count: int = 0

    @property
    def more(self) -> int:
        return self.count - len(self.names)


@dataclass(frozen=True)
class Row:
    """One thing of a part in its list: what it is called, what is said of it, and where it is changed."""

    name: Spoken
    facts: Sequence[tuple[Words, Spoken]]
    href: str


def overview(document: CollaborationDocument) -> list[Section]:
    told = document.model_dump(mode="json")
    return [
        Section(BASICS, "/set-up/basics", facts=_basics(document)),
        *(_section(document, part, told) for part in PARTS.values()),
    ]


def rows_of(document: CollaborationDocument, part: Part) -> list[Row]:
    names = _names(document)
    return [
        Row(
            name=_name(part, thing, names),
            facts=[
                (field.words, said)
                for field in part.fields
                if field.name != NAME_FIELDS.get(part.name)
                and (said := _value(field.name, _told(thing, field.name), names)) is not None
            ],
            href=f"/set-up/parts/{part.name}/things/{quote(key_of(part.name, thing), safe='')}",
        )
        for thing in things_of(document, part.name)
    ]


def broken_place(document: CollaborationDocument, path: str) -> Words:
    """Where in the document a fault stands, in words: Funktioner, Bovärd Norrängen."""
    part, _, rest = path.partition(".")
    place, _, field = rest.partition(".")
    words = PART_WORDS.get(part) or FIELD_WORDS.get(part)
    if words is None:
        return Words(sv="Dokumentet", en="The document")
    things = things_of(document, part) if part in PARTS else []
    if not place.isdigit() or int(place) >= len(things):
        return words
    name = _name(PARTS[part], things[int(place)], _names(document))
    about = FIELD_WORDS.get(field.partition(".")[0])
    sv = [words.sv, name.sv, *([about.sv] if about else [])]
    en = [words.en, name.en, *([about.en] if about else [])]
    return Words(sv=", ".join(sv), en=", ".join(en))


def _basics(document: CollaborationDocument) -> list[tuple[Words, Spoken]]:
    told, names = document.model_dump(mode="json"), _names(document)
    options = {
        field.name: {option.value: option.words for option in field.options(document)}
        for field in BASICS.fields
        if field.options
    }
    facts = []
    for field, value in shown(BASICS.fields, told).items():
        outer = field.partition(".")[0]
        chosen = options.get(field, {})
        if isinstance(value, str) and value in chosen:
            said: Spoken | None = Spoken(chosen[value].sv, chosen[value].en)
        elif isinstance(value, list):
            said = _listed([chosen[each] for each in value if each in chosen])
        else:
            said = _value(field, value if value != "" else None, names)
        if said is not None:
            facts.append((_field_words(field, outer), said))
    return facts


def _field_words(field: str, outer: str) -> Words:
    found = next(each for each in BASICS.fields if each.name == field)
    return found.words if found.label or "." not in field else FIELD_WORDS[outer]


def _section(document: CollaborationDocument, part: Part, _told: object) -> Section:
    names = _names(document)
    things = [_name(part, thing, names) for thing in things_of(document, part.name)]
    href = f"/set-up/parts/{part.name}"
    return Section(part, href, names=things[:NAMES_SHOWN], count=len(things))


def _names(document: CollaborationDocument) -> dict[str, str]:
    """What the codes of the document stand for."""
    return {
        **{each.organisation_id: each.name for each in document.organisations},
        **{each.area_id: each.name for each in document.areas},
        **{each.function_id: each.title for each in document.functions},
    }


def _name(part: Part, thing: dict[str, object], names: dict[str, str]) -> Spoken:
    field = NAME_FIELDS.get(part.name, "function_id")
    return _value(field, thing.get(field), names) or Spoken("–", "–")


def _told(thing: dict[str, object], name: str) -> object:
    value: object = thing
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _value(field: str, value: object, names: dict[str, str]) -> Spoken | None:
    if isinstance(value, str) and field not in {"name", "title", "kind"}:
        value = names.get(value, value)
    if isinstance(value, list):
        value = [names.get(each, each) if isinstance(each, str) else each for each in value]
    return spoken(field, value)


def _listed(words: Sequence[Words]) -> Spoken | None:
    if not words:
        return None
    return Spoken(", ".join(each.sv for each in words), ", ".join(each.en for each in words))
