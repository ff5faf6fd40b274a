"""Two pictures held against each other, for programs: numbers, words and assessments side by side."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.event_store import Cursor
from est_chassis.web.access import within
from est_compiler.api.callers import PICTURE, Code, Period, Reader, service_of
from est_compiler.application import compilation_then, words_of
from est_compiler.domain.comparing.comparison import Difference
from est_compiler.domain.comparing.verdicts import ComparisonKind, Verdict
from est_compiler.domain.comparing.written import ComparedWords, Mark
from est_compiler.domain.periods import picture_scope
from est_compiler.domain.picture import Count
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Standing
from est_compiler.questions.comparisons import ComparedPair, WhichPair, compared
from est_compiler.questions.editions import WhichPicture, brief_of
from est_contracts.vocabulary import Fingerprint, Level, Role, Words

router = APIRouter(tags=["pictures"])

_VERSION = r"^([0-9]{1,5}|now)?$"


class Asked(BaseModel):
    """What a picture is held against; with nothing named it is the period before."""

    scope: str = Field("", description="Of where; empty for the municipality.", max_length=3100)
    version: str = Field(
        "",
        description="A published version, or `now` for the picture as it can be drawn; else the latest.",
        pattern=_VERSION,
    )
    period: str = Field("", alias="with", description="Another period.", examples=["2025-W47"], max_length=20)
    with_scope: str | None = Field(
        None,
        description="Another part of the municipality; empty for all of it.",
        examples=["9901R002"],
        max_length=3100,
    )
    with_version: str = Field(
        "", description="Another version of it, or `now`.", examples=["1", "now"], pattern=_VERSION
    )
    as_of: str | None = Field(
        None,
        description="What was known at a moment, or at a position of intake's log.",
        examples=["2026-11-19T10:00:00+01:00", "1234"],
        max_length=40,
    )

    def pair(self, code: str, period: str, *, coordinator: str | None) -> WhichPair:
        """Which two pictures are meant."""
        return WhichPair(
            code,
            period,
            picture_scope(self.scope),
            version=self.version,
            other_period=self.period,
            other_scope=None if self.with_scope is None else picture_scope(self.with_scope),
            other_version=self.with_version,
            as_of=self.as_of,
            coordinator=coordinator,
        )


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class CountAnswer(_Answer):
    """How many reports, and how many of them were judged severe."""

    reports: int
    severe: int


class DifferenceAnswer(BaseModel):
    """One thing in both pictures; null where nothing is known of it."""

    key: str
    name: Words
    one: CountAnswer | None
    other: CountAnswer | None
    reports: int | None
    percent: Words | None
    verdict: Verdict


class WordsAnswer(_Answer):
    """One place in both pictures; null where nothing stands there."""

    key: str
    name: Words
    one: Words | str | None
    other: Words | str | None
    mark: Mark


class SideAnswer(BaseModel):
    """One of the two pictures."""

    name: Words
    period: str
    scope: str
    standing: Standing
    version: int | None
    moment: AwareDatetime | None
    level: Level | None
    headline: Words
    fingerprint: Fingerprint


class ComparisonAnswer(BaseModel):
    """Two pictures side by side: the first one is held against the other."""

    kind: ComparisonKind
    headline: Words
    notes: tuple[Words, ...]
    one: SideAnswer
    other: SideAnswer
    first: tuple[WordsAnswer, ...]
    sentences: tuple[WordsAnswer, ...]
    texts: tuple[WordsAnswer, ...]
    values: tuple[WordsAnswer, ...]
    total: DifferenceAnswer
    themes: tuple[DifferenceAnswer, ...]
    entries: tuple[DifferenceAnswer, ...]
    areas: tuple[DifferenceAnswer, ...]
    organisations: tuple[DifferenceAnswer, ...]
    changes: tuple[Words, ...]


def _both(sv: str, en: str) -> dict[str, str]:
    return {"sv": sv, "en": en}


def _side_example(version: int, level: str) -> dict[str, Any]:
    return {
        "name": _both(f"version {version}", f"version {version}"),
        "period": "2026-W47",
        "scope": "",
        "standing": "published",
        "version": version,
        "moment": "2026-11-26T08:00:00Z",
        "level": level,
        "headline": _both("12 rapporter under vecka 47", "12 reports in week 47"),
        "fingerprint": "3f0d7a526d0e5a4c9d0b5b1f6d1b0c473f0d7a526d0e5a4c9d0b5b1f6d1b0c47",
    }


_COUNTED = {"reports": 12, "severe": 0}
_TOTAL: dict[str, Any] = {
    "key": "total",
    "name": _both("hela kommunen", "the whole municipality"),
    "one": _COUNTED,
    "other": _COUNTED,
    "reports": 0,
    "percent": _both("±0 %", "±0%"),
    "verdict": "same",
}
EXAMPLE: dict[str, Any] = {
    "kind": "versions",
    "headline": _both(
        "Lika många rapporter i version 2 som i version 1: 12",
        "As many reports in version 2 as in version 1: 12",
    ),
    "notes": [],
    "one": _side_example(2, "yellow"),
    "other": _side_example(1, "green"),
    "first": [
        {
            "key": "level",
            "name": _both("Lägesnivå", "Level"),
            "one": _both("Gul: förhöjd uppmärksamhet", "Yellow: raised attention"),
            "other": _both("Grön: normalläge", "Green: as usual"),
            "mark": "changed",
        }
    ],
    "sentences": [],
    "texts": [
        {
            "key": "operativa_mal",
            "name": _both("Operativa mål, gemensamt", "Operative goals, jointly"),
            "one": "Lampor och vuxna på plats.",
            "other": None,
            "mark": "added",
        }
    ],
    "values": [],
    "total": _TOTAL,
    "themes": [],
    "entries": [],
    "areas": [],
    "organisations": [],
    "changes": [],
}


@router.get(
    f"{PICTURE}/comparisons",
    responses={200: {"model": ComparisonAnswer, "content": {"application/json": {"example": EXAMPLE}}}},
    response_class=Response,
)
async def comparison(
    code: Code, period: Period, caller: Reader, request: Request, *, asked: Annotated[Asked, Query()]
) -> Response:
    """Hold a picture against another one. What was published is read as it was frozen, never drawn anew."""
    within(caller, code)
    service = service_of(request)
    coordinator = caller.function if caller.has(Role.COORDINATOR) else None
    now, then = service.clock.now(), partial(compilation_then, service.store)

    def ask(cursor: Cursor) -> ComparedPair:
        def read(which: WhichPicture) -> Brief:
            return brief_of(cursor, which, now=now, read=partial(words_of, cursor), then=then)

        return compared(cursor, asked.pair(code, period, coordinator=coordinator), now=now, read=read)

    answer = _answer(await service.ask(ask))
    return Response(answer.model_dump_json(), media_type="application/json")


def _answer(pair: ComparedPair) -> ComparisonAnswer:
    found, written = pair.comparison, pair.written
    rows: dict[str, Any] = {
        name: tuple(_difference(each) for each in getattr(found, name))
        for name in ("themes", "entries", "areas", "organisations")
    }
    said: dict[str, Any] = {
        name: tuple(_words(each) for each in getattr(written, name))
        for name in ("first", "sentences", "texts", "values")
    }
    return ComparisonAnswer(
        kind=found.kind,
        headline=found.headline,
        notes=pair.notes,
        one=_side(pair.one, found.one.name),
        other=_side(pair.other, found.other.name),
        total=_difference(found.total),
        changes=found.changes,
        **rows,
        **said,
    )


def _side(brief: Brief, name: Words) -> SideAnswer:
    return SideAnswer(
        name=name,
        period=brief.picture.period,
        scope=brief.picture.scope,
        standing=brief.stated.standing,
        version=brief.stated.version,
        moment=brief.stated.moment,
        level=brief.level,
        headline=brief.headline,
        fingerprint=brief.fingerprint,
    )


def _words(compared_words: ComparedWords) -> WordsAnswer:
    return WordsAnswer.model_validate(compared_words)


def _difference(row: Difference) -> DifferenceAnswer:
    return DifferenceAnswer(
        key=row.key,
        name=row.name,
        one=_count(row.one),
        other=_count(row.other),
        reports=row.reports,
        percent=row.percent,
        verdict=row.verdict,
    )


def _count(count: Count | None) -> CountAnswer | None:
    return CountAnswer.model_validate(count) if count is not None else None
