"""Secrets are made once and read by nobody else; of keys only hashes are kept."""

import json
from pathlib import Path

import pytest

from est_chassis.web.api_keys import ApiKeys
from est_contracts.vocabulary import Party, Role
from est_single_machine.keys import (
    DEMO_SECRET,
    KeyExists,
    KeyHolder,
    add_key,
    keep_house_keys,
    valboas_reporter,
)
from est_single_machine.state import RunningHouse, StateDirectory

GUARDS = KeyHolder(
    key_id="guards",
    name="Väktarappen",
    roles=(Role.REPORTER,),
    municipality="1880",
    function="vaktare_centrum",
    organisation="vaktbolaget",
    party=Party.MUNICIPALITY,
)


@pytest.fixture
def state(tmp_path: Path) -> StateDirectory:
    directory = StateDirectory(tmp_path / "state")
    directory.create()
    return directory


def test_secrets_are_made_once(state: StateDirectory) -> None:
    assert state.secrets() == StateDirectory(state.path).secrets()


def test_secrets_and_logs_are_closed_to_everybody_else(state: StateDirectory) -> None:
    state.secrets()

    assert (state.path / "secrets.json").stat().st_mode & 0o077 == 0
    assert state.logs.stat().st_mode & 0o077 == 0


def test_a_house_that_is_up_is_known_until_it_is_forgotten(state: StateDirectory) -> None:
    house = RunningHouse(
        front_url="http://127.0.0.1:8000",
        front_pid=1,
        service_urls={},
        operator_token="est_operator_x",
        demo=True,
    )
    state.note_running(house)
    assert state.running() == house

    state.forget_running()
    assert state.running() is None


def test_the_demo_keys_open_the_doors_they_are_meant_for(state: StateDirectory) -> None:
    token = keep_house_keys(
        state.api_keys_file, operator_secret=DEMO_SECRET, demo_reporter=valboas_reporter()
    )

    keys = ApiKeys(state.api_keys_file)
    operator, reporter = keys.caller(token), keys.caller("est_demo_valboas-demo")
    assert operator is not None and operator.roles == {Role.OPERATOR} and operator.municipality is None
    assert reporter is not None and (reporter.municipality, reporter.function) == ("9901", "faltgruppen")


def test_without_the_demo_its_keys_are_gone(state: StateDirectory) -> None:
    keep_house_keys(state.api_keys_file, operator_secret=DEMO_SECRET, demo_reporter=valboas_reporter())
    keep_house_keys(state.api_keys_file, operator_secret="another", demo_reporter=None)

    keys = ApiKeys(state.api_keys_file)
    assert keys.caller("est_demo_valboas-demo") is None
    assert keys.caller("est_operator_valboas-demo") is None


def test_a_new_key_works_and_only_its_hash_is_kept(state: StateDirectory) -> None:
    token = add_key(state.api_keys_file, GUARDS)

    caller = ApiKeys(state.api_keys_file).caller(token)
    assert caller is not None and caller.function == "vaktare_centrum"
    assert token not in state.api_keys_file.read_text()
    assert state.api_keys_file.stat().st_mode & 0o077 == 0


def test_a_restart_keeps_the_keys_of_others(state: StateDirectory) -> None:
    token = add_key(state.api_keys_file, GUARDS)
    keep_house_keys(state.api_keys_file, operator_secret="x", demo_reporter=None)

    assert ApiKeys(state.api_keys_file).caller(token) is not None


def test_a_name_is_given_to_one_key_only(state: StateDirectory) -> None:
    add_key(state.api_keys_file, GUARDS)

    with pytest.raises(KeyExists):
        add_key(state.api_keys_file, GUARDS)
    assert len(json.loads(state.api_keys_file.read_text())) == 1
