"""Every word of the domain stands in the glossary, under one name."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest
from eventsourcing.domain import Aggregate
from pydantic import BaseModel

from est_contracts.messages import MESSAGES
from est_contracts.vocabulary import Party, Role, Theme
from house import HOUSE, SERVICES, all_subclasses, modules_of

GLOSSARY = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")

ROWS = [
    [cell.strip(" *") for cell in line.strip("| ").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| Swedish")
]

IDENTIFIERS = set(re.findall(r"`([A-Za-z_.]+)`", GLOSSARY))


def vocabulary_classes() -> list[type]:
    """What the shared vocabulary names: its models and its fixed choices."""
    modules_of("est_contracts")
    return [
        child
        for parent in (BaseModel, StrEnum)
        for child in all_subclasses(parent)
        if child.__module__.startswith("est_contracts.vocabulary") and not child.__name__.startswith("_")
    ]


def test_every_word_of_the_vocabulary_is_in_the_glossary() -> None:
    assert {word.__name__ for word in vocabulary_classes()} - IDENTIFIERS == set()


def test_every_message_is_in_the_glossary() -> None:
    assert {message.__name__ for message in MESSAGES} - IDENTIFIERS == set()


@pytest.mark.parametrize("words", [Party, Role, Theme], ids=lambda words: words.__name__)
def test_every_party_role_and_theme_is_in_the_glossary(words: type[StrEnum]) -> None:
    assert {f"{words.__name__}.{word.name}" for word in words} - IDENTIFIERS == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_aggregate_is_in_the_glossary(service: str) -> None:
    modules_of(f"est_{service}")
    aggregates = {
        child.__name__
        for child in all_subclasses(Aggregate)
        if child.__module__.startswith(f"est_{service}.")
    }

    assert aggregates
    assert aggregates - IDENTIFIERS == set()


def test_every_row_has_both_languages_and_an_identifier() -> None:
    assert [row for row in ROWS if len(row) < 3 or not all(row[:3])] == []


def test_no_swedish_term_stands_for_two_things() -> None:
    terms = [row[0].lower() for row in ROWS]

    assert {term for term in terms if terms.count(term) > 1} == set()
