"""A view as JSON: the same fields by the same names, every block with its kind."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from est_compiler.domain.viewing.view import (
    Block,
    ChartBlock,
    Contacts,
    Heading,
    Lines,
    MapBlock,
    Paragraph,
    Table,
    View,
)
from est_contracts.vocabulary import Words

BLOCK_NAMES: dict[type[Any], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Lines: "lines",
    Table: "table",
    ChartBlock: "chart",
    MapBlock: "map",
    Contacts: "contacts",
}


def as_json(view: View) -> str:
    """The whole edition as one document."""
    return json.dumps(json_document(view), ensure_ascii=False, separators=(",", ":"))


def json_document(view: View) -> dict[str, Any]:
    """The same, to be put into another document."""
    document: dict[str, Any] = _plain(view)
    document["blocks"] = [block_document(block) for block in view.blocks]
    return document


def block_document(block: Block) -> dict[str, Any]:
    document: dict[str, Any] = _plain(block)
    return {"block": BLOCK_NAMES[type(block)], **document}


def _plain(thing: Any) -> Any:
    if isinstance(thing, Words):
        return {"sv": thing.sv, "en": thing.en}
    if isinstance(thing, date):
        return thing.isoformat()
    if isinstance(thing, Decimal):
        return int(thing) if thing == thing.to_integral_value() else float(thing)
    if isinstance(thing, tuple | list):
        return [_plain(each) for each in thing]
    if is_dataclass(thing):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    return thing
