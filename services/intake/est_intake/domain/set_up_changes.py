"""What differs between two versions of a collaboration's document, part by part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from est_contracts.vocabulary import CollaborationDocument, Words
from est_intake.domain.set_up_words import FIELD_WORDS, PART_WORDS, Spoken, spoken

Plain = Mapping[str, Any]

#: What one thing of a part is known by, and the field that people call it by.
KEYS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "organisations": (("organisation_id",), "name"),
    "areas": (("area_id",), "name"),
    "places": (("place_id",), "name"),
    "priority_areas": (("quarter",), "quarter"),
    "functions": (("function_id",), "title"),
    "duty_periods": (("function_id", "first_day"), "function_id"),
    "local_groups": (("group_id",), "name"),
    "distribution_lists": (("edition",), "edition"),
    "templates": (("kind",), "kind"),
    "own_checklists": (("checklist_id",), "title"),
    "entries": (("entry_id",), "words"),
    "calendar": (("kind", "name", "first_day"), "name"),
}
#: Too long to be read as a value: that it differs is enough.
DRAWN: Final = frozenset({"polygon"})


class ChangeKind(StrEnum):
    """What has become of a thing between two versions."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


CHANGE_KIND_WORDS: dict[ChangeKind, Words] = {
    ChangeKind.ADDED: Words(sv="Tillagt", en="Added"),
    ChangeKind.CHANGED: Words(sv="Ändrat", en="Changed"),
    ChangeKind.REMOVED: Words(sv="Borttaget", en="Removed"),
}


@dataclass(frozen=True)
class FieldChange:
    """A field that says something else; without values where they are not for reading."""

    field: str
    before: Spoken | None
    after: Spoken | None

    @property
    def words(self) -> Words:
        return FIELD_WORDS[self.field]


@dataclass(frozen=True)
class Change:
    """One thing that was added, changed or removed (ändring)."""

    kind: ChangeKind
    part: str
    key: str | None
    name: Spoken
    fields: tuple[FieldChange, ...] = ()

    @property
    def part_words(self) -> Words:
        return PART_WORDS[self.part]


def changes_between(before: CollaborationDocument | None, after: CollaborationDocument) -> tuple[Change, ...]:
    """From one version to the next, in the order of the document; None is before the first."""
    old, new = _plain(before) if before else {}, _plain(after)
    changes = [*_basics(old, new)]
    for part in KEYS:
        changes += _changes_of(part, old.get(part, {}), new[part])
    return tuple(changes)


def _plain(document: CollaborationDocument) -> dict[str, Any]:
    """The document with each part arranged by its keys; the entries of own lists are a part of their own."""
    told = document.model_dump(mode="json")
    told["entries"] = [entry for own in told["own_checklists"] for entry in own.pop("entries")]
    return {**told, **{part: {_key(part, each): each for each in told[part]} for part in KEYS}}


def _key(part: str, thing: Plain) -> str:
    return " ".join(str(thing[field]) for field in KEYS[part][0])


def _basics(old: Plain, new: Plain) -> Iterator[Change]:
    changed = (
        FieldChange(field, spoken(field, old.get(field)), spoken(field, value))
        for field, value in new.items()
        if field not in KEYS and value != old.get(field)
    )
    # From nothing at all to an empty list is no news.
    fields = tuple(each for each in changed if each.before or each.after)
    if fields:
        kind = ChangeKind.CHANGED if old else ChangeKind.ADDED
        yield Change(kind, "basics", None, Spoken(new["name"], new["name"]), fields)


def _changes_of(part: str, old: Plain, new: Plain) -> Iterator[Change]:
    for key, thing in new.items():
        if key not in old:
            yield Change(ChangeKind.ADDED, part, key, _name(part, thing))
        elif fields := tuple(_fields(old[key], thing)):
            yield Change(ChangeKind.CHANGED, part, key, _name(part, thing), fields)
    for key, thing in old.items():
        if key not in new:
            yield Change(ChangeKind.REMOVED, part, key, _name(part, thing))


def _fields(old: Plain, new: Plain) -> Iterator[FieldChange]:
    for field, value in new.items():
        if value != old.get(field):
            values = () if field in DRAWN else (old.get(field), value)
            before, after = (spoken(field, each) for each in values or (None, None))
            yield FieldChange(field, before, after)


def _name(part: str, thing: Plain) -> Spoken:
    field = KEYS[part][1]
    return spoken(field, thing[field]) or Spoken("", "")
