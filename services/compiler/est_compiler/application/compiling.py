"""Compiling a picture: what each party writes, assesses and chooses, and that it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_compiler.application.texts import WrittenTexts
from est_compiler.domain.compiling.around import Around, PictureKey
from est_compiler.domain.compiling.compilation import Compilation, compilation_id
from est_compiler.domain.compiling.history import CompilationStep, steps_of
from est_compiler.domain.compiling.placing import (
    refuse_off_the_scale,
    refuse_rowless,
    refuse_strange_area,
    refuse_unknown_responsible,
    refuse_wordless,
    template_named,
)
from est_compiler.domain.compiling.refusals import CompilationIsNotOpened, SectionHasChanged
from est_compiler.domain.compiling.wishes import AreaOfParty, Contested, Wish
from est_compiler.domain.compiling.work import ProblemRow, RowWords, SectionPlace, TextReference, WorkInWords
from est_compiler.domain.compiling.written_words import check_written, tidy
from est_contracts.vocabulary import Level, PictureTemplate


@dataclass(frozen=True)
class CompilationInWords:
    """How far a compilation has come, and the words of it that a reader may have."""

    compilation: Compilation
    shown: WorkInWords


@dataclass(frozen=True)
class RowDraft:
    """A row of the table of problems as somebody wants it."""

    section: str
    row_id: UUID
    words: RowWords
    responsible: str | None = None
    continues: bool = False


class Compiling(Application):
    """The use cases of those who compile."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        super().__init__(work, clock)
        self.texts = WrittenTexts(work)

    def open_compilation(self, around: Around) -> Compilation:
        """Begin to compile, by the template of the set-up in force; one that is open stays as it is."""
        compilation = self.compilation(around.key)
        if compilation is None:
            compilation = Compilation.opened(around)
            self.work.save(compilation)
        return compilation

    def write_section(
        self,
        around: Around,
        place: SectionPlace,
        *,
        words: str | None,
        revision: int,
        confirmed: bool = False,
    ) -> Compilation:
        """Write at a place, or take away what stands there. Somebody else's words are never overwritten."""
        compilation, words = self._opened(around), tidy(words)
        refuse_wordless(place, template=_template_of(compilation), around=around)
        stands = compilation.text_at(place)
        if self._stands_already(stands, words) and place.party in (None, around.by.party):
            return compilation
        text = self._kept(around, [("words", words)] if words else [], words=words, confirmed=confirmed)
        try:
            compilation.write(place, text, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            raise changed.between(stands=self.texts.of(stands), sent=words) from None
        return self._replaced(compilation, stands)

    def set_level(
        self,
        around: Around,
        level: Level | None,
        *,
        words: str | None,
        revision: int,
        confirmed: bool = False,
    ) -> Compilation:
        """Set the level (lägesnivå), and say why."""
        compilation, words = self._opened(around), tidy(words)
        stands = compilation.level_text.text
        if compilation.level == level and self._stands_already(stands, words):
            return compilation
        text = self._kept(around, [("words", words)] if words else [], words=words, confirmed=confirmed)
        try:
            compilation.set_level(level, text, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            levels = Contested("level", compilation.level, level)
            raise changed.between(stands=self.texts.of(stands), sent=words, choices=[levels]) from None
        return self._replaced(compilation, stands)

    def write_row(
        self, around: Around, draft: RowDraft, *, revision: int, confirmed: bool = False
    ) -> Compilation:
        """Add a row to the table of problems, or write it anew."""
        compilation = self._opened(around)
        refuse_rowless(draft.section, template=_template_of(compilation))
        refuse_unknown_responsible(draft.responsible, around=around)
        tidied = RowWords(**{name: tidy(words) or "" for name, words in draft.words.fields})
        words = None if tidied.is_blank else tidied.as_written
        standing = compilation.rows.get(draft.row_id)
        stands = standing.row.text if standing else None
        if standing and self._says_the_same(standing.row, draft, words):
            return compilation
        placed = [(name, written) for name, written in tidied.fields if written]
        text = self._kept(around, placed, words=words, confirmed=confirmed)
        row = ProblemRow(draft.section, draft.row_id, text, draft.responsible, draft.continues)
        try:
            compilation.write_row(row, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            choices = _beside(standing.row, row) if standing else ()
            raise changed.between(stands=self.texts.of(stands), sent=words, choices=choices) from None
        return self._replaced(compilation, stands)

    def remove_row(self, around: Around, row_id: UUID, *, revision: int) -> Compilation:
        """Take a row out of the table of problems."""
        compilation = self._opened(around)
        standing = compilation.rows.get(row_id)
        stands = standing.row.text if standing else None
        try:
            compilation.remove_row(row_id, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            raise changed.between(stands=self.texts.of(stands), sent=None) from None
        return self._replaced(compilation, stands)

    def contribute_part(self, around: Around) -> Compilation:
        """Let the others read what one's own party has written."""
        compilation = self._opened(around)
        compilation.contribute_part(by=around.by)
        return self._saved(compilation)

    def withdraw_part(self, around: Around) -> Compilation:
        """Make one's own party's part a draft again."""
        compilation = self._opened(around)
        compilation.withdraw_part(by=around.by)
        return self._saved(compilation)

    def assess_areas(self, around: Around, wishes: Sequence[Wish[AreaOfParty, int | None]]) -> Compilation:
        """Say how one's party assesses areas, 1 to 5; in the meeting of model C, any party."""
        compilation = self._opened(around)
        for wish in wishes:
            refuse_strange_area(wish.key[0], around=around)
            refuse_off_the_scale(wish.wanted)
        compilation.assess_areas(wishes, around=around)
        return self._saved(compilation)

    def value_priorities(self, around: Around, wishes: Sequence[Wish[str, int | None]]) -> Compilation:
        """Give priority areas their values on the template's own scale."""
        compilation = self._opened(around)
        for wish in wishes:
            refuse_strange_area(wish.key, around=around)
            refuse_off_the_scale(wish.wanted, template=_template_of(compilation))
        compilation.value_priorities(wishes, by=around.by)
        return self._saved(compilation)

    def take_back_signature(self, around: Around) -> Compilation:
        """Take one's own party's signature back."""
        compilation = self._opened(around)
        compilation.take_back_signature(by=around.by)
        return self._saved(compilation)

    def erase_text(self, around: Around, text_id: UUID) -> Compilation:
        """Let words be gone for good, from the work and from every version that was published with them."""
        compilation = self._opened(around)
        compilation.erase_text(text_id, by=around.by)
        self._saved(compilation)
        # Asked for again as well: what is promised to be gone is looked for and taken away.
        self.texts.forget(text_id)
        return compilation

    def compilation(self, key: PictureKey) -> Compilation | None:
        """How far the compiling of a picture has come; None where nobody has begun."""
        named = compilation_id(key.municipality, str(key.period), str(key.scope))
        return self.work.find(Compilation, named)

    def compilation_in_words(self, around: Around) -> CompilationInWords:
        """The same with its words: a part that is not contributed yet is its own party's only."""
        compilation = self._opened(around)
        work = compilation.work_shown_to(around.by.party)
        words = self.texts.read(text.text_id for _place, text in work.references)
        return CompilationInWords(compilation, WorkInWords(work, words))

    def history(self, around: Around) -> list[CompilationStep]:
        """All that has been done, by which function, in order; the words themselves are not part of it."""
        compilation = self._opened(around)
        self.work.flush()
        return steps_of([recorded.event for recorded in self.work.events_of(compilation.id)])

    def _opened(self, around: Around) -> Compilation:
        compilation = self.compilation(around.key)
        if compilation is None:
            raise CompilationIsNotOpened
        return compilation

    def _kept(
        self, around: Around, placed: list[tuple[str, str]], *, words: str | None, confirmed: bool
    ) -> TextReference | None:
        asked = check_written(placed, document=around.document, now=self.now, confirmed=confirmed)
        if words is None:
            return None
        return self.texts.keep(around.key.municipality, words, confirmed=asked)

    def _replaced(self, compilation: Compilation, before: TextReference | None) -> Compilation:
        """Words that are replaced are gone at once, unless a published version shows them."""
        self._saved(compilation)
        if before is not None and before.text_id not in compilation.published_texts:
            self.texts.forget(before.text_id)
        return compilation

    def _says_the_same(self, row: ProblemRow, draft: RowDraft, words: str | None) -> bool:
        return self._stands_already(row.text, words) and (row.section, row.responsible, row.continues) == (
            draft.section, draft.responsible, draft.continues,
        )  # fmt: skip

    def _stands_already(self, text: TextReference | None, words: str | None) -> bool:
        """Whether these words stand there; where words have been erased it is not so that nothing stands."""
        return text is None if words is None else self.texts.of(text) == words

    def _saved(self, compilation: Compilation) -> Compilation:
        self.work.save(compilation)
        return compilation


def _beside(standing: ProblemRow, sent: ProblemRow) -> tuple[Contested, ...]:
    """What is chosen in a row beside its words."""
    names = ("responsible", "continues")
    return tuple(Contested(name, getattr(standing, name), getattr(sent, name)) for name in names)


def _template_of(compilation: Compilation) -> PictureTemplate:
    return template_named(compilation.template, version=compilation.template_version)
