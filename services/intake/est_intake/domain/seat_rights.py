"""What a coordinator may decide about seats: nobody comes to speak as another party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from est_contracts.vocabulary import (
    SEAT_ROLES,
    CollaborationDocument,
    FieldError,
    Function,
    NotInTheCollaboration,
    Organisation,
    Rejected,
    Role,
    Words,
)

#: A seat with no more than these roles is open: any coordinator of the municipality may offer it.
OPEN_ROLES = frozenset({Role.REPORTER, Role.RECIPIENT})

OTHERS_SEAT = Words(
    sv="Platsen får göra mer än att rapportera, och hör till en annan organisation. Organisationens egen"
    " samordnare ändrar den, eller den som driver huset.",
    en="The seat may do more than report, and belongs to another organisation. Its own coordinator changes"
    " it, or whoever runs the house.",
)
PARTY_OF_SEATS = Words(
    sv="För vilken part en organisation med samordnare talar ändras av den som driver huset.",
    en="For which party an organisation with coordinators speaks is changed by whoever runs the house.",
)
OTHERS_SIGNATURE = Words(
    sv="En annan part skulle inte längre underteckna. Partens egen samordnare ändrar det, eller den som"
    " driver huset.",
    en="Another party would no longer sign. Its own coordinator changes that, or whoever runs the house.",
)
ONE_SIGNS_FOR_ALL = Words(
    sv="I modell C undertecknar en samordnare för alla. Den som driver huset inför den.",
    en="In model C one coordinator signs for all. Whoever runs the house introduces it.",
)


class RightsAreNotYours(Rejected):
    """A coordinator's change would take over, or take away, what another organisation's seats may do."""

    code = "rights_are_not_yours"
    http_status = 422
    words = Words(
        sv="Ändringen rör vad andra organisationers platser får göra.",
        en="The change is about what seats of other organisations may do.",
    )


def is_open(seat: Function) -> bool:
    """It reports or receives, and does nothing else."""
    return OPEN_ROLES.issuperset(SEAT_ROLES.intersection(seat.roles))


def roles_in(seat: Function, *, open_roles_only: bool) -> frozenset[Role]:
    """What a link or a key to a seat opens.

    Made when the seat was open, perhaps by another organisation, it never opens more than that.
    """
    roles = SEAT_ROLES.intersection(seat.roles)
    return roles & OPEN_ROLES if open_roles_only else roles


def may_decide_about(seat: Function, *, document: CollaborationDocument, coordinator: str | None) -> bool:
    """Any coordinator about an open seat; about others those who answer for its organisation."""
    standing = Standing.of(coordinator, document)
    return is_open(seat) or standing.answers_for(_employer(seat, document))


def may_decide_about_key_of(
    function_id: str, *, document: CollaborationDocument, coordinator: str | None
) -> bool:
    """Whoever may decide about the seat; a key to a seat that is no more opens nothing, and is anybody's."""
    try:
        seat = document.function(function_id)
    except NotInTheCollaboration:
        return True
    return may_decide_about(seat, document=document, coordinator=coordinator)


def is_for_the_operator_to_offer(seat: Function, document: CollaborationDocument) -> bool:
    """A coordinator's seat, and one that no coordinator may decide about: somebody has to come in first."""
    coordinators = document.functions_with(Role.COORDINATOR)
    return Role.COORDINATOR in seat.roles or not any(
        may_decide_about(seat, document=document, coordinator=each.function_id) for each in coordinators
    )


@dataclass(frozen=True)
class Standing:
    """A coordinator in a version of the set-up."""

    document: CollaborationDocument
    own: Organisation | None

    @classmethod
    def of(cls, coordinator: str | None, document: CollaborationDocument) -> Standing:
        try:
            function = document.function(coordinator or "")
        except NotInTheCollaboration:
            return cls(document, None)
        return cls(document, document.organisation(function.organisation_id))

    def answers_for(self, organisation: Organisation) -> bool:
        """One's own organisation, and one of the same party that has no coordinator itself."""
        if self.own is None or organisation.party is not self.own.party:
            return False
        coordinated = {each.organisation_id for each in self.document.functions_with(Role.COORDINATOR)}
        is_own = organisation.organisation_id == self.own.organisation_id
        return is_own or organisation.organisation_id not in coordinated


def refuse_rights_of_others(
    before: CollaborationDocument, after: CollaborationDocument, *, coordinator: str | None
) -> None:
    """Raise a refusal that names each place in which a coordinator goes beyond what is theirs."""
    standing = Standing.of(coordinator, before)
    errors = (
        *_others_seats(standing, after),
        *_others_seats_removed(standing, after),
        *_parties_changed(before, after),
        *_signatures_taken_away(standing, after),
        *_one_comes_to_sign_for_all(before, after),
    )
    if errors:
        raise RightsAreNotYours(errors=errors)


def _others_seats(standing: Standing, after: CollaborationDocument) -> Iterator[FieldError]:
    """What a seat may do, and for whom, in both versions."""
    before = {each.function_id: each for each in standing.document.functions}
    for place, seat in enumerate(after.functions):
        was = before.get(seat.function_id)
        if was is not None and _rights(was) == _rights(seat):
            continue
        versions = [(seat, after), *([(was, standing.document)] if was else [])]
        does_more = any(not is_open(each) for each, _document in versions)
        if does_more and not all(standing.answers_for(_employer(*version)) for version in versions):
            has_moved = was is not None and was.organisation_id != seat.organisation_id
            field = "organisation_id" if has_moved else "roles"
            yield FieldError(f"functions.{place}.{field}", OTHERS_SEAT)


def _others_seats_removed(standing: Standing, after: CollaborationDocument) -> Iterator[FieldError]:
    before, left = standing.document, {each.function_id for each in after.functions}
    gone = [each for each in before.functions if each.function_id not in left and not is_open(each)]
    if not all(standing.answers_for(_employer(each, before)) for each in gone):
        yield FieldError("functions", OTHERS_SEAT)


def _parties_changed(before: CollaborationDocument, after: CollaborationDocument) -> Iterator[FieldError]:
    """One's own, too: its seats would speak for the other party."""
    parties = {each.organisation_id: each.party for each in before.organisations}
    seats = (*before.functions, *after.functions)
    doing_more = {each.organisation_id for each in seats if not is_open(each)}
    for place, organisation in enumerate(after.organisations):
        was = parties.get(organisation.organisation_id, organisation.party)
        if was is not organisation.party and organisation.organisation_id in doing_more:
            yield FieldError(f"organisations.{place}.party", PARTY_OF_SEATS)


def _signatures_taken_away(standing: Standing, after: CollaborationDocument) -> Iterator[FieldError]:
    own = standing.own.party if standing.own else None
    silenced = set(standing.document.signatories) - set(after.signatories)
    if silenced - {own}:
        yield FieldError("signed_by", OTHERS_SIGNATURE)


def _one_comes_to_sign_for_all(
    before: CollaborationDocument, after: CollaborationDocument
) -> Iterator[FieldError]:
    if after.organisation_model == "C" and before.organisation_model != "C":
        yield FieldError("organisation_model", ONE_SIGNS_FOR_ALL)


def _rights(seat: Function) -> tuple[str, frozenset[Role]]:
    return seat.organisation_id, SEAT_ROLES.intersection(seat.roles)


def _employer(seat: Function, document: CollaborationDocument) -> Organisation:
    return document.organisation(seat.organisation_id)
