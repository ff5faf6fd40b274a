"""What a document would change, as lines that an operator can read."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from rich.console import Console

from est_contracts.vocabulary import CollaborationDocument

SIGNS = {"added": "+", "changed": "~", "removed": "-"}


def print_changes(told: Console, answer: dict[str, Any], document: CollaborationDocument) -> None:
    """Part by part; nothing has been changed by asking."""
    for line in lines_about(answer, name=f"{document.name} ({document.municipality})"):
        told.print(line, markup=False)


def lines_about(answer: dict[str, Any], *, name: str) -> Iterator[str]:
    version, changes = answer["version"], answer["changes"]
    if version is None:
        yield f"{name} is not set up yet. This would be version 1:"
    elif not changes:
        yield f"{name} is set up so already (version {version}). Nothing would change."
        return
    else:
        yield f"{name} is at version {version}. This would be version {version + 1}:"
    for part, of_part in groupby(changes, key=lambda change: change["part_en"]):
        yield f"{part}:"
        for change in of_part:
            yield f"  {SIGNS[change['kind']]} {_named(change)}"
            yield from (f"      {_told(field)}" for field in change["fields"])
    yield "Nothing has been changed."


def _named(change: dict[str, Any]) -> str:
    key, name = change["key"], change["name_en"]
    return name if key in (None, name) else f"{name} ({key})"


def _told(field: dict[str, Any]) -> str:
    if field["before_en"] is None and field["after_en"] is None:
        return str(field["field_en"])
    return f"{field['field_en']}: {field['before_en'] or 'nothing'} -> {field['after_en'] or 'nothing'}"
