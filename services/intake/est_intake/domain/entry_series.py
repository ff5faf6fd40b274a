"""The entries of a municipality's own checklists: each number belongs to one question for ever (serie)."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, Final

from est_contracts.vocabulary import ChecklistEntry, Rejected, Words

Plain = Mapping[str, Any]


class EntryMeansSomethingElse(Rejected):
    """An entry that reporters have followed is to mean something else, which would break its series."""

    code = "entry_means_something_else"
    http_status = 422
    words = Words(
        sv="En punkt som har varit i bruk kan få en annan formulering men inte betyda något annat, "
        "och ingen annan punkt får dess nummer.",
        en="An entry that has been in use may be worded anew, but may not mean something else, "
        "and no other entry gets its number.",
    )


BROKEN_SERIES: Final = Words(
    sv="Punkten har redan varit i bruk med en annan betydelse. Lägg till en ny punkt i stället.",
    en="The entry has been in use already with another meaning. Add a new entry instead.",
)
#: What an entry means; its wording, its help and where it stands in the list may change.
MEANING: Final = ("theme", "polarity", "scope", "tense", "scale")


def once_in_use(document: Plain) -> dict[str, Plain]:
    """The entries of the municipality's own lists that are followed; a list not in use is a draft."""
    return {
        entry["entry_id"]: entry
        for own in document.get("own_checklists", ())
        if own["checklist_id"] in document["checklists"]
        for entry in own["entries"]
    }


def entries_present(document: Plain) -> frozenset[str]:
    """The entries of the municipality's own lists, whether the lists are followed or not."""
    own_lists = document.get("own_checklists", ())
    return frozenset(entry["entry_id"] for own in own_lists for entry in own["entries"])


def entry_after(entry_ids: Set[str], checklist_id: str) -> str:
    """For a new entry of a list: the number above all these."""
    written = (each.rpartition(".") for each in entry_ids)
    highest = max((int(number) for of, _, number in written if of == checklist_id), default=0)
    return f"{checklist_id}.{highest + 1}"


def broken(entry: ChecklistEntry, once: Plain) -> tuple[str, ...]:
    """The fields in which an entry means something else than it did."""
    told = entry.model_dump(mode="json")
    return tuple(field for field in MEANING if told[field] != once[field])


def is_another(entry: ChecklistEntry, once: Plain) -> bool:
    """Whether an entry that comes back is another than the one that was removed."""
    return entry.words.model_dump() != once["words"] or bool(broken(entry, once))


def number_is_taken(once: Plain, *, free: str) -> Words:
    sv, en = once["words"]["sv"], once["words"]["en"]
    return Words(
        sv=f"Numret tillhör en punkt som har tagits bort: ”{sv}”. Ge den nya punkten numret {free}.",
        en=f"The number belongs to an entry that was removed: “{en}”. Give the new entry {free}.",
    )
