"""The fields of the set-up's forms: what is asked, of which kind, and what one may choose among."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from est_contracts.vocabulary import (
    AREA_KIND_WORDS,
    CALENDAR_KIND_WORDS,
    CHECKLISTS,
    EDITION_WORDS,
    MEETING_FORM_WORDS,
    ORGANISATION_KIND_WORDS,
    PARTY_WORDS,
    PERIOD_KIND_WORDS,
    POLARITY_WORDS,
    ROLE_WORDS,
    SCOPE_WORDS,
    SEAT_ROLES,
    TEMPLATES,
    TENSE_WORDS,
    TERM_WORDS,
    THEME_WORDS,
    AreaKind,
    CollaborationDocument,
    PictureTemplate,
    Words,
)
from est_intake.domain.set_up_words import FIELD_WORDS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: as it is stored, and as it is said."""

    value: str
    words: Words


Options = Callable[[CollaborationDocument], Sequence[Option]]


class FieldKind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DAY = "date"
    TIME = "time"
    EMAIL = "email"
    TELEPHONE = "telephone"
    YES_NO = "yes_no"
    CHOICE = "choice"
    SEVERAL = "several"
    IN_ORDER = "in_order"
    BOTH_LANGUAGES = "both_languages"


@dataclass(frozen=True)
class FormField:
    """A field of a form; its name is the way to it in the document, as in deadline.weekday."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    label: Words | None = None
    help: Words | None = None
    options: Options | None = None
    optional: bool = False
    #: Once a thing has its code, reports refer to it.
    only_when_new: bool = False

    @property
    def words(self) -> Words:
        return self.label or FIELD_WORDS[self.name]


def plain(text: str) -> Words:
    """What is the same in both languages, such as a name."""
    return Words(sv=text or "–", en=text or "–")


def among(words: Mapping[Any, Words]) -> Options:
    options = [Option(str(value), said) for value, said in words.items()]
    return lambda _document: options


def organisations(document: CollaborationDocument) -> list[Option]:
    return [Option(each.organisation_id, plain(each.name)) for each in document.organisations]


def areas(document: CollaborationDocument) -> list[Option]:
    return [Option(each.area_id, plain(each.name)) for each in document.areas]


def districts(document: CollaborationDocument) -> list[Option]:
    found = [each for each in document.areas if each.kind is AreaKind.DISTRICT]
    return [Option(each.area_id, plain(each.name)) for each in found]


def functions(document: CollaborationDocument) -> list[Option]:
    names = {each.organisation_id: each.name for each in document.organisations}
    return [
        Option(each.function_id, plain(f"{each.title}, {names[each.organisation_id]}"))
        for each in document.functions
    ]


def checklists(document: CollaborationDocument) -> list[Option]:
    shared = [Option(each.checklist_id, each.title) for each in CHECKLISTS.values()]
    return [*shared, *own_checklists(document)]


def own_checklists(document: CollaborationDocument) -> list[Option]:
    return [Option(each.checklist_id, each.title) for each in document.own_checklists]


def groups(document: CollaborationDocument) -> list[Option]:
    return [Option(group.group_id, group.words) for own in document.own_checklists for group in own.groups]


weekdays = among({str(number): Words(sv=said.sv, en=said.en) for number, said in WEEKDAYS.items()})
MODELS: Final = {
    "A": Words(sv="A: tre ben och en samordnargrupp", en="A: three legs and a group of coordinators"),
    "B": Words(sv="B: lokala grupper och en strategisk", en="B: local groups and a strategic one"),
    "C": Words(sv="C: en operativ grupp som möts", en="C: one operative group that meets"),
}
LENGTHS: Final = {
    "7": Words(sv="Sju dagar", en="Seven days"),
    "14": Words(sv="Fjorton dagar", en="Fourteen days"),
}
SCALES: Final = {
    "severity_1_5": Words(sv="Allvar 1–5", en="Severity 1–5"),
    "one_to_five": Words(sv="Problem och påverkan 1–5", en="Problem and influence 1–5"),
}


def templates(_document: CollaborationDocument) -> list[Option]:
    return [Option(each.template_id, _with_kinds(each)) for each in TEMPLATES.values()]


def _with_kinds(template: PictureTemplate) -> Words:
    """The title, and of which kinds of periods it may be."""
    kinds = [PERIOD_KIND_WORDS[kind] for kind in template.kinds]
    sv, en = (", ".join(said).lower() for said in ([each.sv for each in kinds], [each.en for each in kinds]))
    return Words(sv=f"{template.title.sv} ({sv})", en=f"{template.title.en} ({en})")


kinds_of_period = among(PERIOD_KIND_WORDS)
kinds_of_area = among(AREA_KIND_WORDS)
kinds_of_day = among(CALENDAR_KIND_WORDS)
kinds_of_organisation = among(ORGANISATION_KIND_WORDS)
parties = among(PARTY_WORDS)
roles = among({role: words for role, words in ROLE_WORDS.items() if role in SEAT_ROLES})
editions = among(EDITION_WORDS)
meeting_forms = among(MEETING_FORM_WORDS)
terms = among(TERM_WORDS)
themes = among(THEME_WORDS)
polarities = among(POLARITY_WORDS)
scopes = among(SCOPE_WORDS)
tenses = among(TENSE_WORDS)
scales = among(SCALES)
models = among(MODELS)
lengths = among(LENGTHS)
