"""What an operator can set, an operator can read about."""

from __future__ import annotations

import re

import pytest

from house import HOUSE, SERVICES, settings_class, texts

OPERATIONS = HOUSE / "docs" / "operations.md"

SETTING = re.compile(r"`(EST_[A-Z0-9_]+)`")

READ_BY_CODE = re.compile(r"(?:environ(?:\.get\(|\[)|envvar=)\s*[\"'](EST_[A-Z0-9_]+)")


def documented() -> set[str]:
    """Every setting that stands first in a row of a table."""
    rows = OPERATIONS.read_text(encoding="utf-8").splitlines()
    return {found.group(1) for row in rows if row.startswith("| `") and (found := SETTING.match(row, 2))}


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_of_a_service_is_documented(service: str) -> None:
    settings = {f"EST_{name.upper()}" for name in settings_class(service).model_fields}

    assert settings - documented() == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_says_in_the_code_what_it_is(service: str) -> None:
    fields = settings_class(service).model_fields

    assert [name for name, field in fields.items() if not field.description] == []


def test_every_variable_the_code_reads_is_documented() -> None:
    read = {
        name
        for path, text in texts()
        if path.suffix == ".py" and "tests" not in path.parts
        for name in READ_BY_CODE.findall(text)
    }

    assert read - documented() == set()


def test_no_setting_is_documented_that_does_not_exist() -> None:
    fields = {f"EST_{name.upper()}" for service in SERVICES for name in settings_class(service).model_fields}
    code = "\n".join(text for path, text in texts() if path.suffix in {".py", ".yaml", ".yml"})

    assert [name for name in sorted(documented() - fields) if name not in code] == []
