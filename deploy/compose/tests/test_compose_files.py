"""The containers' files: valid, hardened, and in step with the services they start."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from est_chassis.settings import ServiceSettings
from make_secrets import main as make_secrets
from write_compose import HERE, SERVICES, generated

COMPOSE: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text(encoding="utf-8"))
PROGRAMS = Path(sys.executable).parent


def run(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, **environment}
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, env=own)


@pytest.mark.parametrize("path", list(generated()), ids=lambda path: path.name)
def test_what_follows_from_the_services_is_up_to_date(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == generated()[path], (
        "run: python deploy/compose/write_compose.py"
    )


def test_the_compose_file_is_one() -> None:
    schema = "vendor.compose-spec"
    checked = run(PROGRAMS / "check-jsonschema", "--builtin-schema", schema, HERE / "compose.yaml")

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("service", SERVICES)
def test_the_dockerfiles_please_the_linter(service: str) -> None:
    checked = run(PROGRAMS / "hadolint", HERE / "dockerfiles" / f"{service}.Dockerfile")

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", list(COMPOSE["services"]))
def test_every_container_is_hardened(name: str) -> None:
    container = COMPOSE["services"][name]

    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert not container.get("privileged")


@pytest.mark.parametrize("service", SERVICES)
def test_no_image_runs_as_root_and_each_says_how_it_feels(service: str) -> None:
    dockerfile = (HERE / "dockerfiles" / f"{service}.Dockerfile").read_text()

    assert re.findall(r"^USER (.*)$", dockerfile, re.M) == ["10001:10001"]
    assert "HEALTHCHECK" in dockerfile
    assert f'CMD ["python", "-m", "est_{service}"]' in dockerfile


def test_only_the_front_door_is_reached_from_outside() -> None:
    open_to_all = {name for name, container in COMPOSE["services"].items() if "ports" in container}

    assert open_to_all == {"front-door"}
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert COMPOSE["services"]["front-door"]["networks"] == ["front"]


def test_every_image_has_a_version() -> None:
    ours = {f"est-{service}" for service in SERVICES}
    others = {container["image"] for container in COMPOSE["services"].values()} - ours

    assert all(re.search(r":\d", image) for image in others)


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_that_is_handed_over_exists(service: str) -> None:
    known = {f"EST_{name.upper()}" for name in settings_of(service).model_fields}
    container = COMPOSE["services"][service]
    secrets = {secret["target"].upper() for secret in container["secrets"]} - {"API_KEYS.JSON"}

    assert set(container["environment"]) | secrets <= known


@pytest.mark.parametrize("service", SERVICES)
def test_the_services_believe_the_front_door_about_addresses_and_nobody_else_gets_in(service: str) -> None:
    container = COMPOSE["services"][service]

    assert container["environment"]["EST_FRONT_DOOR_ADDRESSES"] == "*"
    assert "ports" not in container
    caddyfile = (HERE / "Caddyfile").read_text(encoding="utf-8")
    assert "header_up X-Forwarded-For {client_ip}" in caddyfile
    # Without the second the client's own word, which stands first, would be believed.
    assert "trusted_proxies static {$EST_TRUSTED_PROXIES:}\n\t\ttrusted_proxies_strict\n" in caddyfile
    assert (
        COMPOSE["services"]["front-door"]["environment"]["EST_TRUSTED_PROXIES"] == "${EST_TRUSTED_PROXIES:-}"
    )


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_secrets_of_its_own_and_none_of_the_others(service: str) -> None:
    sources = {secret["source"] for secret in COMPOSE["services"][service]["secrets"]}

    assert {f"{service}_database_url", f"{service}_nats_password"} <= sources
    assert not {
        source for source in sources for other in SERVICES if other != service and source.startswith(other)
    }
    assert not sources & {"owner_password", "owner_database_url", "postgres_password"}


def test_the_secrets_are_made_once_and_closed_to_others(tmp_path: Path) -> None:
    make_secrets(tmp_path / "secrets")
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    make_secrets(tmp_path / "secrets")

    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == first
    assert {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()} == set(first)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_secrets_become_settings_at_the_entrance(tmp_path: Path) -> None:
    (tmp_path / "est_session_secret").write_text("quiet as a mouse, $HOME and all\n")
    (tmp_path / "api_keys.json").write_text("[]")

    entered = run(
        HERE / "entrypoint.sh",
        "sh",
        "-c",
        'printf %s "$EST_SESSION_SECRET"',
        EST_SECRETS_DIRECTORY=str(tmp_path),
    )

    assert entered.stdout == "quiet as a mouse, $HOME and all"


def test_the_front_door_knows_every_path_of_every_service() -> None:
    caddyfile = (HERE / "Caddyfile").read_text()
    patterns = dict(re.findall(r"@(\w+) path_regexp (\S+)", caddyfile))

    assert set(patterns) == {*SERVICES, "frame"}
    assert owners("/v1/reports:batch", patterns) == ["intake"]
    assert owners("/v1/municipalities/9901/pictures/2026-W47", patterns) == ["compiler"]
    assert owners("/v1/municipalities/9901/live", patterns) == ["notifier"]
    assert owners("/static/notifier/live.js", patterns)[0] == "notifier"
    assert owners("/v1/reportsandmore", patterns) == []


def owners(path: str, patterns: dict[str, str]) -> list[str]:
    return [service for service, pattern in patterns.items() if re.search(pattern, path)]


def settings_of(service: str) -> type[ServiceSettings]:
    __import__(f"est_{service}.settings")
    module = sys.modules[f"est_{service}.settings"]
    found: type[ServiceSettings] = getattr(module, f"{service.capitalize()}Settings")
    return found
