"""What somebody outside the collaboration has told of, until a coordinator decides whether it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.guard import FINDING_WORDS, refuses
from est_contracts.vocabulary import (
    ChecklistEntry,
    Coordinates,
    FieldError,
    Polarity,
    Rejected,
    Scope,
    Tense,
    Words,
)
from est_intake.domain.collaboration import SetUpInUse

LONGEST_TEXT = 4_000
LONGEST_ADDRESS = 120
#: Control characters, and those that turn the direction of writing around.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class PublicReportState(StrEnum):
    """Where a public report stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class RejectionReason(StrEnum):
    """Why a public report does not count."""

    NOT_FOR_EST = "not_for_est"
    ALREADY_KNOWN = "already_known"
    POINTS_OUT_SOMEBODY = "points_out_somebody"
    NOT_SERIOUS = "not_serious"
    NOBODY_DECIDED = "nobody_decided"


#: Those that a coordinator chooses from; the last is said by the house itself.
REASONS_TO_REJECT = tuple(reason for reason in RejectionReason if reason != RejectionReason.NOBODY_DECIDED)
REJECTION_REASON_WORDS: Mapping[RejectionReason, Words] = MappingProxyType(
    {
        RejectionReason.NOT_FOR_EST: Words(sv="Hör inte hit", en="Does not belong here"),
        RejectionReason.ALREADY_KNOWN: Words(sv="Redan känt", en="Known already"),
        RejectionReason.POINTS_OUT_SOMEBODY: Words(sv="Pekar ut någon", en="Points somebody out"),
        RejectionReason.NOT_SERIOUS: Words(sv="Inte på allvar", en="Not meant in earnest"),
        RejectionReason.NOBODY_DECIDED: Words(
            sv="Ingen hann avgöra det i tid", en="Nobody decided about it in time"
        ),
    }
)


class MunicipalityIsNotOpen(Rejected):
    """The municipality takes no reports from the public here; so does one that does not take part."""

    code = "municipality_is_not_open"
    http_status = 404
    words = Words(
        sv="Kommunen tar inte emot rapporter från allmänheten här.",
        en="The municipality takes no reports from the public here.",
    )


class PublicReportIsRefused(Rejected):
    """What was told cannot be taken in as it stands; each field that stands in the way is named."""

    code = "public_report_is_refused"
    http_status = 422
    words = Words(
        sv="Tipset är inte mottaget. Rätta det som står nedan och skicka igen.",
        en="The report is not taken in. Correct what is said below and send it again.",
    )


class PublicReportIsDecided(Rejected):
    """Somebody has accepted or rejected it already."""

    code = "public_report_is_decided"
    words = Words(sv="Tipset är redan avgjort.", en="The report has already been decided on.")


@dataclass(frozen=True)
class PublicNotice:
    """What somebody has told. Who it was is not asked, and not kept when it is said."""

    request_id: UUID
    municipality: str
    checklist_entry: str
    text: str = ""
    # A street without its number, when no point was given.
    address: str = ""
    area: str | None = None
    point: Coordinates | None = None

    def refuse_unless_sound(self, set_up: SetUpInUse, *, today: date) -> None:
        """Raise a refusal that names every field in the way, or nothing."""
        errors: list[FieldError] = []
        if self.checklist_entry not in public_entries(set_up):
            errors += _error(
                "service_code",
                sv="Välj en av kommunens tjänster.",
                en="Choose one of the municipality's services.",
            )
        if self.area is not None and self.area not in set_up.area_ids:
            errors += _error(
                "area", sv="Välj ett av kommunens områden.", en="Choose one of the municipality's areas."
            )
        if self.point is not None and set_up.is_far_off(self.point):
            errors += _error(
                "lat",
                sv="Platsen ligger långt utanför kommunen. Se efter att lat och long står på rätt plats.",
                en="The place lies far outside the municipality. See that lat and long are the right way.",
            )
        if len(self.text) > LONGEST_TEXT:
            errors += _error(
                "description",
                sv=f"Skriv högst {LONGEST_TEXT} tecken.",
                en=f"Write at most {LONGEST_TEXT} characters.",
            )
        errors += [FieldError("description", FINDING_WORDS[each]) for each in refuses(self.text, today=today)]
        if errors:
            raise PublicReportIsRefused(errors=errors)


def public_entries(set_up: SetUpInUse) -> Mapping[str, ChecklistEntry]:
    """What the public may tell of: what has happened here and is no good."""
    return {
        entry_id: entry
        for entry_id, entry in set_up.entries.items()
        if entry.tense is Tense.OCCURRED
        and entry.scope is not Scope.ELSEWHERE
        and entry.polarity is not Polarity.POSITIVE
    }


