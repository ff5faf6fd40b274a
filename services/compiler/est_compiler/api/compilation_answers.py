"""What programs are told of a compilation."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from est_chassis.web.problems import Problem
from est_compiler.application import CompilationInWords
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.history import CompilationStep
from est_compiler.domain.compiling.missing import Missing, MissingKind
from est_compiler.domain.compiling.refusals import SectionHasChanged
from est_compiler.domain.compiling.state import Signature
from est_compiler.domain.compiling.wishes import ChoiceHasChanged, Contested
from est_compiler.domain.compiling.work import (
    TO_THE_PUBLIC,
    ProblemRow,
    RowWords,
    SectionPlace,
    TextReference,
    WorkInWords,
)
from est_contracts.vocabulary import (
    AreaId,
    Fingerprint,
    FunctionId,
    GroupId,
    IndicatorId,
    Level,
    Party,
    SectionId,
    Words,
)


class _Answer(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TextAnswer(_Answer):
    """Words at one place; `words` is null and `is_erased` true where they have been erased."""

    section: SectionId
    area: AreaId | None
    party: Party | None
    text_id: UUID
    words: str | None
    is_erased: bool
    revision: int
    by: FunctionId


class PublicTextAnswer(_Answer):
    """What is said to anyone who reads the picture; null and `is_erased` where it has been erased."""

    text_id: UUID | None
    words: str | None
    is_erased: bool
    revision: int


class LevelAnswer(_Answer):
    """The level, and why."""

    level: Level | None
    text_id: UUID | None
    words: str | None
    is_erased: bool
    revision: int
    by: FunctionId


class ProblemRowAnswer(_Answer):
    """A row of the table of problems, as it was published."""

    row_id: UUID
    section: SectionId
    what: str
    where: str
    how: str
    when: str
    causes: str
    measures: str
    purpose: str
    responsible: FunctionId | None
    continues: bool
    text_id: UUID | None
    is_erased: bool


class DraftedRowAnswer(ProblemRowAnswer):
    """A row that is worked on: how often it has been written, and by whom last."""

    revision: int
    by: FunctionId


class AreaValueAnswer(_Answer):
    """How a party assesses an area, 1 to 5."""

    area: AreaId
    party: Party
    value: int


class PriorityAnswer(_Answer):
    """The value of a priority area on the template's scale."""

    area: AreaId
    value: int


class SentenceAnswer(_Answer):
    """A sentence that has been adopted."""

    key: str
    words: Words


class SignatureAnswer(_Answer):
    """A party's signature under the fingerprint that was looked at."""

    party: Party
    by: FunctionId
    signed_at: AwareDatetime
    in_meeting: bool
    fingerprint: Fingerprint


class IndicatorTaken(_Answer):
    """What a structural indicator was one year, as it was taken into the picture."""

    indicator: IndicatorId
    year: int
    value: str
    source: str | None
    source_id: UUID
    is_erased: bool


class FlowsInAnswer(_Answer):
    """What a local group has published of the same period; without a version it has not."""

    group: GroupId
    name: str
    version: int | None
    level: Level | None
    headline: Words | None
    sentences: tuple[Words, ...] = Field(description="Those that stand in it.")
    reports: int | None
    fingerprint: Fingerprint | None = Field(description="Of the version as it was frozen.")


class MissingAnswer(_Answer):
    """Something that is missing before the picture can be published."""

    kind: MissingKind
    words: Words
    blocks: bool
    party: Party | None
    areas: tuple[AreaId, ...]
    section: SectionId | None = Field(description="The heading under which it is seen to, if it is one.")


class StepAnswer(_Answer):
    """One act of the history."""

    at: AwareDatetime
    by: FunctionId
    act: str
    words: Words
    place: str | None
    area: AreaId | None
    fallen: tuple[Party, ...] = Field(description="The parties whose signatures fell by it.")


class HistoryAnswer(_Answer):
    """All that has been done with a compilation, in order."""

    steps: tuple[StepAnswer, ...]


class CompilationAnswer(_Answer):
    """How far the compiling of a picture has come, in the words that the caller may read."""

    municipality: str
    period: str
    scope: str
    template: str
    template_version: int
    own_party: Party
    compiled_by: FunctionId | None = Field(description="Whose turn it is.")
    level: LevelAnswer
    public_text: PublicTextAnswer
    texts: tuple[TextAnswer, ...]
    rows: tuple[DraftedRowAnswer, ...]
    area_values: tuple[AreaValueAnswer, ...]
    priorities: tuple[PriorityAnswer, ...]
    sentences: tuple[SentenceAnswer, ...]
    dropped_sentences: tuple[str, ...]
    contributed: tuple[Party, ...]
    indicators: tuple[IndicatorTaken, ...]
    local_pictures: tuple[FlowsInAnswer, ...] = Field(description="As they were taken in (model B).")
    risk_value: int | None = Field(description="Where the meeting gives the period one.")
    signatures: tuple[SignatureAnswer, ...]
    missing: tuple[MissingAnswer, ...]
    fingerprint: Fingerprint = Field(description="Of the numbers and the work as they stand: what is signed.")
    made_from: int
    made_from_analysis: int


