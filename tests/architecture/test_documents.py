"""What is written for people is true: links lead somewhere, and the README's report is one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from est_contracts.messages import SubmitReport
from house import HOUSE, files, shown

DOCUMENTS = [path for path in files() if path.suffix == ".md"]

LINK = re.compile(r"\]\(([^)\s]+)\)")

# A document's code is no prose: what looks like a link there is none.
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=shown)
def test_every_link_leads_to_a_file_that_exists(document: Path) -> None:
    links = LINK.findall(CODE.sub("", document.read_text(encoding="utf-8")))
    near = [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]

    assert [link for link in near if not (document.parent / link).exists()] == []


def test_the_report_in_the_readme_is_one_that_intake_takes() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    posted = readme.partition("<<REPORT\n")[2].partition("\nREPORT")[0]
    filled = re.sub(r"\$\(python3[^)]*\)\)'\)", "0cd297cf-3282-49ae-b367-3b9d8c51366f", posted)
    filled = re.sub(r"\$\(date[^)]*\)", "2026-11-20T20:40:00Z", filled)

    report = SubmitReport.model_validate(json.loads(filled))

    assert report.municipality == "9901"


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = HOUSE / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))

    assert {path.name for path in folder.glob("0*.md")} == listed


def test_every_decision_says_what_enforces_it() -> None:
    headings = ["## Context", "## Decision", "## What enforces it", "## What follows"]
    decisions = sorted((HOUSE / "docs" / "decisions").glob("0*.md"))

    assert [
        shown(decision)
        for decision in decisions
        if re.findall(r"^## .+$", decision.read_text(encoding="utf-8"), re.MULTILINE) != headings
    ] == []


def test_every_target_of_make_says_what_it_does() -> None:
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    promised = {"help", "run", "demo", "test", "check", "bench", "schemas", "freeze", "clean"}

    assert set(re.findall(r"^([a-z]+):.*## .+$", makefile, re.MULTILINE)) >= promised