def coarse_address(written: str) -> str:
    """The street without number, entrance or postcode: 'Storgatan 12 B, 703 61 Örebro' is 'Storgatan'."""
    return re.split(r"\d", seen(written), maxsplit=1)[0].strip(" ,.-")[:LONGEST_ADDRESS]


def seen(written: str) -> str:
    """The text in the composed form (NFC), without what nobody can see."""
    return unicodedata.normalize("NFC", HIDDEN.sub("", written)).strip()


class PublicReport(Aggregate):
    """A report from the public (tips från allmänheten): counts only when a coordinator has accepted it.

    Its words lie beside the log until then; when it is rejected, they are erased in the same moment.
    What nobody decides on is rejected by the house itself when its time is out.
    """

    TOPIC = "intake.public_report"

    class Event(Aggregate.Event):
        """Something that has happened to a public report."""

        municipality: str
        request_id: UUID

    class Received(Event, Aggregate.Created):
        """Somebody has told of something."""

        TOPIC = "intake.public_report.received"
        checklist_entry: str
        area: str | None
        point: dict[str, Any] | None
        has_text: bool
        # The last day on which its words are kept undecided; earlier events have none.
        kept_through: str | None = None

    # The library wants this name as soon as TOPIC is set.
    Created = Received

    class Accepted(Event):
        """A coordinator lets it count: there is an incident report now, with the same ID."""

        TOPIC = "intake.public_report.accepted"
        checklist_entry: str
        area: str | None
        by_function: str | None

    class Rejected(Event):
        """It does not count, and its words are gone."""

        TOPIC = "intake.public_report.rejected"
        reason: str
        by_function: str | None

    @classmethod
    def create_id(cls, municipality: str, request_id: UUID) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:public_report:{municipality}:{request_id}")

    @classmethod
    def told(cls, notice: PublicNotice, *, area: str | None, kept_through: date | None) -> Self:
        return cls(
            municipality=notice.municipality,
            request_id=notice.request_id,
            checklist_entry=notice.checklist_entry,
            area=area,
            point=notice.point.model_dump() if notice.point else None,
            has_text=bool(notice.text or notice.address),
            kept_through=kept_through.isoformat() if kept_through else None,
        )

    @event(Received)
    def __init__(  # noqa: PLR0913 - the library makes the creation event of these
        self,
        *,
        municipality: str,
        request_id: UUID,
        checklist_entry: str,
        area: str | None,
        point: dict[str, Any] | None,
        has_text: bool,
        kept_through: str | None = None,
    ) -> None:
        self.municipality = municipality
        self.request_id = request_id
        self.checklist_entry = checklist_entry
        self.area = area
        self.point = Coordinates.model_validate(point) if point else None
        self.kept_through = date.fromisoformat(kept_through) if kept_through else None
        self.state = PublicReportState.WAITING

    def accept(self, *, checklist_entry: str, area: str | None, by_function: str | None) -> None:
        """Let it count, as what the coordinator found it to be."""
        self._refuse_when_decided()
        self._accepted(
            municipality=self.municipality,
            request_id=self.request_id,
            checklist_entry=checklist_entry,
            area=area,
            by_function=by_function,
        )

    def reject(self, reason: RejectionReason, *, by_function: str | None) -> None:
        self._refuse_when_decided()
        self._rejected(
            municipality=self.municipality,
            request_id=self.request_id,
            reason=reason,
            by_function=by_function,
        )

    def let_go(self, *, today: date, unless_said: date | None) -> None:
        """Its time is out and nobody has decided; when it has time left, or is decided on, nothing happens.

        `unless_said` is the last day for one that was received without.
        """
        last_day = self.kept_through or unless_said
        if self.state is PublicReportState.WAITING and last_day is not None and last_day < today:
            self._rejected(
                municipality=self.municipality,
                request_id=self.request_id,
                reason=RejectionReason.NOBODY_DECIDED,
                by_function=None,
            )

    def _refuse_when_decided(self) -> None:
        if self.state is not PublicReportState.WAITING:
            raise PublicReportIsDecided

    @event(Accepted)
    def _accepted(
        self,
        municipality: str,
        request_id: UUID,
        *,
        checklist_entry: str,
        area: str | None,
        by_function: str | None,
    ) -> None:
        self.state = PublicReportState.ACCEPTED

    @event(Rejected)
    def _rejected(self, municipality: str, request_id: UUID, *, reason: str, by_function: str | None) -> None:
        self.state = PublicReportState.REJECTED


def _error(field: str, *, sv: str, en: str) -> Sequence[FieldError]:
    return [FieldError(field, Words(sv=sv, en=en))]
