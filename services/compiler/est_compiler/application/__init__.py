"""What coordinators can do with pictures: compile, sign, publish and correct them."""

from est_chassis.application import Application
from est_chassis.clock import Clock
from est_chassis.event_store import UnitOfWork
from est_compiler.application.compilations import CompilationInWords, Compilations, compilation_then
from est_compiler.application.compiling import Compiling, RowDraft
from est_compiler.application.indicating import Indicating, IndicatorDraft, Recorder, RowOutcome
from est_compiler.application.publishing import Publishing
from est_compiler.application.texts import WRITTEN_TEXTS, words_of
from est_compiler.application.writing_now import WRITING_NOW, Writer, WritingNow, writing_now

__all__ = [
    "BESIDE_TABLES",
    "CompilationInWords",
    "Compiler",
    "IndicatorDraft",
    "Recorder",
    "RowDraft",
    "RowOutcome",
    "Writer",
    "compilation_then",
    "words_of",
    "writing_now",
]

#: What lies beside the log, so that it can be erased.
BESIDE_TABLES = ";".join((WRITTEN_TEXTS, WRITING_NOW))


class Compiler(Application):
    """The use cases of the compiler, room by room; all of them work on the same compilations."""

    def __init__(self, work: UnitOfWork, clock: Clock) -> None:
        super().__init__(work, clock)
        self.compilations = Compilations(work, clock)
        self.indicating = Indicating(self.compilations)
        self.compiling = Compiling(self.compilations, self.indicating)
        self.publishing = Publishing(self.compilations, self.indicating)
        self.writing_now = WritingNow(self.compilations)
