"""What things are called in a picture: as the set-up says, or else as they were reported."""

from __future__ import annotations

from collections.abc import Iterable

from est_compiler.domain.compiling.around import quarter_of
from est_compiler.domain.knowledge import Knowledge, Tally
from est_contracts.vocabulary import (
    MUNICIPALITIES,
    CollaborationDocument,
    Party,
    PicturePeriod,
    UnknownChecklistEntry,
    Words,
    entry,
    priority_area_ids,
)

#: A report without an area concerns all of it; so does every report where no areas have been set up.
WHOLE_MUNICIPALITY = "Hela kommunen"


def names_of(known: Knowledge) -> Names:
    return Names(known.collaboration, period=known.period, since=known.set_up_since)


class Names:
    """The names of one municipality, in the order of its set-up."""

    def __init__(
        self,
        document: CollaborationDocument | None,
        *,
        period: PicturePeriod,
        since: CollaborationDocument | None = None,
    ) -> None:
        """What the set-up does not have, because it has come since, is called by a later one."""
        self.document = document
        ids = priority_area_ids(document, quarter_of(period)) if document else ()
        #: Watched more closely in the quarter that the period ends in, whichever they are in others.
        self.priority_areas = frozenset(ids)
        self.areas = {each.area_id: each for each in (document.areas if document else ())}
        both = [each for each in (since, document) if each is not None]
        self._areas = {each.area_id: each.name for one in both for each in one.areas}
        self._places = {each.place_id: each.name for one in both for each in one.places}
        self._titles = {each.function_id: each.title for one in both for each in one.functions}
        self._organisations = {each.organisation_id: each.name for one in both for each in one.organisations}
        own = [listed for one in both for listed in one.own_checklists]
        self._own_entries = {each.entry_id: each.words for listed in own for each in listed.entries}
        in_use = document.checklists_in_use() if document else ()
        entries = (each.entry_id for listed in in_use for each in listed.entries)
        self._entry_order = {entry_id: place for place, entry_id in enumerate(entries)}

    def area(self, area_id: str | None) -> str:
        if area_id is None:
            return WHOLE_MUNICIPALITY
        return self._areas.get(area_id, area_id)

    def area_order(self, area_id: str | None) -> tuple[int, str]:
        """Where an area stands: as it was set up, then others, then the whole municipality."""
        if area_id is None:
            return len(self.areas) + 1, ""
        place = list(self.areas).index(area_id) if area_id in self.areas else len(self.areas)
        return place, area_id

    def place(self, place_id: str) -> str:
        return self._places.get(place_id, place_id)

    def function(self, function_id: str) -> str:
        return self._titles.get(function_id, _spoken(function_id))

    def entry(self, entry_id: str) -> Words:
        """What an entry says, in whichever list it stands."""
        if entry_id in self._own_entries:
            return self._own_entries[entry_id]
        try:
            return entry(entry_id).words
        except UnknownChecklistEntry:
            return Words(sv=entry_id or "–", en=entry_id or "–")

    def entry_order(self, entry_id: str) -> tuple[int, str]:
        """Where an entry stands in the lists that are used here; the rest come after."""
        return self._entry_order.get(entry_id, len(self._entry_order)), entry_id

    def organisations(self, tallies: Iterable[Tally]) -> dict[str, tuple[str, Party]]:
        """Those that have been set up, then those that have reported all the same."""
        set_up = self.document.organisations if self.document else ()
        names = {each.organisation_id: (each.name, each.party) for each in set_up}
        told = {(each.organisation, each.party) for each in tallies}
        for organisation, party in sorted(told):
            names.setdefault(
                organisation, (self._organisations.get(organisation, _spoken(organisation)), party)
            )
        return names


def municipality_name(known: Knowledge) -> str:
    if known.collaboration is not None:
        return known.collaboration.name
    return MUNICIPALITIES.get(known.municipality, known.municipality)


def _spoken(name: str) -> str:
    return name.replace("_", " ").capitalize()
