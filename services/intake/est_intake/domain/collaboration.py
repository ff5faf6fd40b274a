"""How a municipality works together, and what its reports may therefore speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import (
    Checklist,
    ChecklistEntry,
    CollaborationDocument,
    Coordinates,
    FieldError,
    InvalidPeriod,
    Party,
    Rejected,
    ReportingPeriod,
    Words,
    roles_of_no_seat,
)
from est_intake.domain.entry_series import (
    BROKEN_SERIES,
    EntryMeansSomethingElse,
    broken,
    entries_present,
    entry_after,
    is_another,
    number_is_taken,
    once_in_use,
)
from est_intake.domain.mailboxes import refuse_unusable_mailboxes


class CollaborationHasChanged(Rejected):
    """Somebody else has set up another version since the caller read theirs."""

    code = "collaboration_has_changed"
    http_status = 412
    words = Words(
        sv="Samverkan har ändrats sedan du hämtade den. Hämta den igen och gör om din ändring.",
        en="The collaboration has changed since you fetched it. Fetch it again and redo your change.",
    )


class DocumentIsAboutAnotherMunicipality(Rejected):
    """The document names another municipality than the address it was sent to."""

    code = "document_is_about_another_municipality"
    http_status = 422
    words = Words(
        sv="Dokumentet gäller en annan kommun än adressen.",
        en="The document is about another municipality than the address.",
    )

    def __init__(self) -> None:
        super().__init__(errors=(FieldError("municipality", self.words),))


class SeatCannotHaveTheRole(Rejected):
    """A seat is to be what no seat can be."""

    code = "seat_cannot_have_the_role"
    http_status = 422
    words = Words(
        sv="En plats kan inte vara driftansvarig eller allmänheten.",
        en="A seat cannot be the operator or the public.",
    )


#: About fifty kilometres: further from everything drawn a point is a slip of the finger.
FAR_OFF_DEGREES = 0.5


class Collaboration(Aggregate):
    """A collaboration (samverkan): a municipality's set-up as one document, version by version."""

    TOPIC = "intake.collaboration"

    class Event(Aggregate.Event):
        """Something that has happened to a collaboration."""

        municipality: str
        document: dict[str, Any]
        # The first events did not say it; None is the operator.
        by_function: str | None = None

    class SetUp(Event, Aggregate.Created):
        """The municipality has begun."""

        TOPIC = "intake.collaboration.set_up"

    # The library wants this name as soon as TOPIC is set.
    Created = SetUp

    class Amended(Event):
        """The municipality has changed how it works together."""

        TOPIC = "intake.collaboration.amended"

    @classmethod
    def create_id(cls, municipality: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:collaboration:{municipality}")

    @classmethod
    def begun_with(cls, document: CollaborationDocument, *, by_function: str | None = None) -> Self:
        _refuse_roles_of_no_seat(document)
        refuse_unusable_mailboxes(document)
        return cls(
            municipality=document.municipality,
            document=document.model_dump(mode="json"),
            by_function=by_function,
        )

    @event(SetUp)
    def __init__(
        self, *, municipality: str, document: dict[str, Any], by_function: str | None = None
    ) -> None:
        self.municipality = municipality
        self.written = document
        self.once_in_use = once_in_use(document)
        self.entries_ever = entries_present(document)

    def amend(
        self,
        document: CollaborationDocument,
        *,
        from_version: int | None = None,
        by_function: str | None = None,
    ) -> None:
        """Set up the next version; the same document again changes nothing."""
        if document == self.document:
            return
        if from_version is not None and from_version != self.version:
            raise CollaborationHasChanged
        _refuse_roles_of_no_seat(document)
        refuse_unusable_mailboxes(document, before=self.document)
        errors = tuple(self._broken_series(document))
        if errors:
            raise EntryMeansSomethingElse(errors=errors)
        self._amended(
            municipality=document.municipality,
            document=document.model_dump(mode="json"),
            by_function=by_function,
        )

    @event(Amended)
    def _amended(self, municipality: str, document: dict[str, Any], by_function: str | None = None) -> None:
        self.municipality = municipality
        self.written = document
        # What was once in use is remembered when it is removed: it may come back, but as the same.
        self.once_in_use |= once_in_use(document)
        self.entries_ever |= entries_present(document)

    def next_entry_id(self, checklist_id: str) -> str:
        """For a new entry of one of the municipality's own lists: a number that none has ever had."""
        return entry_after(self.entries_ever, checklist_id)

    def _broken_series(self, document: CollaborationDocument) -> Iterator[FieldError]:
        present = entries_present(self.written)
        for place, own in enumerate(document.own_checklists):
            for row, entry in enumerate(own.entries):
                once = self.once_in_use.get(entry.entry_id)
                at = f"own_checklists.{place}.entries.{row}"
                if once is None:
                    continue
                if entry.entry_id in present:
                    yield from (FieldError(f"{at}.{each}", BROKEN_SERIES) for each in broken(entry, once))
                elif is_another(entry, once):
                    free = entry_after(
                        self.entries_ever | {each.entry_id for each in own.entries}, own.checklist_id
                    )
                    yield FieldError(f"{at}.entry_id", number_is_taken(once, free=free))

    @property
    def document(self) -> CollaborationDocument:
        return CollaborationDocument.model_validate(self.written)


def _refuse_roles_of_no_seat(document: CollaborationDocument) -> None:
    errors = roles_of_no_seat(document.functions)
    if errors:
        raise SeatCannotHaveTheRole(errors=errors)


@dataclass(frozen=True)
class Reporter:
    """A reporter (rapportör): a function and whom it speaks for; never a person."""

    function: str
    organisation: str
    party: Party
    #: Who wrote it down for them, when it was somebody else: a coordinator in a meeting.
    entered_by: str | None = None

    def as_recorded(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if value is not None}

    @classmethod
    def recorded(cls, told: dict[str, Any]) -> Self:
        return cls(**{**told, "party": Party(told["party"])})


class SetUpInUse:
    """One version of a collaboration, arranged for looking things up once per report."""

    def __init__(self, document: CollaborationDocument, *, version: int) -> None:
        self.document = document
        self.version = version

    @cached_property
    def entries(self) -> Mapping[str, ChecklistEntry]:
        in_use = self.document.checklists_in_use()
        return {entry.entry_id: entry for each in in_use for entry in each.entries}

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        return {each.checklist_id: each for each in self.document.checklists_in_use()}

    @cached_property
    def area_ids(self) -> frozenset[str]:
        return frozenset(area.area_id for area in self.document.areas)

    @cached_property
    def area_of_place(self) -> Mapping[str, str]:
        """The area that each named place lies in."""
        return {place.place_id: place.area_id for place in self.document.places}

    @cached_property
    def extent(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of everything that has been drawn; None when nothing has."""
        corners = [corner for area in self.document.areas for ring in area.polygon for corner in ring]
        if not corners:
            return None
        longitudes, latitudes = zip(*corners, strict=True)
        return min(longitudes), min(latitudes), max(longitudes), max(latitudes)

    def is_far_off(self, point: Coordinates) -> bool:
        """Whether a point lies long outside of everything that has been drawn, as swapped numbers do."""
        if self.extent is None:
            return False
        west, south, east, north = self.extent
        off = (
            west - point.longitude,
            point.longitude - east,
            south - point.latitude,
            point.latitude - north,
        )
        return max(off) > FAR_OFF_DEGREES

    @cached_property
    def reporters(self) -> Mapping[str, Reporter]:
        parties = {each.organisation_id: each.party for each in self.document.organisations}
        return {
            each.function_id: Reporter(each.function_id, each.organisation_id, parties[each.organisation_id])
            for each in self.document.functions
        }

    def period_named(self, written: str) -> ReportingPeriod | None:
        """The reporting period of this name, or None when the municipality has none such."""
        try:
            return self.document.rhythm.parse(written)
        except InvalidPeriod:
            return None

    def due_at(self, period: ReportingPeriod) -> datetime:
        """When what a period holds is due (stopptid)."""
        return period.due_at(self.document.deadline.weekday, self.document.deadline.time)

    def period_awaited(self, now: datetime) -> ReportingPeriod:
        """The period that is due next: it may be over, but its deadline has not passed."""
        period = self.document.rhythm.period_of(now)
        while self.due_at(period.previous) > now:
            period = period.previous
        return period

    def next_deadline(self, now: datetime) -> datetime:
        """When reports are due next (stopptid): those of the period that is awaited."""
        return self.due_at(self.period_awaited(now))
