"""Compiling a picture: what each party writes, assesses and chooses, and that it is signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from est_compiler.application.compilations import Compilations
from est_compiler.application.indicating import Indicating, shows_indicators
from est_compiler.domain.compiling.around import Around
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.local_groups import LocalPicture, gathers_local_pictures
from est_compiler.domain.compiling.placing import (
    refuse_off_the_scale,
    refuse_risk_value,
    refuse_rowless,
    refuse_strange_area,
    refuse_too_long,
    refuse_unknown_responsible,
    refuse_wordless,
    template_named,
)
from est_compiler.domain.compiling.refusals import NothingFlowsIn, SectionHasChanged
from est_compiler.domain.compiling.wishes import AreaOfParty, Contested, Wish
from est_compiler.domain.compiling.work import ProblemRow, RowWords, SectionPlace
from est_compiler.domain.compiling.written_words import tidy
from est_contracts.vocabulary import Level, PictureTemplate


@dataclass(frozen=True)
class RowDraft:
    """A row of the table of problems as somebody wants it."""

    section: str
    row_id: UUID
    words: RowWords
    responsible: str | None = None
    continues: bool = False


class Compiling:
    """The use cases of those who compile."""

    def __init__(self, compilations: Compilations, indicating: Indicating) -> None:
        self._all = compilations
        self._indicating = indicating

    def open_compilation(self, around: Around, *, flowing_in: tuple[LocalPicture, ...] = ()) -> Compilation:
        """Begin to compile, by the template of the set-up in force; one that is open stays as it is.

        Where the template asks for indicators they are taken in as they are, and so is what flows in.
        """
        compilation = self._all.find(around.key)
        if compilation is None:
            compilation = Compilation.opened(around)
            compilation.take_local_pictures(flowing_in, by=around.by)
            self._all.saved(compilation)
            if shows_indicators(compilation):
                self._indicating.take_indicators(around)
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
        compilation, words = self._all.opened(around), tidy(words)
        refuse_wordless(place, template=_template_of(compilation), around=around)
        refuse_too_long(place, words)
        stands = compilation.text_at(place)
        if self._all.stands_already(stands, words) and place.party in (None, around.by.party):
            return compilation
        text = self._all.kept(around, [("words", words)] if words else [], words=words, confirmed=confirmed)
        try:
            compilation.write(place, text, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            raise changed.between(stands=self._all.texts.of(stands), sent=words) from None
        return self._all.replaced(compilation, stands)

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
        compilation, words = self._all.opened(around), tidy(words)
        stands = compilation.level_text.text
        if compilation.level == level and self._all.stands_already(stands, words):
            return compilation
        text = self._all.kept(around, [("words", words)] if words else [], words=words, confirmed=confirmed)
        try:
            compilation.set_level(level, text, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            levels = Contested("level", compilation.level, level)
            raise changed.between(stands=self._all.texts.of(stands), sent=words, choices=[levels]) from None
        return self._all.replaced(compilation, stands)

    def write_row(
        self, around: Around, draft: RowDraft, *, revision: int, confirmed: bool = False
    ) -> Compilation:
        """Add a row to the table of problems, or write it anew."""
        compilation = self._all.opened(around)
        refuse_rowless(draft.section, template=_template_of(compilation))
        refuse_unknown_responsible(draft.responsible, around=around)
        tidied = RowWords(**{name: tidy(words) or "" for name, words in draft.words.fields})
        words = None if tidied.is_blank else tidied.as_written
        standing = compilation.rows.get(draft.row_id)
        stands = standing.row.text if standing else None
        if standing and self._says_the_same(standing.row, draft, words):
            return compilation
        placed = [(name, written) for name, written in tidied.fields if written]
        text = self._all.kept(around, placed, words=words, confirmed=confirmed)
        row = ProblemRow(draft.section, draft.row_id, text, draft.responsible, draft.continues)
        try:
            compilation.write_row(row, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            choices = _beside(standing.row, row) if standing else ()
            raise changed.between(stands=self._all.texts.of(stands), sent=words, choices=choices) from None
        return self._all.replaced(compilation, stands)

    def remove_row(self, around: Around, row_id: UUID, *, revision: int) -> Compilation:
        """Take a row out of the table of problems."""
        compilation = self._all.opened(around)
        standing = compilation.rows.get(row_id)
        stands = standing.row.text if standing else None
        try:
            compilation.remove_row(row_id, revision=revision, by=around.by)
        except SectionHasChanged as changed:
            raise changed.between(stands=self._all.texts.of(stands), sent=None) from None
        return self._all.replaced(compilation, stands)

    def contribute_part(self, around: Around) -> Compilation:
        """Let the others read what one's own party has written."""
        compilation = self._all.opened(around)
        compilation.contribute_part(by=around.by)
        return self._all.saved(compilation)

    def withdraw_part(self, around: Around) -> Compilation:
        """Make one's own party's part a draft again."""
        compilation = self._all.opened(around)
        compilation.withdraw_part(by=around.by)
        return self._all.saved(compilation)

    def assess_areas(self, around: Around, wishes: Sequence[Wish[AreaOfParty, int | None]]) -> Compilation:
        """Say how one's party assesses areas, 1 to 5; in the meeting of model C, any party."""
        compilation = self._all.opened(around)
        for wish in wishes:
            refuse_strange_area(wish.key[0], around=around)
            refuse_off_the_scale(wish.wanted)
        compilation.assess_areas(wishes, around=around)
        return self._all.saved(compilation)

    def value_priorities(self, around: Around, wishes: Sequence[Wish[str, int | None]]) -> Compilation:
        """Give priority areas their values on the template's own scale."""
        compilation = self._all.opened(around)
        for wish in wishes:
            refuse_strange_area(wish.key, around=around)
            refuse_off_the_scale(wish.wanted, template=_template_of(compilation))
        compilation.value_priorities(wishes, by=around.by)
        return self._all.saved(compilation)

    def take_local_pictures(self, around: Around, pictures: tuple[LocalPicture, ...]) -> Compilation:
        """Organisation model B: let the local groups' pictures stand in the strategic one as they are now."""
        compilation = self._all.opened(around)
        if not gathers_local_pictures(around.document, around.key):
            raise NothingFlowsIn
        compilation.take_local_pictures(pictures, by=around.by)
        return self._all.saved(compilation)

    def value_risk(self, around: Around, wish: Wish[str, int | None]) -> Compilation:
        """Give the period its risk value, on the municipality's own scale."""
        compilation = self._all.opened(around)
        refuse_risk_value(wish.wanted, template=_template_of(compilation), around=around)
        compilation.value_risk(wish, by=around.by)
        return self._all.saved(compilation)

    def take_back_signature(self, around: Around) -> Compilation:
        """Take one's own party's signature back."""
        compilation = self._all.opened(around)
        compilation.take_back_signature(by=around.by)
        return self._all.saved(compilation)

    def _says_the_same(self, row: ProblemRow, draft: RowDraft, words: str | None) -> bool:
        stands = (row.section, row.responsible, row.continues)
        wanted = (draft.section, draft.responsible, draft.continues)
        return stands == wanted and self._all.stands_already(row.text, words)


def _beside(standing: ProblemRow, sent: ProblemRow) -> tuple[Contested, ...]:
    """What is chosen in a row beside its words."""
    names = ("responsible", "continues")
    return tuple(Contested(name, getattr(standing, name), getattr(sent, name)) for name in names)


def _template_of(compilation: Compilation) -> PictureTemplate:
    return template_named(compilation.template, version=compilation.template_version)
