"""Putting together what one party says of a period, before the parties meet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from est_chassis.failures import NotFound
from est_contracts.vocabulary import Party, Rejected, Role, Words
from est_intake.application.set_up import SettingUp
from est_intake.domain.objections import individuals_in
from est_intake.domain.party_compilation import CompilationIsAnotherPartys, PartyCompilation
from est_intake.domain.submission import Circumstances, Sender


class PartyTextIsRefused(Rejected):
    """The party's words point out somebody."""

    code = "party_text_is_refused"
    http_status = 422
    words = Words(
        sv="Texten är inte sparad. Rätta det som står nedan och spara igen.",
        en="The text is not saved. Correct what is said below and save it again.",
    )


@dataclass(frozen=True)
class PartysPart:
    """How far a party has come with its part; its text only for those who may read it."""

    party: Party
    revision: int
    is_begun: bool
    is_ready: bool
    is_ones_own: bool
    text: str | None


class PartyCompiling:
    """The use cases around the parties' own parts."""

    def __init__(self, set_ups: SettingUp) -> None:
        self._set_ups = set_ups
        self.work = set_ups.work
        # Of this transaction: what is to be written is not yet there to be read.
        self._new_party_words: dict[UUID, str | None] = {}

    def draft_part(
        self,
        municipality: str,
        period: str,
        *,
        text: str | None,
        by: Sender,
        from_revision: int | None = None,
    ) -> PartysPart:
        """Write one's own party's part, or write it anew; the same words again change nothing."""
        party = self._own_party(municipality, by)
        self._check(municipality, period, text=text, by=by)
        part = self._part(municipality, period, party)
        if part is None:
            part = PartyCompilation.begun(
                municipality, period, party=party, has_text=bool(text), by_function=by.function
            )
        elif (self._words(part) or None) == (text or None):
            return self._told(part, party, reader=by)
        else:
            part.redraft(has_text=bool(text), by_function=by.function, from_revision=from_revision)
        self.work.save(part)
        self._new_party_words[part.id] = text or None
        if text:
            self.work.write(KEEP, (part.id, part.revision, text))
        self.work.write(FORGET_EARLIER, (part.id, part.revision))
        return self._told(part, party, reader=by)

    def make_part_ready(self, municipality: str, period: str, *, by: Sender) -> PartysPart:
        """Say that one's own party's part is ready for the meeting; the numbers alone will do."""
        party = self._own_party(municipality, by)
        self._check(municipality, period, text=None, by=by)
        part = self._part(municipality, period, party) or PartyCompilation.begun(
            municipality, period, party=party, has_text=False, by_function=by.function
        )
        part.make_ready(by_function=by.function)
        self.work.save(part)
        return self._told(part, party, reader=by)

    def take_part_back(self, municipality: str, period: str, *, by: Sender) -> PartysPart:
        """Make one's own party's part a draft again."""
        party = self._own_party(municipality, by)
        part = self._part(municipality, period, party)
        if part is None:
            raise NotFound(period)
        part.take_back(by_function=by.function)
        self.work.save(part)
        return self._told(part, party, reader=by)

    def erase_part_text(self, municipality: str, period: str, *, by: Sender) -> None:
        """Let the words of one's own party's part be forgotten."""
        party = self._own_party(municipality, by)
        part = self._part(municipality, period, party)
        if part is None:
            raise NotFound(period)
        part.erase_text(by_function=by.function)
        self.work.save(part)
        self._new_party_words[part.id] = None
        self.work.write(ERASE, (part.id,))

    def parts(self, municipality: str, period: str, *, reader: Sender) -> list[PartysPart]:
        """Each party's part, as far as the reader may see it: a draft is its own party's only."""
        self._set_ups.set_up_for(municipality, reader)
        return [self._told(self._part(municipality, period, each), each, reader=reader) for each in Party]

    def _check(self, municipality: str, period: str, *, text: str | None, by: Sender) -> None:
        set_up = self._set_ups.set_up_for(municipality, by)
        if set_up.period_named(period) is None:
            raise NotFound(period)
        errors = individuals_in("text", text, Circumstances(set_up, by, self._set_ups.now))
        if errors:
            raise PartyTextIsRefused(errors=errors)

    def _own_party(self, municipality: str, by: Sender) -> Party:
        own = self._set_ups.set_up_for(municipality, by).reporters.get(by.function or "")
        if own is None or Role.COORDINATOR not in by.roles:
            raise CompilationIsAnotherPartys
        return own.party

    def _part(self, municipality: str, period: str, party: Party) -> PartyCompilation | None:
        key = PartyCompilation.create_id(municipality, period, party)
        return self.work.find(PartyCompilation, key)

    def _told(self, part: PartyCompilation | None, party: Party, *, reader: Sender) -> PartysPart:
        own = self._in_use_reporter(reader)
        is_own = own == party and Role.COORDINATOR in reader.roles
        if part is None:
            return PartysPart(party, 0, is_begun=False, is_ready=False, is_ones_own=is_own, text=None)
        may_read = is_own or (part.is_ready and Role.COORDINATOR in reader.roles)
        return PartysPart(
            party,
            part.revision,
            is_begun=True,
            is_ready=part.is_ready,
            is_ones_own=is_own,
            text=self._words(part) if may_read else None,
        )

    def _in_use_reporter(self, reader: Sender) -> Party | None:
        set_up = self._set_ups.set_up_for(reader.municipality or "", reader)
        own = set_up.reporters.get(reader.function or "")
        return own.party if own else None

    def _words(self, part: PartyCompilation) -> str | None:
        if part.id in self._new_party_words:
            return self._new_party_words[part.id]
        row = self.work.cursor.execute(READ, (part.id, part.revision)).fetchone()
        return row["text"] if row else None


#: The parties' own words lie beside the log, so that they can be erased (docs/privacy).
PARTY_WORDS_TABLE = """
    CREATE TABLE IF NOT EXISTS party_compilation_words (
        compilation_id uuid NOT NULL,
        revision int NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (compilation_id, revision)
    )
"""
KEEP = """
    INSERT INTO party_compilation_words (compilation_id, revision, text) VALUES (%s, %s, %s)
    ON CONFLICT DO NOTHING
"""
FORGET_EARLIER = "DELETE FROM party_compilation_words WHERE compilation_id = %s AND revision < %s"
ERASE = "DELETE FROM party_compilation_words WHERE compilation_id = %s"
READ = "SELECT text FROM party_compilation_words WHERE compilation_id = %s AND revision = %s"
