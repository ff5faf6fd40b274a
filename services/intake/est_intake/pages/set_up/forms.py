"""From a form to the next version of the document, and from the document to a form."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from est_chassis.web.bodies import FormValues
from est_chassis.web.field_words import field_errors
from est_contracts.vocabulary import CollaborationDocument, FieldError, Words
from est_intake.domain.set_up_changes import KEYS
from est_intake.pages.set_up.fields import FieldKind, FormField
from est_intake.pages.set_up.parts import BASICS, Part

Plain = dict[str, Any]

#: Of what the codes are made when none is given; an area's begins with the municipality's.
NAMED_BY = {
    "organisation_id": "name",
    "area_id": "name",
    "place_id": "name",
    "function_id": "title",
    "group_id": "name",
    "checklist_id": "title",
}
#: Left out as a whole when none of these is filled in.
TOGETHER = {
    "meeting": ("weekday", "time"),
    "risk_scale": ("lowest", "highest"),
    "point": ("latitude", "longitude"),
    "help": ("sv", "en"),
}
LONGEST_CODE = {"area_id": 20, "checklist_id": 30}


NO_LIST = Words(sv="Välj en av era egna checklistor.", en="Choose one of your own checklists.")


class Edited(NamedTuple):
    """The next version, and the way in it to what the form is about."""

    document: CollaborationDocument
    at: str


class NotAccepted(Exception):
    """The document would not hold together; each fault at its field, or with its place in the document."""

    def __init__(self, errors: Sequence[FieldError], elsewhere: Sequence[FieldError]) -> None:
        super().__init__()
        self.errors = tuple(errors)
        self.elsewhere = tuple(elsewhere)


def things_of(document: CollaborationDocument, part: str) -> list[Plain]:
    """The things of a part, as they are stored; the entries of all own lists are a part of their own."""
    told = document.model_dump(mode="json")
    if part == "entries":
        return [{**entry, "checklist_id": own["checklist_id"]} for own in told["own_checklists"]
                for entry in own["entries"]]  # fmt: skip
    return list(told[part])


def key_of(part: str, thing: Mapping[str, Any]) -> str:
    return " ".join(str(thing[field]) for field in KEYS[part][0])


def read_thing(part: Part, values: FormValues, before: Plain | None) -> Plain:
    """What the form says, upon what the thing has besides."""
    thing: Plain = {} if before is None else {**before}
    for field in part.fields:
        if field.only_when_new and before is not None:
            continue
        _put(thing, field.name, _read(field, values))
    for group, deciding in TOGETHER.items():
        told = thing.get(group)
        if isinstance(told, dict):
            filled = {name: value for name, value in told.items() if value not in (None, "")}
            thing[group] = filled if any(name in filled for name in deciding) else None
    return thing


def with_basics(document: CollaborationDocument, values: FormValues) -> Edited:
    told = document.model_dump(mode="json")
    return _document(read_thing(BASICS, values, told), at="")


def with_thing(document: CollaborationDocument, part: Part, thing: Plain, *, key: str | None) -> Edited:
    """The document with the thing changed, or added when there is no key."""
    told = document.model_dump(mode="json")
    if key is None:
        thing = _with_code(part, thing, document)
    if part.name == "entries":
        return _document(told, at=_put_entry(told, thing, key))
    things = told[part.name]
    place = _place_of(part.name, things, key)
    if part.name == "own_checklists" and key is None:
        thing |= {"version": 1, "entries": []}
    things[place : place + 1] = [thing]
    return _document(told, at=f"{part.name}.{place}.")


def without_thing(document: CollaborationDocument, part: Part, key: str) -> Edited:
    told = document.model_dump(mode="json")
    if part.name == "entries":
        for own in told["own_checklists"]:
            own["entries"] = [each for each in own["entries"] if each["entry_id"] != key]
    else:
        told[part.name] = [each for each in told[part.name] if key_of(part.name, each) != key]
    return _document(told, at="-")


def shown(fields: Sequence[FormField], thing: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the form shows them."""
    return {field.name: _shown(field, _get(thing, field.name)) for field in fields}


def as_sent(fields: Sequence[FormField], values: FormValues) -> dict[str, Any]:
    """What somebody has just filled in, to be shown again."""
    return {field.name: _shown(field, _read(field, values)) for field in fields}


