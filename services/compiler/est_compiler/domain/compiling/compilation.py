"""Compiling: what the parties write, assess and choose for a picture, and that they sign it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from eventsourcing.domain import Aggregate, event

from est_compiler.domain.compiling.around import Around, Coordinator, compilation_id
from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.refusals import (
    PartIsAnotherPartys,
    PartyDoesNotSign,
    RowIsNotThere,
    SectionHasChanged,
    TextIsErased,
    TooManyRows,
)
from est_compiler.domain.compiling.state import CompilationState, RowState, Seen, Signature, Written
from est_compiler.domain.compiling.wishes import AreaOfParty, SentenceChoice, Wish, still_wanted
from est_compiler.domain.compiling.work import (
    ProblemRow,
    SectionPlace,
    TakenIndicator,
    TextReference,
)
from est_contracts.vocabulary import CorrectionReason, Level, Party, Words

MOST_ROWS = 100


class Compilation(CompilationState, Aggregate):
    """A compilation (sammanställning): what people put together for one picture, until it is published."""

    TOPIC = "compiler.compilation"

    class Event(Aggregate.Event):
        """Something that somebody has done with a compilation."""

        by: str

    class Opened(Event, Aggregate.Created):
        """Somebody has begun, by a template of the set-up in force."""

        TOPIC = "compiler.compilation.opened"
        municipality: str
        period: str
        scope: str
        template: str
        template_version: int

    # The library wants this name as soon as TOPIC is set.
    Created = Opened

    class SectionWritten(Event):
        TOPIC = "compiler.compilation.section_written"
        place: dict[str, Any]
        text: dict[str, Any] | None
        revision: int

    class PartContributed(Event):
        """The party stands by its own part: the others may read it from now on."""

        TOPIC = "compiler.compilation.part_contributed"
        party: str

    class PartWithdrawn(Event):
        TOPIC = "compiler.compilation.part_withdrawn"
        party: str

    class AreaAssessed(Event):
        TOPIC = "compiler.compilation.area_assessed"
        area: str
        party: str
        value: int | None

    class PriorityValued(Event):
        TOPIC = "compiler.compilation.priority_valued"
        area: str
        value: int | None

    class LevelSet(Event):
        TOPIC = "compiler.compilation.level_set"
        level: str | None
        text: dict[str, Any] | None
        revision: int

    class SentenceAdopted(Event):
        TOPIC = "compiler.compilation.sentence_adopted"
        key: str
        words: dict[str, str]

    class SentenceDropped(Event):
        TOPIC = "compiler.compilation.sentence_dropped"
        key: str

    class RowWritten(Event):
        TOPIC = "compiler.compilation.row_written"
        row: dict[str, Any]
        revision: int

    class RowRemoved(Event):
        TOPIC = "compiler.compilation.row_removed"
        row_id: UUID

    class IndicatorsTaken(Event):
        """The structural indicators stand in the picture as they were then."""

        TOPIC = "compiler.compilation.indicators_taken"
        indicators: list[dict[str, Any]]

    class LocalPicturesTaken(Event):
        """The local groups' pictures stand in the strategic one as they were published then."""

        TOPIC = "compiler.compilation.local_pictures_taken"
        pictures: list[dict[str, Any]]

    class RiskValued(Event):
        TOPIC = "compiler.compilation.risk_valued"
        value: int | None

    class Signed(Event):
        TOPIC = "compiler.compilation.signed"
        party: str
        seen: dict[str, Any]
        signed_at: datetime
        in_meeting: bool

    class SignatureTakenBack(Event):
        TOPIC = "compiler.compilation.signature_taken_back"
        party: str

    class PublishedAs(Event):
        """What stands now is published; its words are kept for as long as the version is shown."""

        TOPIC = "compiler.compilation.published"
        version_number: int
        reason: str | None

    class TextErased(Event):
        """The words are gone; where they were published it says so."""

        TOPIC = "compiler.compilation.text_erased"
        text_id: UUID

    @staticmethod
    def create_id(municipality: str, period: str, scope: str) -> UUID:
        return compilation_id(municipality, period, scope)

    @classmethod
    def opened(cls, around: Around) -> Self:
        return cls(
            municipality=around.key.municipality,
            period=str(around.key.period),
            scope=str(around.key.scope),
            template=around.template.template_id,
            template_version=around.template.version,
            by=around.by.function,
        )

    @event(Opened)
    def __init__(
        self, *, municipality: str, period: str, scope: str, template: str, template_version: int, by: str
    ) -> None:
        self.municipality = municipality
        self.period = period
        self.scope = scope
        self.template = template
        self.template_version = template_version
        self._begin(by)

    # What each may do.

    def write(
        self, place: SectionPlace, text: TextReference | None, *, revision: int, by: Coordinator
    ) -> None:
        """Write at a place, or take away what stands there; `revision` is the one that was read."""
        if place.party not in (None, by.party):
            raise PartIsAnotherPartys
        if revision != self.revision_of(place):
            raise SectionHasChanged(revision=self.revision_of(place))
        stored = text.as_stored() if text else None
        self._written(place=place.as_stored(), text=stored, revision=revision + 1, by=by.function)

    @event(SectionWritten)
    def _written(self, place: dict[str, Any], text: dict[str, Any] | None, *, revision: int, by: str) -> None:
        written = Written(TextReference.from_stored(text), revision, by)
        self.texts[SectionPlace.from_stored(place)] = written
        self._let_signatures_fall()

    def set_level(
        self, level: Level | None, text: TextReference | None, *, revision: int, by: Coordinator
    ) -> None:
        """Set the level, and say why."""
        if revision != self.level_text.revision:
            raise SectionHasChanged(revision=self.level_text.revision)
        stored = text.as_stored() if text else None
        self._level_set(level=level and str(level), text=stored, revision=revision + 1, by=by.function)

    @event(LevelSet)
    def _level_set(self, level: str | None, text: dict[str, Any] | None, *, revision: int, by: str) -> None:
        self.level = Level(level) if level else None
        self.level_text = Written(TextReference.from_stored(text), revision, by)
        self._let_signatures_fall()

    def contribute_part(self, *, by: Coordinator) -> None:
        """Let the others read what one's own party has written; doing so again changes nothing."""
        if by.party not in self.contributed:
            self._contributed(party=str(by.party), by=by.function)

    @event(PartContributed)
    def _contributed(self, party: str, by: str) -> None:
        self.contributed.add(Party(party))
        self._let_signatures_fall()

    def withdraw_part(self, *, by: Coordinator) -> None:
        """Make one's own party's part a draft again; doing so again changes nothing."""
        if by.party in self.contributed:
            self._withdrawn(party=str(by.party), by=by.function)

    @event(PartWithdrawn)
    def _withdrawn(self, party: str, by: str) -> None:
        self.contributed.discard(Party(party))
        self._let_signatures_fall()

    def assess_areas(self, wishes: Iterable[Wish[AreaOfParty, int | None]], *, around: Around) -> None:
        """Say how parties assess areas; None takes it back, the same again changes nothing."""
        wanted = tuple(wishes)
        if any(not around.assesses_for(wish.key[1]) for wish in wanted):
            raise PartIsAnotherPartys
        to_do, _done = still_wanted(wanted, stands=self.area_values.get)
        for wish in to_do:
            area, party = wish.key
            self._assessed(area=area, party=str(party), value=wish.wanted, by=around.by.function)

    @event(AreaAssessed)
    def _assessed(self, area: str, party: str, *, value: int | None, by: str) -> None:
        if value is None:
            self.area_values.pop((area, Party(party)), None)
        else:
            self.area_values[area, Party(party)] = value
        self._let_signatures_fall()

    def value_priorities(self, wishes: Iterable[Wish[str, int | None]], *, by: Coordinator) -> None:
        """Give priority areas their values; None takes it back, the same again changes nothing."""
        to_do, _done = still_wanted(wishes, stands=self.priorities.get)
        for wish in to_do:
            self._valued(area=wish.key, value=wish.wanted, by=by.function)

    @event(PriorityValued)
    def _valued(self, area: str, value: int | None, *, by: str) -> None:
        if value is None:
            self.priorities.pop(area, None)
        else:
            self.priorities[area] = value
        self._let_signatures_fall()

    def choose_sentences(
        self,
        wishes: Iterable[Wish[str, SentenceChoice]],
        *,
        suggested: Mapping[str, Words],
        by: Coordinator,
    ) -> None:
        """Let suggested sentences stand in the words that the numbers give them, or leave them out."""
        to_do, done = still_wanted(wishes, stands=self.choice_of)
        for wish in (*to_do, *done):
            if wish.wanted is SentenceChoice.DROPPED:
                self._drop(wish.key, by=by)
            elif self.sentences.get(wish.key) != (words := suggested[wish.key]):
                self._adopted(key=wish.key, words=words.model_dump(), by=by.function)

    @event(SentenceAdopted)
    def _adopted(self, key: str, words: dict[str, str], *, by: str) -> None:
        self.sentences[key] = Words(**words)
        self._let_signatures_fall()

    def _drop(self, key: str, *, by: Coordinator) -> None:
        if self.choice_of(key) is not SentenceChoice.DROPPED:
            self._dropped(key=key, by=by.function)

    @event(SentenceDropped)
    def _dropped(self, key: str, by: str) -> None:
        self.sentences[key] = None
        self._let_signatures_fall()

    def write_row(self, row: ProblemRow, *, revision: int, by: Coordinator) -> None:
        """Add a row to the table of problems, or write it anew; `revision` is the one that was read."""
        if revision != self.row_revision(row.row_id):
            raise SectionHasChanged(revision=self.row_revision(row.row_id))
        if row.row_id not in self.rows and len(self.rows) >= MOST_ROWS:
            raise TooManyRows
        self._row_written(row=row.as_stored(), revision=revision + 1, by=by.function)

    @event(RowWritten)
    def _row_written(self, row: dict[str, Any], revision: int, *, by: str) -> None:
        written = ProblemRow.from_stored(row)
        self.rows[written.row_id] = RowState(written, revision, by)
        self._let_signatures_fall()

    def remove_row(self, row_id: UUID, *, revision: int, by: Coordinator) -> None:
        """Take a row away."""
        if row_id not in self.rows:
            raise RowIsNotThere
        if revision != self.rows[row_id].revision:
            raise SectionHasChanged(revision=self.rows[row_id].revision)
        self._row_removed(row_id=row_id, by=by.function)

    @event(RowRemoved)
    def _row_removed(self, row_id: UUID, by: str) -> None:
        # The removal counts too: who had the row open does not bring it back unseen.
        self.removed_rows[row_id] = self.rows.pop(row_id).revision + 1
        self._let_signatures_fall()

    def take_indicators(self, indicators: tuple[TakenIndicator, ...], *, by: str) -> None:
        """Let the structural indicators stand in the picture as they are now."""
        self._indicators_taken(indicators=[each.as_stored() for each in indicators], by=by)

    @event(IndicatorsTaken)
    def _indicators_taken(self, indicators: list[dict[str, Any]], by: str) -> None:
        self.indicators = tuple(TakenIndicator.from_stored(each) for each in indicators)
        self._let_signatures_fall()

    def take_local_pictures(self, pictures: tuple[LocalPicture, ...], *, by: Coordinator) -> None:
        """Let the local groups' pictures stand in this one; the same again changes nothing."""
        if pictures != self.local_pictures:
            self._local_pictures_taken(pictures=[each.as_stored() for each in pictures], by=by.function)

    @event(LocalPicturesTaken)
    def _local_pictures_taken(self, pictures: list[dict[str, Any]], by: str) -> None:
        self.local_pictures = tuple(LocalPicture.from_stored(each) for each in pictures)
        self._let_signatures_fall()

    def value_risk(self, wish: Wish[str, int | None], *, by: Coordinator) -> None:
        """Give the period its risk value; None takes it back, the same again changes nothing."""
        to_do, _done = still_wanted([wish], stands=lambda _key: self.risk_value)
        for each in to_do:
            self._risk_valued(value=each.wanted, by=by.function)

    @event(RiskValued)
    def _risk_valued(self, value: int | None, *, by: str) -> None:
        self.risk_value = value
        self._let_signatures_fall()

    def sign(self, signature: Signature, *, around: Around) -> None:
        """Sign for a party; in the meeting of model C one coordinator signs for those who are there."""
        if signature.party not in around.in_force.signatories:
            raise PartyDoesNotSign
        for_another = signature.party is not around.by.party
        if for_another and not (signature.in_meeting and around.meets_to_compile):
            raise PartIsAnotherPartys
        standing = self.signatures.get(signature.party)
        if standing is None or standing.seen != signature.seen:
            self._signed(
                party=str(signature.party),
                seen=asdict(signature.seen),
                signed_at=signature.signed_at,
                in_meeting=signature.in_meeting,
                by=signature.by,
            )

    @event(Signed)
    def _signed(
        self, party: str, seen: dict[str, Any], *, signed_at: datetime, in_meeting: bool, by: str
    ) -> None:
        looked_at = Seen(**seen)
        self._sign(Signature(Party(party), by, signed_at, in_meeting, looked_at))

    def take_back_signature(self, *, by: Coordinator) -> None:
        """Take one's own party's signature back; without one nothing changes."""
        if by.party in self.signatures:
            self._signature_taken_back(party=str(by.party), by=by.function)

    @event(SignatureTakenBack)
    def _signature_taken_back(self, party: str, by: str) -> None:
        del self.signatures[Party(party)]

    def publish_as(self, version: int, *, reason: CorrectionReason | None, by: str) -> None:
        """Remember that what stands now is what a version shows."""
        self._published_as(version_number=version, reason=reason and str(reason), by=by)

    @event(PublishedAs)
    def _published_as(self, version_number: int, reason: str | None, *, by: str) -> None:
        self.latest_version = version_number
        self.published_texts |= {text.text_id for _place, text in self.work.references}

    def erase_text(self, text_id: UUID, *, by: Coordinator) -> None:
        """Let words be forgotten, published or not; asking again changes nothing."""
        if not self.may_read(text_id, by.party):
            raise TextIsErased
        if text_id not in self.erased_texts:
            self._text_erased(text_id=text_id, by=by.function)

    @event(TextErased)
    def _text_erased(self, text_id: UUID, by: str) -> None:
        self.erased_texts.add(text_id)
