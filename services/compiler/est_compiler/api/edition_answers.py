"""What an edition looks like as JSON, for the description of the API."""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from est_contracts.vocabulary import Edition, Fingerprint, Level, MunicipalityCode, PeriodKind, Words


class FigureAnswer(BaseModel):
    """A number; null is not known, or known and hidden."""

    value: int | float | None
    hidden: bool = Field(description="Known, but not shown in this edition.")
    small: bool = Field(description="Hidden, and told to be one or two.")
    too_few: bool = Field(description="No percentage: one of the two numbers is under ten.")


class ColumnAnswer(BaseModel):
    """A column of a table."""

    key: str
    words: Words
    unit: str


class TableRowAnswer(BaseModel):
    """A row of a table: one cell for each column."""

    key: str
    words: Words
    cells: tuple[FigureAnswer | Words | str | None, ...]
    is_total: bool
    is_marked: bool


class TableAnswer(BaseModel):
    """A table of numbers or words."""

    name: str
    caption: Words
    corner: Words
    columns: tuple[ColumnAnswer, ...]
    rows: tuple[TableRowAnswer, ...]
    note: Words | None


class BlockAnswer(BaseModel):
    """One part of the edition; which of the other fields it has depends on what it is."""

    block: Literal["heading", "paragraph", "lines", "table", "chart", "map", "contacts"]
    name: str | None = None
    level: int | None = None
    words: Words | str | None = None
    lines: tuple[dict[str, Any], ...] = ()
    columns: tuple[ColumnAnswer, ...] = ()
    rows: tuple[TableRowAnswer, ...] = ()
    table: TableAnswer | None = None
    areas: tuple[dict[str, Any], ...] = ()
    contacts: tuple[dict[str, Any], ...] = ()


class StatedAnswer(BaseModel):
    """What the picture is: draft, published version, or as it was known."""

    standing: Literal["running", "draft", "published", "as_known"]
    moment: AwareDatetime | None
    version: int | None
    published_by: str | None
    reason: Words | None
    note: Words | str | None
    published_then: int | None = Field(
        description="Of what is shown as it was known: the version that was published by then."
    )


class KnownAnswer(BaseModel):
    """How far two logs were known."""

    intake: int
    analysis: int


class EditionAnswer(BaseModel):
    """One edition of one picture: the same numbers stand in every format of it."""

    edition: Edition
    municipality: MunicipalityCode
    municipality_name: str
    period: str
    kind: PeriodKind
    first_day: date
    last_day: date
    period_name: Words
    scope: str
    scope_name: Words | None
    template: str | None
    title: Words
    stated: StatedAnswer
    level: Level | None
    level_words: Words | str | None
    public_words: Words | str | None = Field(description="What the group says to the public.")
    headline: Words
    sentences: tuple[Words, ...]
    blocks: tuple[BlockAnswer, ...]
    known: KnownAnswer
    fingerprint: Fingerprint | None = Field(
        description="Of the picture's frozen bytes; null in the general edition, which hides some of them."
    )
    path: str


def _both(sv: str, en: str) -> dict[str, str]:
    return {"sv": sv, "en": en}


EXAMPLE: dict[str, Any] = {
    "edition": "general",
    "municipality": "9901",
    "municipality_name": "Valboås",
    "period": "2026-W47",
    "kind": "week",
    "first_day": "2026-11-16",
    "last_day": "2026-11-22",
    "period_name": _both("vecka 47", "week 47"),
    "scope": "",
    "scope_name": None,
    "template": "developed_weekly",
    "title": _both("Veckolägesbild", "Weekly situation picture"),
    "stated": {
        "standing": "published",
        "moment": "2026-11-26T08:00:00+00:00",
        "version": 1,
        "published_by": "Brottsförebyggande samordnare",
        "reason": None,
        "note": None,
        "published_then": None,
    },
    "level": "yellow",
    "level_words": None,
    "public_words": "Belysningen vid torget är lagad. Tack för alla tips.",
    "headline": _both("9 rapporter under vecka 47", "9 reports in week 47"),
    "sentences": [_both("9 rapporter, +3 mot v. 46.", "9 reports, +3 on week 46.")],
    "blocks": [
        {
            "block": "table",
            "name": "totals",
            "caption": _both("Rapporter sammanlagt", "Reports in all"),
            "corner": _both("–", "–"),
            "columns": [{"key": "now", "words": _both("v. 47", "week 47"), "unit": "reports"}],
            "rows": [
                {
                    "key": "reports",
                    "words": _both("Rapporter", "Reports"),
                    "cells": [{"value": 9, "hidden": False, "small": False, "too_few": False}],
                    "is_total": False,
                    "is_marked": False,
                }
            ],
            "note": None,
        }
    ],
    "known": {"intake": 1234, "analysis": 56},
    "fingerprint": None,
    "path": "/pictures/9901/2026-W47",
}
