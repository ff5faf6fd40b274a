"""What a collaboration's document names but does not describe, and what it describes twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from est_contracts.vocabulary.checklists import CHECKLISTS

if TYPE_CHECKING:
    from est_contracts.vocabulary.collaboration import CollaborationDocument


def broken_references(document: "CollaborationDocument") -> list[str]:
    """What does not hold together, each with its path in the document."""
    return [
        *_unknown_checklists(document),
        *_twice_described(document),
        *_areas_of_others(document),
        *_broken_functions(document),
        *_unknown_recipients(document),
    ]


def _unknown_checklists(document: "CollaborationDocument") -> Iterator[str]:
    for place, checklist_id in enumerate(document.checklists):
        if checklist_id not in CHECKLISTS:
            yield f"checklists.{place}: there is no checklist {checklist_id}"


def _twice_described(document: "CollaborationDocument") -> Iterator[str]:
    yield from _repeats("checklists", document.checklists)
    yield from _repeats("organisations", (each.organisation_id for each in document.organisations))
    yield from _repeats("areas", (each.area_id for each in document.areas))
    yield from _repeats("functions", (each.function_id for each in document.functions))
    yield from _repeats("distribution_lists", (each.edition for each in document.distribution_lists))


def _repeats(path: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{path}: {name} is described {times} times"


def _areas_of_others(document: "CollaborationDocument") -> Iterator[str]:
    for place, area in enumerate(document.areas):
        if not area.area_id.startswith(document.municipality):
            yield f"areas.{place}.area_id: {area.area_id} is not in municipality {document.municipality}"


def _broken_functions(document: "CollaborationDocument") -> Iterator[str]:
    organisation_ids = {each.organisation_id for each in document.organisations}
    function_ids = {each.function_id for each in document.functions}
    area_ids = {each.area_id for each in document.areas}
    for place, function in enumerate(document.functions):
        path = f"functions.{place}"
        if function.organisation_id not in organisation_ids:
            yield f"{path}.organisation_id: there is no organisation {function.organisation_id}"
        for area_place, area_id in enumerate(function.area_ids):
            if area_id not in area_ids:
                yield f"{path}.area_ids.{area_place}: there is no area {area_id}"
        if function.substitute is not None and function.substitute not in function_ids:
            yield f"{path}.substitute: there is no function {function.substitute}"
        if function.substitute == function.function_id:
            yield f"{path}.substitute: {function.function_id} cannot substitute for itself"


def _unknown_recipients(document: "CollaborationDocument") -> Iterator[str]:
    function_ids = {each.function_id for each in document.functions}
    for place, distribution_list in enumerate(document.distribution_lists):
        for recipient_place, recipient in enumerate(distribution_list.recipients):
            if recipient not in function_ids:
                yield (
                    f"distribution_lists.{place}.recipients.{recipient_place}: "
                    f"there is no function {recipient}"
                )
