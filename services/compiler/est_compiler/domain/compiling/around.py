"""Around the compiling of a picture: which picture, by which set-up, and by whom."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

from est_compiler.domain.compiling.refusals import CompilingIsForCoordinators
from est_contracts.vocabulary import (
    A_MONDAY,
    CollaborationDocument,
    NotInTheCollaboration,
    Party,
    PeriodKind,
    PicturePeriod,
    PictureScope,
    PictureTemplate,
    Role,
)

WHOLE = PictureScope()
COMPILATIONS = UUID("b6f7a7c1-2a4b-5a5c-8f0e-6f2f4a1f9e52")


@dataclass(frozen=True, slots=True)
class PictureKey:
    """Which picture: a municipality, a period, a part of the municipality."""

    municipality: str
    period: PicturePeriod
    scope: PictureScope = WHOLE

    def areas_in(self, document: CollaborationDocument) -> frozenset[str]:
        """The areas that the picture is about."""
        named = self.scope.area_ids(document, quarter=quarter_of(self.period))
        return frozenset(area.area_id for area in document.areas) if named is None else named


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Who acts: a function, on the side of a party."""

    function: str
    party: Party


@dataclass(frozen=True, slots=True)
class Around:
    """What one must know to work on a picture: which one, the set-up in force, and who is at work."""

    key: PictureKey
    #: In force when the period was due: what the picture is about, and how it is laid out.
    document: CollaborationDocument
    by: Coordinator
    #: In force now, where it is another one: who compiles, who signs, and whether anyone may read it.
    since: CollaborationDocument | None = None

    @property
    def in_force(self) -> CollaborationDocument:
        """The set-up of today: what people do now is done by it."""
        return self.since or self.document

    @property
    def area_ids(self) -> frozenset[str]:
        """The areas that the picture is about."""
        return self.key.areas_in(self.document)

    @property
    def areas_to_assess(self) -> frozenset[str]:
        """Districts are assessed where there is nothing smaller in them."""
        return self.area_ids - {area.within for area in self.document.areas}

    @property
    def template(self) -> PictureTemplate:
        return self.document.template(self.key.period.kind)

    @property
    def meets_to_compile(self) -> bool:
        """Organisation model C: the picture is made during the meeting, by one who writes for all."""
        return self.in_force.organisation_model == "C"

    def assesses_for(self, party: Party) -> bool:
        """Each party assesses for itself; in the meeting of model C one writes for all."""
        return party is self.by.party or self.meets_to_compile


def coordinator_in(document: CollaborationDocument, function_id: str | None) -> Coordinator:
    """The coordinator who has this seat; nobody else compiles."""
    try:
        function = document.function(function_id or "")
        party = document.organisation(function.organisation_id).party
    except NotInTheCollaboration:
        raise CompilingIsForCoordinators from None
    if Role.COORDINATOR not in function.roles:
        raise CompilingIsForCoordinators
    return Coordinator(function.function_id, party)


def compilation_id(municipality: str, period: str, scope: str) -> UUID:
    """The same period of the same part of a municipality is always the same compilation."""
    return uuid5(COMPILATIONS, f"{municipality}/{period}/{scope}")


def quarter_of(period: PicturePeriod) -> str:
    """The quarter whose priority areas count: the one in which the period ends."""
    return f"{period.last_day.year}-Q{(period.last_day.month - 1) // 3 + 1}"


def compiling_function(
    document: CollaborationDocument, period: PicturePeriod, scope: PictureScope | None = None
) -> str | None:
    """Whose turn it is to compile: they take turns by the period's number, as those on duty allow.

    A local group's picture is compiled by its own members where any of those who compile sit in it.
    """
    members = {
        member
        for group in document.local_groups
        if scope is not None and scope.names == (group.group_id,)
        for member in group.members
    }
    turns = tuple(each for each in document.compilers if each in members) or document.compilers
    if not turns:
        return None
    in_turn = turns[_number(period) % len(turns)]
    return document.filled_by(in_turn, period.last_day + timedelta(days=1))


def _number(period: PicturePeriod) -> int:
    """Consecutive periods of a kind have consecutive numbers, over the turn of the year too."""
    if period.kind in (PeriodKind.WEEK, PeriodKind.FORTNIGHT):
        return (period.first_day - A_MONDAY).days // period.day_count
    months = 12 * period.first_day.year + period.first_day.month - 1
    return months // _months_of(period)


def _months_of(period: PicturePeriod) -> int:
    after = period.next.first_day
    return 12 * (after.year - period.first_day.year) + after.month - period.first_day.month
