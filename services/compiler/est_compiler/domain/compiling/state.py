"""How far a compilation has come: what stands where, by whom, in which revision, and who has signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.wishes import SentenceChoice
from est_compiler.domain.compiling.work import (
    LEVEL_PLACE,
    AreaValue,
    ChosenSentence,
    CompiledWork,
    PriorityValue,
    ProblemRow,
    SectionPlace,
    SectionText,
    TakenIndicator,
    TextReference,
)
from est_contracts.vocabulary import Level, Party, Words


@dataclass(frozen=True, slots=True)
class Written:
    """What stands at a place, by whom, and how many times it has been written; None is taken away."""

    text: TextReference | None
    revision: int
    by: str


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as it stands, and how many times it has been written."""

    row: ProblemRow
    revision: int
    by: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at when it was signed: the fingerprint of it all, and how far the logs were known."""

    fingerprint: str
    made_from: int
    made_from_analysis: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A party's yes (signatur) to exactly what was looked at."""

    party: Party
    by: str
    signed_at: datetime
    in_meeting: bool
    seen: Seen


class CompilationState:
    """What has come of all that has been done so far."""

    template: str
    template_version: int

    def _begin(self, by: str) -> None:
        self.texts: dict[SectionPlace, Written] = {}
        self.contributed: set[Party] = set()
        self.area_values: dict[tuple[str, Party], int] = {}
        self.priorities: dict[str, int] = {}
        self.level: Level | None = None
        self.level_text = Written(None, 0, by)
        #: By key; None is a suggested sentence that has been dropped.
        self.sentences: dict[str, Words | None] = {}
        self.rows: dict[UUID, RowState] = {}
        #: How many times something had been done with a row when it was gone.
        self.removed_rows: dict[UUID, int] = {}
        self.indicators: tuple[TakenIndicator, ...] = ()
        self.local_pictures: tuple[LocalPicture, ...] = ()
        self.risk_value: int | None = None
        self.signatures: dict[Party, Signature] = {}
        self.signed_content = ""
        self.published_texts: set[UUID] = set()
        self.erased_texts: set[UUID] = set()
        self.latest_version = 0

    @property
    def work(self) -> CompiledWork:
        """What is signed and published: without the parts that nobody has contributed yet."""
        return self._work(self.contributed)

    def work_shown_to(self, party: Party | None) -> CompiledWork:
        """What a party's coordinators read: their own part too, before it is contributed."""
        return self._work(self.contributed | ({party} if party else set()))

    def revision_of(self, place: SectionPlace) -> int:
        """How many times a place has been written."""
        return self.texts[place].revision if place in self.texts else 0

    def row_revision(self, row_id: UUID) -> int:
        """How many times a row has been written."""
        return self.rows[row_id].revision if row_id in self.rows else self.removed_rows.get(row_id, 0)

    def choice_of(self, key: str) -> SentenceChoice:
        """What has been done with a suggested sentence."""
        if key not in self.sentences:
            return SentenceChoice.SUGGESTED
        return SentenceChoice.DROPPED if self.sentences[key] is None else SentenceChoice.ADOPTED

    def text_at(self, place: SectionPlace) -> TextReference | None:
        """What stands at a place."""
        return self.texts[place].text if place in self.texts else None

    def may_read(self, text_id: UUID, party: Party) -> bool:
        """Whether a party's coordinators may read a text that stands here, or has been published."""
        return text_id in self.published_texts or any(
            text.text_id == text_id for _place, text in self.work_shown_to(party).references
        )

    @property
    def signed(self) -> Seen | None:
        """What the signatures that stand are under; all of them are under the same."""
        return next((signature.seen for signature in self.signatures.values()), None)

    def _sign(self, signature: Signature) -> None:
        # All signatures that stand are under one content: who signed older numbers signs again.
        self.signatures = {
            party: each for party, each in self.signatures.items() if each.seen == signature.seen
        }
        self.signatures[signature.party] = signature
        self.signed_content = self.work.content

    def _let_signatures_fall(self) -> None:
        """A signature is under what was looked at, and under nothing else."""
        if self.signatures and self.work.content != self.signed_content:
            self.signatures = {}

    def _work(self, contributed: set[Party]) -> CompiledWork:
        return CompiledWork(
            template=self.template,
            template_version=self.template_version,
            level=self.level,
            level_text=self.level_text.text,
            texts=tuple(sorted(self._texts(contributed), key=lambda each: str(each.place))),
            area_values=tuple(
                AreaValue(area, party, value) for (area, party), value in sorted(self.area_values.items())
            ),
            priorities=tuple(PriorityValue(area, value) for area, value in sorted(self.priorities.items())),
            rows=tuple(state.row for state in self.rows.values()),
            sentences=tuple(
                ChosenSentence(key, words) for key, words in sorted(self.sentences.items()) if words
            ),
            contributed=tuple(sorted(self.contributed)),
            indicators=self.indicators,
            local_pictures=self.local_pictures,
            risk_value=self.risk_value,
        )

    def _texts(self, contributed: set[Party]) -> Iterator[SectionText]:
        for place, written in self.texts.items():
            if written.text and (place.party is None or place.party in contributed):
                yield SectionText(place, written.text)


#: The level's words stand at a place of their own.
THE_LEVEL = SectionPlace(LEVEL_PLACE)
