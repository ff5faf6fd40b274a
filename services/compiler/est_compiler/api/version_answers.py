"""A published version as programs are told of it: what was frozen, and the words that are not erased."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from est_compiler.api.compilation_answers import (
    AreaValueAnswer,
    FlowsInAnswer,
    IndicatorTaken,
    PriorityAnswer,
    ProblemRowAnswer,
    SentenceAnswer,
    SignatureAnswer,
    indicators_in,
    local_pictures_in,
    row_fields,
    signature_of,
)
from est_compiler.domain.compiling.work import TO_THE_PUBLIC, TextReference, WorkInWords
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_contracts.vocabulary import (
    AreaId,
    Level,
    Party,
    PeriodKind,
    SectionId,
    TemplateId,
)

ReadWords = Callable[[Iterable[UUID]], dict[UUID, str]]


class FrameAnswer(BaseModel):
    """Of which days and areas the picture is, how it is laid out, and whether anyone may read it."""

    kind: PeriodKind
    first_day: date
    last_day: date
    scope: str
    areas: tuple[AreaId, ...]
    template: TemplateId | None
    level: Level | None
    made_from_analysis: int
    is_public: bool


class NoteAnswer(BaseModel):
    """What a version says of itself."""

    text_id: UUID
    words: str | None
    is_erased: bool


class PublishedText(BaseModel):
    """Words at one place; null and `is_erased` where they have been erased."""

    section: SectionId
    area: AreaId | None
    party: Party | None
    text_id: UUID
    words: str | None
    is_erased: bool


class PublishedWork(BaseModel):
    """What the parties put to the numbers, and who signed it."""

    template: TemplateId
    template_version: int
    level_note: NoteAnswer | None
    public_text: NoteAnswer | None
    texts: tuple[PublishedText, ...]
    rows: tuple[ProblemRowAnswer, ...]
    area_values: tuple[AreaValueAnswer, ...]
    priorities: tuple[PriorityAnswer, ...]
    sentences: tuple[SentenceAnswer, ...]
    contributed: tuple[Party, ...]
    indicators: tuple[IndicatorTaken, ...]
    local_pictures: tuple[FlowsInAnswer, ...]
    risk_value: int | None
    signatures: tuple[SignatureAnswer, ...]


@dataclass(frozen=True)
class VersionInWords:
    """A published version beside the words that it refers to."""

    published: PublishedVersion
    words: dict[UUID, str]

    @property
    def frame(self) -> FrameAnswer:
        frozen = self.published.frozen
        fields = {name: getattr(frozen.frame, name, None) for name in FrameAnswer.model_fields}
        return FrameAnswer(**fields | {"level": frozen.level})

    @property
    def note(self) -> NoteAnswer | None:
        return self._note(self.published.frozen.note)

    @property
    def work(self) -> PublishedWork | None:
        frozen = self.published.frozen
        if frozen.work is None:
            return None
        shown = WorkInWords(frozen.work, self.words)
        return PublishedWork(
            template=frozen.work.template,
            template_version=frozen.work.template_version,
            level_note=self._note(frozen.work.level_text),
            public_text=self._note(frozen.work.public_text),
            texts=tuple(
                PublishedText(
                    section=each.place.section, area=each.place.area, party=each.place.party,
                    **self._words(each.text),
                )
                for each in frozen.work.texts
                if each.place != TO_THE_PUBLIC
            ),
            rows=tuple(ProblemRowAnswer(**row_fields(row, shown)) for row in frozen.work.rows),
            area_values=tuple(AreaValueAnswer.model_validate(each) for each in frozen.work.area_values),
            priorities=tuple(PriorityAnswer.model_validate(each) for each in frozen.work.priorities),
            sentences=tuple(SentenceAnswer.model_validate(each) for each in frozen.work.sentences),
            contributed=frozen.work.contributed,
            indicators=indicators_in(shown),
            local_pictures=local_pictures_in(shown),
            risk_value=shown.work.risk_value,
            signatures=tuple(signature_of(each) for each in frozen.signatures),
        )  # fmt: skip

    def _note(self, text: TextReference | None) -> NoteAnswer | None:
        return NoteAnswer(**self._words(text)) if text else None

    def _words(self, text: TextReference) -> dict[str, Any]:
        words = self.words.get(text.text_id)
        return {"text_id": text.text_id, "words": words, "is_erased": words is None}


def in_words(published: PublishedVersion, read: ReadWords) -> VersionInWords:
    """A version with the words that it refers to, read with one question."""
    references = published.frozen.references
    return VersionInWords(published, read(text.text_id for _place, text in references))