class ActAnswer(_Answer):
    """What stands after an act: the revision to send next time, and whose signatures stand."""

    revision: int | None = None
    signed_by: tuple[Party, ...] = ()


class Conflict(Problem):
    """409 with both texts: what stands, and what was sent; nothing was overwritten."""

    def __init__(self, changed: SectionHasChanged, *, are_rows: bool = False) -> None:
        super().__init__(changed.http_status, changed.code, changed.words)
        self._changed = changed
        self._are_rows = are_rows

    def document(self) -> dict[str, Any]:
        changed = self._changed
        return super().document() | {
            "revision": changed.revision,
            "stands": self._shown(changed.stands),
            "sent": self._shown(changed.sent),
            "choices": {str(each.key): _both(each) for each in changed.choices},
        }

    def _shown(self, words: str | None) -> str | dict[str, str] | None:
        return dict(RowWords.from_written(words).fields) if words and self._are_rows else words


class ContestedChoice(Problem):
    """409 with both choices: what stands, and what was sent; nothing was overwritten."""

    def __init__(self, changed: ChoiceHasChanged) -> None:
        super().__init__(changed.http_status, changed.code, changed.words)
        self._changed = changed

    def document(self) -> dict[str, Any]:
        (first, *_others) = self._changed.contested
        return super().document() | _both(first)


def _both(contested: Contested) -> dict[str, Any]:
    return {"stands": contested.stands, "sent": contested.sent}


def texts_of(compilation: Compilation, shown: WorkInWords) -> tuple[TextAnswer, ...]:
    """The texts that a reader may have."""
    return tuple(
        _text(each.place, each.text, compilation, shown)
        for each in shown.work.texts
        if each.place != TO_THE_PUBLIC
    )


def public_text_of(compilation: Compilation, shown: WorkInWords) -> PublicTextAnswer:
    text = shown.work.public_text
    return PublicTextAnswer(
        text_id=text.text_id if text else None,
        words=shown.of(text),
        is_erased=shown.is_erased(text),
        revision=compilation.revision_of(TO_THE_PUBLIC),
    )


def level_of(compilation: Compilation, shown: WorkInWords) -> LevelAnswer:
    written = compilation.level_text
    return LevelAnswer(
        level=compilation.level,
        text_id=written.text.text_id if written.text else None,
        words=shown.of(written.text),
        is_erased=shown.is_erased(written.text),
        revision=written.revision,
        by=written.by,
    )


def rows_of(found: CompilationInWords) -> tuple[DraftedRowAnswer, ...]:
    """The table of problems, in the order in which it was written."""
    return tuple(
        DraftedRowAnswer(**row_fields(state.row, found.shown), revision=state.revision, by=state.by)
        for state in found.compilation.rows.values()
    )


def row_fields(row: ProblemRow, shown: WorkInWords) -> dict[str, Any]:
    return dict(shown.row_words(row).fields) | {
        "row_id": row.row_id,
        "section": row.section,
        "responsible": row.responsible,
        "continues": row.continues,
        "text_id": row.text.text_id if row.text else None,
        "is_erased": shown.is_erased(row.text),
    }


def indicators_in(shown: WorkInWords) -> tuple[IndicatorTaken, ...]:
    """The structural indicators of a picture; a source that has been erased is null."""
    return tuple(
        IndicatorTaken(
            indicator=each.indicator,
            year=each.year,
            value=format(each.value, "f"),
            source=shown.of(each.source),
            source_id=each.source.text_id,
            is_erased=shown.is_erased(each.source),
        )
        for each in shown.work.indicators
    )


def local_pictures_in(shown: WorkInWords) -> tuple[FlowsInAnswer, ...]:
    """The local groups' pictures as they stand in the strategic one."""
    return tuple(FlowsInAnswer.model_validate(each) for each in shown.work.local_pictures)


def signature_of(signature: Signature) -> SignatureAnswer:
    return SignatureAnswer(
        party=signature.party,
        by=signature.by,
        signed_at=signature.signed_at,
        in_meeting=signature.in_meeting,
        fingerprint=signature.seen.fingerprint,
    )


def missing_of(missing: tuple[Missing, ...]) -> tuple[MissingAnswer, ...]:
    return tuple(MissingAnswer.model_validate(each) for each in missing)


def history_of(steps: list[CompilationStep]) -> HistoryAnswer:
    return HistoryAnswer(steps=tuple(StepAnswer.model_validate(each) for each in steps))


def act_answer(compilation: Compilation, revision: int | None = None) -> ActAnswer:
    return ActAnswer(revision=revision, signed_by=tuple(sorted(compilation.signatures)))


def _text(
    place: SectionPlace, text: TextReference, compilation: Compilation, shown: WorkInWords
) -> TextAnswer:
    written = compilation.texts[place]
    return TextAnswer(
        section=place.section,
        area=place.area,
        party=place.party,
        text_id=text.text_id,
        words=shown.of(text),
        is_erased=shown.is_erased(text),
        revision=written.revision,
        by=written.by,
    )
