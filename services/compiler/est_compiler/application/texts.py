"""The words that people write in pictures: beside the log, so that they can be erased."""

from collections.abc import Iterable
from secrets import token_hex
from uuid import UUID, uuid4

from est_chassis.event_store import Cursor, UnitOfWork
from est_compiler.domain.compiling.work import TextReference
from est_compiler.domain.compiling.written_words import digest_of


class WrittenTexts:
    """The texts of one transaction: what it has kept and forgotten is not in the tables yet."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._met: dict[UUID, str | None] = {}

    def keep(self, municipality: str, words: str, *, confirmed: bool) -> TextReference:
        """Keep words under an ID of their own; what the log gets is a reference."""
        text_id, salt = uuid4(), token_hex(16)
        self._work.write(KEEP, (text_id, municipality, words, salt))
        self._met[text_id] = words
        return TextReference(text_id, digest_of(words, salt=salt), confirmed)

    def forget(self, text_id: UUID) -> None:
        """Let the words be gone for good."""
        # In the order in which it was asked for: they may have been kept in this very transaction.
        self._work.flush()
        self._work.write(FORGET, (text_id,))
        self._met[text_id] = None

    def of(self, text: TextReference | None) -> str | None:
        """The words; None where there are none, and where they are gone."""
        return self.read([text.text_id]).get(text.text_id) if text else None

    def read(self, text_ids: Iterable[UUID]) -> dict[UUID, str]:
        """Those of many with one question; what is gone is left out."""
        asked = list(text_ids)
        unmet = [text_id for text_id in asked if text_id not in self._met]
        self._met |= dict.fromkeys(unmet) | words_of(self._work.cursor, unmet)
        return {text_id: words for text_id in asked if (words := self._met[text_id]) is not None}


def words_of(cursor: Cursor, text_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words of these texts; what has been erased is not among them."""
    asked = list(text_ids)
    if not asked:
        return {}
    rows = cursor.execute("SELECT text_id, words FROM written_texts WHERE text_id = ANY(%s)", (asked,))
    return {row["text_id"]: row["words"] for row in rows}


WRITTEN_TEXTS = """
    CREATE TABLE IF NOT EXISTS written_texts (
        text_id uuid PRIMARY KEY,
        municipality text NOT NULL,
        words text NOT NULL,
        salt text NOT NULL
    )
"""
KEEP = "INSERT INTO written_texts (text_id, municipality, words, salt) VALUES (%s, %s, %s, %s)"
FORGET = "DELETE FROM written_texts WHERE text_id = %s"
