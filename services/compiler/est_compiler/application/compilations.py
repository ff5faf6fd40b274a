"""What is being compiled, with its words: found, kept and saved in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from est_chassis.clock import Clock
from est_chassis.event_store import Cursor, EventStore, UnitOfWork
from est_compiler.application.texts import WrittenTexts, words_of
from est_compiler.domain.compiling.around import Around, PictureKey, compilation_id
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.history import CompilationStep, steps_of
from est_compiler.domain.compiling.refusals import CompilationIsNotOpened
from est_compiler.domain.compiling.then import work_then
from est_compiler.domain.compiling.work import TextReference, WorkInWords
from est_compiler.domain.compiling.written_words import check_written


@dataclass(frozen=True)
class CompilationInWords:
    """How far a compilation has come, and the words of it that a reader may have."""

    compilation: Compilation
    shown: WorkInWords


def compilation_then(
    store: EventStore, cursor: Cursor, key: PictureKey, moment: datetime
) -> WorkInWords | None:
    """What stood in a compilation at a moment, in the words that are still kept; None where nobody had begun.

    Words lie beside the log: those that were replaced unpublished, and those that are erased, are gone.
    """
    named = compilation_id(key.municipality, str(key.period), str(key.scope))
    then = work_then([recorded.event for recorded in store.events_of(cursor, named)], moment)
    if then is None:
        return None
    return then.in_words(words_of(cursor, (text.text_id for _place, text in then.work.references)))


class Compilations:
    """The compilations of one transaction: what every room of the application works on."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        self.work = work
        self.texts = WrittenTexts(work)
        self._clock = clock

    @property
    def now(self) -> datetime:
        return self._clock.now()

    def find(self, key: PictureKey) -> Compilation | None:
        """How far the compiling of a picture has come; None where nobody has begun."""
        named = compilation_id(key.municipality, str(key.period), str(key.scope))
        return self.work.find(Compilation, named)

    def opened(self, around: Around) -> Compilation:
        compilation = self.find(around.key)
        if compilation is None:
            raise CompilationIsNotOpened
        return compilation

    def in_words(self, around: Around) -> CompilationInWords:
        """The same with its words: a part that is not contributed yet is its own party's only."""
        compilation = self.opened(around)
        work = compilation.work_shown_to(around.by.party)
        words = self.texts.read(text.text_id for _place, text in work.references)
        return CompilationInWords(compilation, WorkInWords(work, words))

    def history(self, around: Around) -> list[CompilationStep]:
        """All that has been done, by which function, in order; the words themselves are not part of it."""
        compilation = self.opened(around)
        self.work.flush()
        return steps_of([recorded.event for recorded in self.work.events_of(compilation.id)])

    def erase_text(self, around: Around, text_id: UUID) -> Compilation:
        """Let words be gone for good, from the work and from every version that was published with them."""
        compilation = self.opened(around)
        compilation.erase_text(text_id, by=around.by)
        self.saved(compilation)
        # Asked for again as well: what is promised to be gone is looked for and taken away.
        self.texts.forget(text_id)
        return compilation

    def saved(self, compilation: Compilation) -> Compilation:
        self.work.save(compilation)
        return compilation

    def kept(
        self, around: Around, placed: list[tuple[str, str]], *, words: str | None, confirmed: bool
    ) -> TextReference | None:
        asked = check_written(placed, document=around.in_force, now=self.now, confirmed=confirmed)
        if words is None:
            return None
        return self.texts.keep(around.key.municipality, words, confirmed=asked)

    def replaced(self, compilation: Compilation, before: TextReference | None) -> Compilation:
        """Words that are replaced are gone at once, unless a published version shows them."""
        self.saved(compilation)
        if before is not None and before.text_id not in compilation.published_texts:
            self.texts.forget(before.text_id)
        return compilation

    def stands_already(self, text: TextReference | None, words: str | None) -> bool:
        """Whether these words stand there; where words have been erased it is not so that nothing stands."""
        return text is None if words is None else self.texts.of(text) == words
