"""Every service has the same rooms, and every package the same papers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from house import HOUSE, PACKAGES, SERVICES, shown

ROOMS = (
    "__init__.py",
    "__main__.py",
    "api.py",
    "application.py",
    "domain/__init__.py",
    "pages/__init__.py",
    "publications.py",
    "py.typed",
    "read_models/__init__.py",
    "service.py",
    "settings.py",
    "subscriptions.py",
)

# Who tells the world outside has channels; who makes what is read in many forms has formats;
# who is asked what no single read model can answer has questions.
EXTRA_ROOMS = {
    "intake": {"questions"},
    "compiler": {"formats", "questions"},
    "notifier": {"channels", "channels.py"},
}

# What pages are made of, beside the rooms.
FURNITURE = {"templates", "static", "__pycache__"}

HEADINGS = ["## Owns", "## Hears", "## Tells", "## Run it alone"]


def test_the_four_services_stand() -> None:
    assert set(SERVICES) == {"intake", "compiler", "analysis", "notifier"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_the_same_rooms(service: str) -> None:
    package = PACKAGES[f"est_{service}"] / f"est_{service}"

    assert [room for room in ROOMS if not stands(package, room)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_a_room_of_its_own(service: str) -> None:
    package = PACKAGES[f"est_{service}"] / f"est_{service}"
    known = (
        {name for room in ROOMS for name in (room.split("/")[0], room.removesuffix(".py"))}
        | EXTRA_ROOMS.get(service, set())
        | FURNITURE
    )

    assert {path.name for path in package.iterdir()} - known == set()


@pytest.mark.parametrize("folder", PACKAGES.values(), ids=PACKAGES)
def test_every_package_has_tests_of_its_own(folder: Path) -> None:
    assert list((folder / "tests").rglob("test_*.py")), f"{shown(folder)} has no tests"


@pytest.mark.parametrize("folder", PACKAGES.values(), ids=PACKAGES)
def test_every_readme_has_the_same_four_headings(folder: Path) -> None:
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("## ")] == HEADINGS


@pytest.mark.parametrize(("package", "folder"), PACKAGES.items(), ids=PACKAGES)
def test_every_package_presents_itself_alike(package: str, folder: Path) -> None:
    project = project_of(folder)

    assert project["name"] == package.replace("_", "-")
    assert project["version"] == "0.1.0"
    assert project["requires-python"] == ">=3.11"
    assert project["license"] == "EUPL-1.2"
    assert (folder / package / "py.typed").exists()


@pytest.mark.parametrize("folder", PACKAGES.values(), ids=PACKAGES)
def test_versions_are_pinned_in_one_place_only(folder: Path) -> None:
    project = project_of(folder)
    extras = project.get("optional-dependencies", {}).values()
    needs = [*project["dependencies"], *(need for extra in extras for need in extra)]

    assert [need for need in needs if any(sign in need for sign in "<>=~")] == []


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in HOUSE.rglob("test_*.py") if ".venv" not in path.parts]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def stands(package: Path, room: str) -> bool:
    """A room with much in it is a package: application.py, or application/__init__.py."""
    return (package / room).exists() or (package / room.removesuffix(".py") / "__init__.py").exists()


def project_of(folder: Path) -> dict[str, Any]:
    with (folder / "pyproject.toml").open("rb") as written:
        project: dict[str, Any] = tomllib.load(written)["project"]
    return project
