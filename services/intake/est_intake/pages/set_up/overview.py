"""The document in plain words: its parts in a few lines each, and the things of a part in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from est_contracts.vocabulary import CollaborationDocument, Words
from est_intake.domain.set_up_words import FIELD_WORDS, PART_WORDS, Spoken, spoken
from est_intake.pages.set_up.fields import LENGTHS, MODELS, FieldKind, FormField
from est_intake.pages.set_up.forms import key_of, things_of
from est_intake.pages.set_up.parts import BASICS, PARTS, Part

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
    "templates": "kind",
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
    return [
        Section(BASICS, "/set-up/basics", facts=_basics(document)),
        *(_section(document, part) for part in PARTS.values()),
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
                and (said := _value(field.name, _told(thing, field.name), _of(field, names))) is not None
            ],
            href=f"/set-up/parts/{part.name}/things/{quote(key_of(part.name, thing), safe='')}",
        )
        for thing in things_of(document, part.name)
    ]


def name_of(document: CollaborationDocument, part: Part, thing: dict[str, object]) -> Spoken:
    """What one thing of a part is called by people."""
    return _name(part, thing, _names(document))


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
    lists = [each.title for each in document.checklists_in_use()]
    said: dict[str, Spoken | None] = {
        "organisation_model": _said(MODELS[document.organisation_model]),
        "checklists": Spoken(", ".join(each.sv for each in lists), ", ".join(each.en for each in lists)),
        "period_days": _said(LENGTHS[str(document.period_days)]),
    }
    fields = dict.fromkeys(field.name.partition(".")[0] for field in BASICS.fields)
    facts = [(field, said.get(field) or _value(field, told[field], names)) for field in fields]
    return [(FIELD_WORDS[field], value) for field, value in facts if value is not None]


def _said(words: Words) -> Spoken:
    return Spoken(words.sv, words.en)


def _section(document: CollaborationDocument, part: Part) -> Section:
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


def _of(field: FormField, names: dict[str, str]) -> dict[str, str]:
    """A thing's own code is shown as it is; all other codes are said by name."""
    return {} if field.kind is FieldKind.CODE else names


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
