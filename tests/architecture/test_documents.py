"""What is written for people is true: links lead somewhere, and the README's report is one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from est_contracts.examples import EXAMPLES
from est_contracts.messages import MESSAGES, SubmitReport
from est_contracts.messages.earlier import SubmitReportV1
from house import HOUSE, SERVICES, built, files, modules_of, shown

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


def section(service: str, heading: str) -> str:
    """What stands under a heading of a service's README."""
    readme = (HOUSE / "services" / service / "README.md").read_text(encoding="utf-8")
    return readme.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def messages_named(text: str) -> set[str]:
    names = {message.__name__ for message in MESSAGES}
    return {name for name in re.findall(r"`([A-Za-z]+)`", text) if name in names}


def heard_by(service: str) -> set[str]:
    """What a service handles, and what its read models are filled with."""
    subscriptions = built(service).subscriptions
    upstreams = [message for message in MESSAGES if message.SERVICE in subscriptions.upstreams]
    handled = {message.__name__ for message in upstreams if subscriptions.handlers_of(EXAMPLES[message])}
    known = {
        id(thing) for module in modules_of(f"est_{service}.read_models") for thing in vars(module).values()
    }
    return handled | {message.__name__ for message in upstreams if id(message) in known}


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_of_a_service_names_every_message_that_it_hears(service: str) -> None:
    assert messages_named(section(service, "Hears")) == heard_by(service)


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_of_a_service_names_every_message_that_it_tells(service: str) -> None:
    told = {message.__name__ for message in built(service).publications.tells}

    assert messages_named(section(service, "Tells")) == told


def test_the_readme_of_intake_names_every_version_of_what_it_is_asked() -> None:
    heard = section("intake", "Hears")

    for version in (SubmitReportV1, SubmitReport):
        assert f"`{version.subjects().replace('*', '<municipality>')}`" in heard


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
