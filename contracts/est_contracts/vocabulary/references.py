"""What a collaboration's document names but does not describe, and what it describes twice."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from est_contracts.vocabulary.checklists import CHECKLISTS
from est_contracts.vocabulary.picture_templates import TEMPLATES
from est_contracts.vocabulary.refusals import FieldError
from est_contracts.vocabulary.wording import Words

if TYPE_CHECKING:
    from est_contracts.vocabulary.collaboration import CollaborationDocument
    from est_contracts.vocabulary.seats import DistributionList, Function

NO_SUCH_CHECKLIST = Words(sv="Det finns ingen sådan checklista.", en="There is no such checklist.")
NO_SUCH_ORGANISATION = Words(
    sv="Organisationen beskrivs inte i dokumentet.", en="The document describes no such organisation."
)
NO_SUCH_AREA = Words(sv="Området beskrivs inte i dokumentet.", en="The document describes no such area.")
NO_SUCH_FUNCTION = Words(
    sv="Funktionen beskrivs inte i dokumentet.", en="The document describes no such function."
)
ITS_OWN_SUBSTITUTE = Words(
    sv="En funktion kan inte vara ersättare för sig själv.", en="A function cannot substitute for itself."
)
AREA_OF_ANOTHER = Words(
    sv="Områdets kod ska börja med kommunens kod.", en="The area's code must begin with the municipality's."
)
NOT_A_DISTRICT = Words(
    sv="Ett område kan bara ligga i en stadsdel.", en="An area can lie in a district only."
)
A_KNOWN_CHECKLIST = Words(
    sv="Det finns redan en gemensam checklista med det namnet. Ge er egen ett annat.",
    en="There is a shared checklist of that name already. Give your own another.",
)
NO_SUCH_TEMPLATE = Words(
    sv="Det finns ingen sådan mall för lägesbilder av det slaget.",
    en="There is no such template for pictures of that kind.",
)
DESCRIBED_BEFORE = Words(
    sv="Står redan längre upp i dokumentet.", en="Stands further up in the document already."
)


class BrokenReferences(ValueError):
    """A document does not hold together; each fault is told under its own path."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{error.field}: {error.words.en}" for error in self.errors))


def broken_references(document: "CollaborationDocument") -> tuple[FieldError, ...]:
    """What does not hold together, each with its path in the document."""
    return (
        *_twice_described(document),
        *_broken_checklists(document),
        *_areas_of_others(document),
        *_broken_areas(document),
        *_broken_functions(document),
        *_broken_seats(document),
        *_broken_templates(document),
        *_unknown_recipients(document.distribution_lists, _function_ids(document)),
    )


def _twice_described(document: "CollaborationDocument") -> Iterator[FieldError]:
    organisation_ids = [each.organisation_id for each in document.organisations]
    area_ids = [each.area_id for each in document.areas]
    function_ids = [each.function_id for each in document.functions]
    editions = [each.edition for each in document.distribution_lists]
    yield from _repeats("checklists.{}", document.checklists)
    yield from _repeats("organisations.{}.organisation_id", organisation_ids)
    yield from _repeats("areas.{}.area_id", area_ids)
    yield from _repeats("functions.{}.function_id", function_ids)
    yield from _repeats("distribution_lists.{}.edition", editions)
    yield from _repeats("places.{}.place_id", [each.place_id for each in document.places])
    yield from _repeats("local_groups.{}.group_id", [each.group_id for each in document.local_groups])
    yield from _repeats("priority_areas.{}.quarter", [each.quarter for each in document.priority_areas])
    yield from _repeats("compilers.{}", document.compilers)
    own_checklists = [each.checklist_id for each in document.own_checklists]
    yield from _repeats("own_checklists.{}.checklist_id", own_checklists)
    for place, own in enumerate(document.own_checklists):
        yield from _repeats(
            f"own_checklists.{place}.entries.{{}}.entry_id", [each.entry_id for each in own.entries]
        )


