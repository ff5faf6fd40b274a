"""Invitations and devices: what stands in the way of taking a seat, and how it is left."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from est_contracts.example_collaboration import example_collaboration
from est_intake.domain.device import Device
from est_intake.domain.invitation import (
    TERMS,
    Invitation,
    InvitationHasExpired,
    InvitationIsRevoked,
    InvitationIsUsed,
    InvitationKind,
)

NOW = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)


def invitation(kind: InvitationKind = InvitationKind.PERSONAL) -> Invitation:
    return Invitation.to(
        example_collaboration().function("bovard_norrangen"),
        municipality="9901",
        kind=kind,
        link_sha256="a" * 64,
        by_function="samordnaren",
        now=NOW,
    )


def test_a_revoked_link_binds_nothing() -> None:
    link = invitation()
    link.revoke(by_function="samordnaren")

    with pytest.raises(InvitationIsRevoked):
        link.use(uuid4(), now=NOW)


@pytest.mark.parametrize("kind", InvitationKind)
def test_a_link_that_is_too_old_binds_nothing(kind: InvitationKind) -> None:
    link = invitation(kind)

    link.use(uuid4(), now=NOW + TERMS[kind].lives_for - timedelta(seconds=1))
    with pytest.raises(InvitationHasExpired):
        invitation(kind).use(uuid4(), now=NOW + TERMS[kind].lives_for)


def test_a_personal_link_binds_one_device_only() -> None:
    link = invitation()
    link.use(uuid4(), now=NOW)

    with pytest.raises(InvitationIsUsed):
        link.use(uuid4(), now=NOW)


def test_a_link_on_the_wall_binds_a_whole_team_and_then_no_more() -> None:
    link = invitation(InvitationKind.SHARED)
    for _member in range(TERMS[InvitationKind.SHARED].devices):
        link.use(uuid4(), now=NOW)

    with pytest.raises(InvitationIsUsed):
        link.use(uuid4(), now=NOW)


def test_the_same_device_uses_a_link_once_also_when_the_link_is_used_up() -> None:
    link, device = invitation(), uuid4()
    link.use(device, now=NOW)
    link.use(device, now=NOW)

    assert link.devices == (device,)
    assert link.version == 2


def test_revoking_twice_is_revoking_once() -> None:
    link = invitation()
    link.revoke(by_function="samordnaren")
    link.revoke(by_function="kommunpolisen")

    assert link.version == 2


def test_a_device_is_let_go_once() -> None:
    device = Device.bound_to(
        "bovard_norrangen",
        municipality="9901",
        token_sha256="b" * 64,
        invitation_id=uuid4(),
        open_roles_only=True,
    )

    device.let_go(by_function="samordnaren", by_itself=False)
    device.let_go(by_function="bovard_norrangen", by_itself=True)

    assert not device.is_bound
    assert device.version == 2


def test_links_and_devices_recorded_before_it_was_said_what_they_open_can_still_be_read() -> None:
    made = without_what_they_open(invitation().collect_events()[0])
    bound = without_what_they_open(
        Device.bound_to(
            "bovard_norrangen",
            municipality="9901",
            token_sha256="b" * 64,
            invitation_id=uuid4(),
            open_roles_only=True,
        ).collect_events()[0]
    )

    link, device = made.mutate(None), bound.mutate(None)

    assert isinstance(link, Invitation) and isinstance(device, Device)
    assert (link.open_roles_only, device.open_roles_only) == (False, False)


def without_what_they_open(event: Any) -> Any:
    recorded = object.__new__(type(event))
    told = {name: told for name, told in event.__dict__.items() if name != "open_roles_only"}
    recorded.__dict__.update(told)
    return recorded