def _read(field: FormField, values: FormValues) -> Any:
    if field.kind is FieldKind.YES_NO:
        return values.text(field.name) == "yes"
    if field.kind in {FieldKind.SEVERAL, FieldKind.IN_ORDER}:
        return list(dict.fromkeys(each for each in values.texts(field.name) if each))
    if field.kind is FieldKind.BOTH_LANGUAGES:
        said = {language: values.text(f"{field.name}.{language}") for language in ("sv", "en")}
        # The English wording may come later; until then the Swedish stands for both.
        return {"sv": said["sv"], "en": said["en"] or said["sv"]}
    text = values.text(field.name)
    if not text:
        return None
    is_number = field.kind is FieldKind.NUMBER or field.name in NUMBERS
    return _number(text) if is_number else text


NUMBERS = frozenset(
    {"period_days", "deadline.weekday", "meeting.weekday", "point.latitude", "point.longitude"}
)


def _number(text: str) -> int | float | str:
    written = text.replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,6}", written):
        return int(written)
    return float(written) if re.fullmatch(r"-?[0-9]{1,6}\.[0-9]{1,12}", written) else text


def _shown(field: FormField, value: Any) -> Any:
    if field.kind in {FieldKind.SEVERAL, FieldKind.IN_ORDER}:
        return [str(each) for each in value or ()]
    if field.kind is FieldKind.BOTH_LANGUAGES:
        return value or {"sv": "", "en": ""}
    return value if isinstance(value, bool) else "" if value is None else str(value)


def _get(thing: Mapping[str, Any], name: str) -> Any:
    value: Any = thing
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _put(thing: Plain, name: str, value: Any) -> None:
    outer, _, inner = name.partition(".")
    if inner:
        group = thing.get(outer)
        thing[outer] = {**(group if isinstance(group, dict) else {}), inner: value}
    else:
        thing[outer] = value


def _with_code(part: Part, thing: Plain, document: CollaborationDocument) -> Plain:
    field = KEYS[part.name][0][0]
    if field not in NAMED_BY or thing.get(field) or part.name == "entries":
        return thing
    name = thing.get(NAMED_BY[field])
    written = str(name.get("sv") if isinstance(name, dict) else name or "")
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
    if field == "area_id":
        letters = re.sub(r"[^A-Za-z0-9]", "", plain).upper()
        code = f"{document.municipality}{letters[: LONGEST_CODE[field]]}"
    else:
        code = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_0123456789")[: LONGEST_CODE.get(field, 60)]
    taken = {each[field] for each in things_of(document, part.name)}
    return {**thing, field: next(each for each in _numbered(code) if each not in taken)}


def _numbered(code: str) -> Iterator[str]:
    yield code
    for number in range(2, 1_000):
        yield f"{code[:17]}{number}"


def _put_entry(told: Plain, thing: Plain, key: str | None) -> str:
    """Into its list. Returns the way to it."""
    checklist_id = thing.pop("checklist_id")
    for list_place, own in enumerate(told["own_checklists"]):
        if own["checklist_id"] == checklist_id:
            entries = own["entries"]
            place = next((at for at, each in enumerate(entries) if each["entry_id"] == key), len(entries))
            entries[place : place + 1] = [thing]
            return f"own_checklists.{list_place}.entries.{place}."
    raise NotAccepted([FieldError("checklist_id", NO_LIST)], [])


def _place_of(part: str, things: Sequence[Plain], key: str | None) -> int:
    found = (at for at, each in enumerate(things) if key is not None and key_of(part, each) == key)
    return next(found, len(things))


def _document(told: Plain, *, at: str) -> Edited:
    """Validated as a whole."""
    try:
        return Edited(CollaborationDocument.model_validate(told), at)
    except ValidationError as wrong:
        errors = field_errors(wrong.errors(include_url=False, include_input=False))
        raise refused(errors, at=at) from None


def refused(errors: Sequence[FieldError], *, at: str) -> NotAccepted:
    """Sorted: what belongs to a field of the form, and what stands elsewhere in the document."""
    own = [
        FieldError(each.field.removeprefix(at), each.words) for each in errors if each.field.startswith(at)
    ]
    return NotAccepted(own, [each for each in errors if not each.field.startswith(at)])


def by_field(errors: Sequence[FieldError], fields: Sequence[FormField]) -> dict[str, Words]:
    """Each fault under the name of the field that it is about, or of the first field."""
    told: dict[str, Words] = {}
    for error in errors:
        names = [field.name for field in fields]
        found = (name for name in names if error.field == name or error.field.startswith(f"{name}."))
        outer = (name for name in names if name.startswith(f"{error.field}."))
        told.setdefault(next(found, None) or next(outer, None) or names[0], error.words)
    return told