def _repeats(path: str, names: Iterable[str]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name in seen:
            yield FieldError(path.format(place), DESCRIBED_BEFORE)
        seen.add(name)


def _unknown(path: str, named: Iterable[str], known: Iterable[str], words: Words) -> Iterator[FieldError]:
    described = set(known)
    for place, name in enumerate(named):
        if name not in described:
            yield FieldError(f"{path}.{place}", words)


def _broken_checklists(document: "CollaborationDocument") -> Iterator[FieldError]:
    own = [each.checklist_id for each in document.own_checklists]
    for place, checklist_id in enumerate(own):
        if checklist_id in CHECKLISTS:
            yield FieldError(f"own_checklists.{place}.checklist_id", A_KNOWN_CHECKLIST)
    yield from _unknown("checklists", document.checklists, {*CHECKLISTS, *own}, NO_SUCH_CHECKLIST)


def _broken_areas(document: "CollaborationDocument") -> Iterator[FieldError]:
    area_ids = {each.area_id for each in document.areas}
    districts = {each.area_id for each in document.areas if each.kind == "district"}
    for place, area in enumerate(document.areas):
        if area.within is not None and (area.within not in districts or area.area_id in districts):
            yield FieldError(f"areas.{place}.within", NOT_A_DISTRICT)
    for place, named in enumerate(document.places):
        if named.area_id not in area_ids:
            yield FieldError(f"places.{place}.area_id", NO_SUCH_AREA)
    areas_named = {
        "priority_areas": [each.area_ids for each in document.priority_areas],
        "local_groups": [each.area_ids for each in document.local_groups],
        "calendar": [each.area_ids for each in document.calendar],
    }
    for part, members in areas_named.items():
        for place, named_areas in enumerate(members):
            yield from _unknown(f"{part}.{place}.area_ids", named_areas, area_ids, NO_SUCH_AREA)


def _broken_seats(document: "CollaborationDocument") -> Iterator[FieldError]:
    function_ids = _function_ids(document)
    for place, duty in enumerate(document.duty_periods):
        for field in ("function_id", "filled_by"):
            if getattr(duty, field) not in function_ids:
                yield FieldError(f"duty_periods.{place}.{field}", NO_SUCH_FUNCTION)
        if duty.function_id == duty.filled_by:
            yield FieldError(f"duty_periods.{place}.filled_by", ITS_OWN_SUBSTITUTE)
    for place, group in enumerate(document.local_groups):
        yield from _unknown(f"local_groups.{place}.members", group.members, function_ids, NO_SUCH_FUNCTION)
    yield from _unknown("compilers", document.compilers, function_ids, NO_SUCH_FUNCTION)


def _broken_templates(document: "CollaborationDocument") -> Iterator[FieldError]:
    for place, chosen in enumerate(document.templates):
        template = TEMPLATES.get(chosen.template)
        if template is None or chosen.kind not in template.kinds:
            yield FieldError(f"templates.{place}.template", NO_SUCH_TEMPLATE)
    yield from _repeats("templates.{}.kind", [each.kind for each in document.templates])
    yield from _repeats("signed_by.{}", document.signed_by)


def _areas_of_others(document: "CollaborationDocument") -> Iterator[FieldError]:
    for place, area in enumerate(document.areas):
        if not area.area_id.startswith(document.municipality):
            yield FieldError(f"areas.{place}.area_id", AREA_OF_ANOTHER)


def _broken_functions(document: "CollaborationDocument") -> Iterator[FieldError]:
    organisation_ids = {each.organisation_id for each in document.organisations}
    area_ids = {each.area_id for each in document.areas}
    function_ids = _function_ids(document)
    for place, function in enumerate(document.functions):
        path = f"functions.{place}"
        if function.organisation_id not in organisation_ids:
            yield FieldError(f"{path}.organisation_id", NO_SUCH_ORGANISATION)
        yield from _unknown(f"{path}.area_ids", function.area_ids, area_ids, NO_SUCH_AREA)
        yield from _broken_substitute(f"{path}.substitute", function, function_ids)


def _broken_substitute(path: str, function: "Function", function_ids: set[str]) -> Iterator[FieldError]:
    if function.substitute == function.function_id:
        yield FieldError(path, ITS_OWN_SUBSTITUTE)
    elif function.substitute is not None and function.substitute not in function_ids:
        yield FieldError(path, NO_SUCH_FUNCTION)


def _unknown_recipients(
    distribution_lists: Iterable["DistributionList"], function_ids: set[str]
) -> Iterator[FieldError]:
    for place, distribution_list in enumerate(distribution_lists):
        path = f"distribution_lists.{place}.recipients"
        yield from _unknown(path, distribution_list.recipients, function_ids, NO_SUCH_FUNCTION)


def _function_ids(document: "CollaborationDocument") -> set[str]:
    return {each.function_id for each in document.functions}
