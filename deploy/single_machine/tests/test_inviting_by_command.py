"""`est invite` as an operator types it: the first links, and what is refused before any is made."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from intake_house import intake_served
from typer.testing import CliRunner, Result

from est_chassis.testing import FreshDatabase
from est_single_machine.commands import app

Est = Callable[..., Result]


@pytest.fixture
def est(database: FreshDatabase, nats_url: str, tmp_path: Path) -> Iterator[Est]:
    with intake_served(database, nats_url, tmp_path) as (address, token):
        environment = {"EST_FRONT_URL": address, "EST_OPERATOR_KEY": token}

        def run(*words: str) -> Result:
            return CliRunner().invoke(app, list(words), env=environment)

        assert "est invite 0780 --all-coordinators" in run("set-up", "--template", "vaxjo").output
        yield run


def links(told: Result) -> list[str]:
    return re.findall(r"^    (http://\S+/invitation/[A-Za-z0-9_-]{43})$", told.output, re.MULTILINE)


def test_every_coordinator_gets_a_link_that_leads_to_the_seat(est: Est) -> None:
    told = est("invite", "0780", "--all-coordinators")

    landings = [httpx.get(link, timeout=30).text for link in links(told)]
    assert told.exit_code == 0
    assert len(landings) == told.output.count(" (ID ") == 5
    assert all("Ta platsen" in landing for landing in landings)
    assert "Växjö (0780): each link lets one phone or computer in, once, until 2" in told.output
    assert "/seats" in told.output


def test_a_link_that_went_astray_opens_nothing_more(est: Est) -> None:
    told = est("invite", "0780", "sakerhetschefen")
    (invitation_id,) = re.findall(r"\(ID ([0-9a-f-]{36})\)", told.output)

    revoked = est("invite", "0780", "--revoke", invitation_id)

    assert revoked.exit_code == 0
    assert httpx.get(links(told)[0], timeout=30).status_code == 409


def test_a_seat_that_is_not_there_is_told_before_any_link_is_made(est: Est) -> None:
    refused = est("invite", "0780", "sakerhetschefen", "nobody")

    assert refused.exit_code == 1
    assert links(refused) == []
    assert "has no seat nobody. Its coordinators' seats are sakerhetschefen" in str(refused.exception)


def test_whom_the_coordinators_invite_is_refused_and_what_was_made_before_is_shown(est: Est) -> None:
    refused = est("invite", "0780", "sakerhetschefen", "kvartersvardarna")

    assert refused.exit_code == 1
    assert "To this seat the coordinators invite themselves." in str(refused.exception)
    assert len(links(refused)) == 1


@pytest.mark.parametrize("words", [(), ("sakerhetschefen", "--all-coordinators")])
def test_one_says_whom_to_invite_in_one_way(est: Est, words: tuple[str, ...]) -> None:
    assert est("invite", "0780", *words).exit_code == 2
