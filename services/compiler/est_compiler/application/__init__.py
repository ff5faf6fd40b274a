"""What coordinators can do with pictures: compile, sign, publish and correct them."""

from est_compiler.application.compiling import CompilationInWords, RowDraft
from est_compiler.application.indicating import Indicating, IndicatorDraft, Recorder, RowOutcome
from est_compiler.application.texts import WRITTEN_TEXTS, words_of
from est_compiler.application.writing_now import WRITING_NOW, Writer, writing_now

__all__ = [
    "BESIDE_TABLES",
    "CompilationInWords",
    "Compiler",
    "IndicatorDraft",
    "Recorder",
    "RowDraft",
    "RowOutcome",
    "Writer",
    "words_of",
    "writing_now",
]

#: What lies beside the log, so that it can be erased.
BESIDE_TABLES = ";".join((WRITTEN_TEXTS, WRITING_NOW))


class Compiler(Indicating):
    """The use cases of the compiler; each of its parents is a room of its own."""
