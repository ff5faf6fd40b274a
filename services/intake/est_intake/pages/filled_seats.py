"""The seats that one fills besides one's own: what was left there, and what has been heard of each."""

from dataclasses import dataclass

from est_contracts.vocabulary import Function, ReportingPeriod, Role
from est_intake.domain.standing_in import fills, seats_stood_in_for
from est_intake.pages.periods import STILL_SILENT, period_to_return, voices_of
from est_intake.pages.surroundings import Surroundings
from est_intake.read_models.coverage import Voice
from est_intake.read_models.seats import SeatNote, notes_of


@dataclass(frozen=True)
class FilledSeat:
    """A seat that one stands in for (ersättare), and the period that is to be told of."""

    function: Function
    note: SeatNote | None
    period: ReportingPeriod
    voice: Voice
    is_on_duty: bool

    @property
    def is_awaited(self) -> bool:
        """Whether it is to report, and nothing has been heard of it."""
        return Role.REPORTER in self.function.roles and self.voice.heard in STILL_SILENT


@dataclass(frozen=True)
class OwnAndFilled:
    """What was left for one's own seat, and the seats that one stands in for."""

    note: SeatNote | None
    seats: tuple[FilledSeat, ...]

    @property
    def pressing(self) -> tuple[FilledSeat, ...]:
        """Those that one is on duty for, and those that were silent when their deadline passed."""
        return tuple(each for each in self.seats if each.is_on_duty or each.is_awaited)


async def own_and_filled(around: Surroundings) -> OwnAndFilled:
    """In a period of duty the period that is due next; after a deadline the one that was due."""
    by = around.caller.function
    notes = await around.service.ask(lambda cursor: notes_of(cursor, around.municipality))
    names = seats_stood_in_for(by, set_up=around.set_up, now=around.now)
    seats = [await _filled(around, name, note=notes.get(name)) for name in names]
    return OwnAndFilled(notes.get(by or ""), tuple(seats))


async def _filled(around: Surroundings, name: str, *, note: SeatNote | None) -> FilledSeat:
    is_on_duty = fills(name, by=around.caller.function, set_up=around.set_up, now=around.now)
    due_last = around.set_up.period_awaited(around.now).previous
    period = await period_to_return(around, "", name) if is_on_duty else due_last
    told = await voices_of(around, [period], functions=[name])
    return FilledSeat(around.set_up.document.function(name), note, period, told[name, period], is_on_duty)
