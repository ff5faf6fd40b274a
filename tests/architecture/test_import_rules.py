"""Who may import whom: every rule of the style guide is broken once on purpose, and import-linter bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from house import HOUSE, PACKAGES

RULE_1 = "1. Services never import each other"
RULE_2 = "2. single_machine -> services -> chassis -> contracts"
RULE_3 = "3. In a service:"
RULE_4 = "4. domain imports"
RULE_5 = "5. Messages are met"
RULE_6 = "6. Questions ask read models"

BREACHES = [
    pytest.param(RULE_1, "est_intake/service.py", "import est_compiler", id="a service imports another"),
    pytest.param(RULE_1, "est_notifier/settings.py", "import est_analysis.domain", id="a domain elsewhere"),
    pytest.param(RULE_2, "est_chassis/clock.py", "import est_intake", id="the chassis knows a service"),
    pytest.param(
        RULE_2, "est_contracts/__init__.py", "import est_chassis", id="contracts stand on the chassis"
    ),
    pytest.param(
        RULE_2, "est_compiler/service.py", "import est_single_machine", id="a service knows its host"
    ),
    pytest.param(
        RULE_3, "est_intake/application/__init__.py", "import est_intake.api", id="a use case knows its door"
    ),
    pytest.param(RULE_3, "est_compiler/api.py", "import est_compiler.pages", id="one door knows another"),
    pytest.param(
        RULE_3, "est_analysis/settings.py", "import est_analysis.domain", id="settings know the domain"
    ),
    pytest.param(
        RULE_3,
        "est_compiler/application.py",
        "import est_compiler.read_models",
        id="a use case asks a read model",
    ),
    pytest.param(
        RULE_3,
        "est_compiler/read_models/facts.py",
        "import est_compiler.questions.counts",
        id="a read model knows what is asked of many",
    ),
    pytest.param(RULE_3, "est_notifier/api.py", "import est_notifier.service", id="a door knows the whole"),
    pytest.param(RULE_3, "est_intake/odds_and_ends.py", "", id="a room that no other service has"),
    pytest.param(RULE_4, "est_intake/domain/__init__.py", "import structlog", id="the domain logs"),
    pytest.param(RULE_4, "est_compiler/domain/__init__.py", "import time", id="the domain asks for the time"),
    pytest.param(
        RULE_4, "est_analysis/domain/__init__.py", "import est_chassis.clock", id="the domain has a clock"
    ),
    pytest.param(
        RULE_4,
        "est_notifier/domain/__init__.py",
        "from eventsourcing.application import Application",
        id="the domain knows where it is stored",
    ),
    pytest.param(RULE_4, "est_intake/domain/__init__.py", "import pydantic", id="the domain reads requests"),
    pytest.param(
        RULE_5,
        "est_compiler/application.py",
        "from est_contracts.messages import IncidentReported",
        id="a use case knows messages",
    ),
    pytest.param(
        RULE_5, "est_intake/pages/__init__.py", "import est_contracts.messages.intake", id="a page tells"
    ),
    pytest.param(
        RULE_5,
        "est_intake/api/__init__.py",
        "from est_contracts.messages.intake import IncidentReported",
        id="the API tells",
    ),
    pytest.param(
        RULE_5,
        "est_compiler/questions/known.py",
        "import est_contracts.messages.intake",
        id="a question hears",
    ),
    pytest.param(
        RULE_6, "est_intake/questions/__init__.py", "import est_intake.application", id="a question acts"
    ),
    pytest.param(
        RULE_6, "est_compiler/questions/editions.py", "import est_compiler.formats", id="a question writes"
    ),
]


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every package, its Python only, in a place where it may be broken."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(HOUSE / "pyproject.toml", copy)
    for package, folder in PACKAGES.items():
        for module in (folder / package).rglob("*.py"):
            target = copy / package / module.relative_to(folder / package)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, target)
    return copy


@contextmanager
def written_into(module: Path, line: str) -> Iterator[None]:
    """A line more at the end of a module, until the block ends."""
    before = module.read_bytes() if module.exists() else None
    module.write_bytes((before or b"") + f"\n{line}\n".encode())
    try:
        yield
    finally:
        if before is None:
            module.unlink()
        else:
            module.write_bytes(before)


def lint(folder: Path) -> tuple[int, str]:
    """What `make check` says about the import rules of a house, on one line for each finding."""
    search = os.pathsep.join([str(folder), str(HOUSE / "tests" / "architecture")])
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": search, "NO_COLOR": "1", "COLUMNS": "500"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def broken_rules(report: str) -> list[str]:
    return [line for line in report.splitlines() if " BROKEN" in line]


def test_the_house_keeps_every_import_rule(copy_of_the_house: Path) -> None:
    code, report = lint(copy_of_the_house)

    assert code == 0, report
    assert "Contracts: 6 kept, 0 broken." in report


@pytest.mark.parametrize(("rule", "module", "line"), BREACHES)
def test_a_breach_of_an_import_rule_is_seen(
    copy_of_the_house: Path, rule: str, module: str, line: str
) -> None:
    with written_into(copy_of_the_house / module, line):
        code, report = lint(copy_of_the_house)

    assert code != 0
    assert any(finding.startswith(rule) for finding in broken_rules(report)), report
