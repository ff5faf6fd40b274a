"""Step one of two: what one party has put together for a period before the parties meet."""

from __future__ import annotations

from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_contracts.vocabulary import Party, Rejected, Words


class CompilationIsReady(Rejected):
    """The party has said that its part is ready; it is taken back first."""

    code = "compilation_is_ready"
    words = Words(
        sv="Delen är redan klar för avstämning. Ta tillbaka den först om något ska ändras.",
        en="The part is already ready for the meeting. Take it back first if something is to be changed.",
    )


class CompilationHasChanged(Rejected):
    """A colleague in the same party has written another draft meanwhile."""

    code = "compilation_has_changed"
    http_status = 412
    words = Words(
        sv="En kollega har ändrat delen sedan du öppnade den. Läs den igen och gör om din ändring.",
        en="A colleague has changed the part since you opened it. Read it again and redo your change.",
    )


class CompilationIsAnotherPartys(Rejected):
    """Only a coordinator of the party itself writes its part."""

    code = "compilation_is_another_partys"
    http_status = 403
    words = Words(
        sv="Bara partens egna samordnare skriver dess del.",
        en="Only the party's own coordinators write its part.",
    )


class PartyCompilation(Aggregate):
    """A party's own part of a period (partens del): drafted, then ready. Its words lie beside the log."""

    TOPIC = "intake.party_compilation"

    class Event(Aggregate.Event):
        """Something that has happened to a party's part."""

        municipality: str
        period: str
        party: str
        by_function: str | None

    class Drafted(Event, Aggregate.Created):
        """A coordinator of the party has begun on it."""

        TOPIC = "intake.party_compilation.drafted"
        has_text: bool

    # The library wants this name as soon as TOPIC is set.
    Created = Drafted

    class Redrafted(Event):
        """It says something else now."""

        TOPIC = "intake.party_compilation.redrafted"
        has_text: bool

    class MadeReady(Event):
        """The party stands by it: the other parties may read it (klar för avstämning)."""

        TOPIC = "intake.party_compilation.made_ready"

    class TakenBack(Event):
        """It is a draft again, and nobody else's to read."""

        TOPIC = "intake.party_compilation.taken_back"

    class TextErased(Event):
        """The words are gone."""

        TOPIC = "intake.party_compilation.text_erased"

    @classmethod
    def create_id(cls, municipality: str, period: str, party: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"est:intake:party_compilation:{municipality}:{period}:{party}")

    @classmethod
    def begun(
        cls, municipality: str, period: str, *, party: Party, has_text: bool, by_function: str | None
    ) -> Self:
        return cls(
            municipality=municipality,
            period=period,
            party=str(party),
            by_function=by_function,
            has_text=has_text,
        )

    @event(Drafted)
    def __init__(
        self, *, municipality: str, period: str, party: str, by_function: str | None, has_text: bool
    ) -> None:
        self.municipality = municipality
        self.period = period
        self.party = Party(party)
        self.has_text = has_text
        self.revision = 1
        self.is_ready = False
        self.is_erased = False

    def redraft(self, *, has_text: bool, by_function: str | None, from_revision: int | None) -> None:
        if self.is_ready:
            raise CompilationIsReady
        if from_revision is not None and from_revision != self.revision:
            raise CompilationHasChanged
        self._redrafted(
            municipality=self.municipality,
            period=self.period,
            party=self.party,
            by_function=by_function,
            has_text=has_text,
        )

    @event(Redrafted)
    def _redrafted(
        self, municipality: str, period: str, *, party: str, by_function: str | None, has_text: bool
    ) -> None:
        self.has_text = has_text
        self.revision += 1
        self.is_erased = False

    def make_ready(self, *, by_function: str | None) -> None:
        """Stand by it; doing so again changes nothing."""
        if not self.is_ready:
            self._made_ready(
                municipality=self.municipality,
                period=self.period,
                party=self.party,
                by_function=by_function,
            )

    @event(MadeReady)
    def _made_ready(self, municipality: str, period: str, *, party: str, by_function: str | None) -> None:
        self.is_ready = True

    def take_back(self, *, by_function: str | None) -> None:
        """Make it a draft again; doing so again changes nothing."""
        if self.is_ready:
            self._taken_back(
                municipality=self.municipality,
                period=self.period,
                party=self.party,
                by_function=by_function,
            )

    @event(TakenBack)
    def _taken_back(self, municipality: str, period: str, *, party: str, by_function: str | None) -> None:
        self.is_ready = False

    def erase_text(self, *, by_function: str | None) -> None:
        if self.has_text and not self.is_erased:
            self._text_erased(
                municipality=self.municipality,
                period=self.period,
                party=self.party,
                by_function=by_function,
            )

    @event(TextErased)
    def _text_erased(self, municipality: str, period: str, *, party: str, by_function: str | None) -> None:
        self.is_erased = True
