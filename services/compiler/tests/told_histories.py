"""Histories as intake and analysis might tell them: reports, blocks, returns, set-ups and problems."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from est_chassis.event_store import Cursor
from est_chassis.read_models import ReadModel
from est_compiler.read_models.collaborations import Collaborations
from est_compiler.read_models.facts import Facts
from est_compiler.read_models.problems import Problems
from est_compiler.read_models.published_pictures import PublishedPictures
from est_compiler.read_models.returns import Returns
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN, example_collaboration
from est_contracts.example_lives import ReportLife, Step
from est_contracts.examples import example_id, example_of
from est_contracts.messages import (
    Answer,
    AreaAssessment,
    AreaCount,
    CollaborationSetUp,
    CountBlockContributed,
    CountBlockWithdrawn,
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    MeasureCompleted,
    MeasureDecided,
    Message,
    PeriodReturned,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemFlagged,
    Recorded,
)
from est_contracts.vocabulary import (
    Area,
    AreaKind,
    CollaborationDocument,
    LocalGroup,
    NamedPlace,
    Party,
    PriorityAreas,
    Rhythm,
    Tense,
    Theme,
    Week,
    entry,
)

READ_MODELS: tuple[type[ReadModel], ...] = (Facts, Returns, Collaborations, Problems, PublishedPictures)
ENTRIES = tuple(
    entry(name) for name in ("orebro.1", "orebro.2", "orebro.3", "orebro.5", "boras.1", "malmo.4")
)
AREAS = (CENTRUM, NORRANGEN, HAMNEN, None)
DISTRICT, LOCAL_GROUP, SQUARE = "9901D001", "est_norr", "torget"
REPORTERS = {
    "faltgruppen": ("valboas_kommun", Party.MUNICIPALITY),
    "kommunpolisen": ("polisen_valboas", Party.POLICE),
    "bovard_norrangen": ("valboasbostader", Party.HOUSING),
}


def set_up(*, period_days: int = 7, periods_begin_on: date = date(2018, 1, 1)) -> CollaborationDocument:
    """Valboås with a district, a local group, a place and areas that have priority in one quarter."""
    areas = tuple(
        area if area.area_id == HAMNEN else area.model_copy(update={"within": DISTRICT})
        for area in example_collaboration().areas
    )
    said = {
        "areas": (Area(area_id=DISTRICT, name="Norra staden", kind=AreaKind.DISTRICT), *areas),
        "places": (NamedPlace(place_id=SQUARE, name="Torget", area_id=CENTRUM),),
        "priority_areas": (PriorityAreas(quarter="2026-Q3", area_ids=(HAMNEN,)),),
        "local_groups": (
            LocalGroup(
                group_id=LOCAL_GROUP, name="EST Norr", area_ids=(NORRANGEN,), members=("bovard_norrangen",)
            ),
        ),
        "period_days": period_days,
        "periods_begin_on": periods_begin_on,
    }
    return CollaborationDocument.model_validate(example_collaboration().model_dump() | _dumped(said))


def _dumped(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [each.model_dump() for each in value] if isinstance(value, tuple) else value
        for name, value in said.items()
    }


@dataclass
class Teller:
    """Tells a random history between two days, and remembers what can still be corrected or withdrawn."""

    chance: Random
    first_day: date
    last_day: date
    told: int = 0
    lives: dict[int, ReportLife] = field(default_factory=dict)
    blocks: list[int] = field(default_factory=list)
    returned: dict[tuple[str, str], int] = field(default_factory=dict)

    def message(self, position: int) -> Message:
        """The next one that intake tells."""
        ways: list[tuple[Callable[[int], Message], int]] = [
            (self._report, 52),
            (self._corrected, 10 if self._those_before(Step.CORRECTED) else 0),
            (self._marked_duplicate, 7 if self._those_before(Step.MARKED_DUPLICATE) else 0),
            (self._withdrawn, 7 if self._those_before(Step.WITHDRAWN) else 0),
            (self._reinstated, 5 if self._those_before(Step.REINSTATED) else 0),
            (self._block, 8),
            (self._return, 10),
            (self._set_up, 3),
        ]
        tell = self.chance.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        return tell(position)

    def _those_before(self, step: Step) -> list[int]:
        """The reports to which this may happen."""
        return [number for number, life in self.lives.items() if step in life.steps_ahead]

    def _one_before(self, step: Step) -> int:
        number = self.chance.choice(self._those_before(step))
        self.lives[number] = self.lives[number].after(step)
        return number

    def _report(self, position: int) -> Message:
        self.lives[position] = ReportLife().after(Step.TOLD)
        return self._told(IncidentReported, position, number=position)

    def _corrected(self, position: int) -> Message:
        """Duplicates are corrected too: they count no more for that."""
        return self._told(IncidentReportCorrected, position, number=self._one_before(Step.CORRECTED))

    def _withdrawn(self, position: int) -> Message:
        number = self._one_before(Step.WITHDRAWN)
        return example_of(IncidentReportWithdrawn, position=position, report_id=report_id(number))

    def _marked_duplicate(self, position: int) -> Message:
        number = self._one_before(Step.MARKED_DUPLICATE)
        of = {"report_id": report_id(number), "duplicate_of": report_id(0)}
        return example_of(IncidentReportMarkedDuplicate, position=position, **of)

    def _reinstated(self, position: int) -> Message:
        number = self._one_before(Step.REINSTATED)
        return example_of(IncidentReportReinstated, position=position, report_id=report_id(number))

    def _told(
        self, kind: type[IncidentReported | IncidentReportCorrected], position: int, *, number: int
    ) -> Message:
        said, function = self.chance.choice(ENTRIES), self.chance.choice(list(REPORTERS))
        organisation, party = REPORTERS[function]
        area = self.chance.choice(AREAS)
        return example_of(
            kind,
            position=position,
            report_id=report_id(number),
            happened_at=self._moment(),
            checklist_entry=said.entry_id,
            theme=said.theme,
            tense=Tense.EXPECTED if self.chance.random() < 0.1 else Tense.OCCURRED,
            area=area,
            place=SQUARE if area == CENTRUM and self.chance.random() < 0.5 else None,
            severity=self.chance.choice((1, 2, 3, 4, 5, None)),
            function=function,
            organisation=organisation,
            party=party,
        )

    def _block(self, position: int) -> Message:
        if self.blocks and self.chance.random() < 0.3:
            number = self.blocks.pop(self.chance.randrange(len(self.blocks)))
            return example_of(CountBlockWithdrawn, position=position, block_id=example_id(f"block/{number}"))
        is_new = not self.blocks or self.chance.random() < 0.6
        number = position if is_new else self.chance.choice(self.blocks)
        if is_new:
            self.blocks.append(number)
        counts = tuple(
            AreaCount(
                checklist_entry=said.entry_id,
                theme=said.theme,
                area=self.chance.choice(AREAS),
                number=self.chance.choice((0, 1, 2, 7)),
                in_public=self.chance.random() < 0.7,
                has_text=False,
            )
            for said in self.chance.sample(ENTRIES, k=self.chance.randint(0, 3))
        )
        return example_of(
            CountBlockContributed,
            position=position,
            block_id=example_id(f"block/{number}"),
            revision=1 if is_new else 2,
            counts=counts,
            **self._about_a_period(),
        )

    def _return(self, position: int) -> Message:
        function = self.chance.choice(list(REPORTERS))
        organisation, party = REPORTERS[function]
        about = self._about_a_period()
        key = (function, str(about["period"]))
        self.returned[key] = self.returned.get(key, 0) + 1
        nothing = self.chance.random() < 0.3
        answers = tuple(
            Answer(
                checklist_entry=said.entry_id, theme=said.theme, area=self.chance.choice(AREAS),
                value=self.chance.choice((1, 2, 3, 4, 5, None)), has_text=False, has_measures=False,
            )
            for said in self.chance.sample(ENTRIES, k=0 if nothing else 2)
        )  # fmt: skip
        assessed = AreaAssessment(area=HAMNEN, value=self.chance.randint(1, 5), has_text=False)
        return example_of(
            PeriodReturned,
            position=position,
            return_id=example_id(f"return/{key}"),
            revision=self.returned[key],
            function=function,
            organisation=organisation,
            party=party,
            nothing_to_report=nothing,
            answers=answers,
            area_assessments=() if nothing else (assessed,),
            risk_value=self.chance.choice((None, 1, 2, 3)),
            **about,
        )

    def _set_up(self, position: int) -> Message:
        rhythm = self.chance.choice(((7, date(2018, 1, 1)), (7, date(2018, 1, 3)), (14, date(2018, 11, 7))))
        document = set_up(period_days=rhythm[0], periods_begin_on=rhythm[1])
        named = document.model_copy(update={"name": f"Valboås {position}"})
        return example_of(CollaborationSetUp, position=position, version=position, document=named)

    def _about_a_period(self) -> dict[str, Any]:
        days, anchor = self.chance.choice(((7, date(2018, 1, 1)), (14, date(2018, 11, 7))))
        period = Rhythm(days, anchor).period_of(self._moment())
        return {"period": str(period), "starts_at": period.starts_at, "ends_at": period.ends_at}

    def _moment(self) -> datetime:
        minutes = self.chance.randrange(((self.last_day - self.first_day).days + 1) * 24 * 60)
        return datetime.combine(self.first_day, datetime.min.time(), tzinfo=UTC) + timedelta(minutes=minutes)


def report_id(number: int) -> UUID:
    return example_id(f"report/{number}")


def told_by_intake(
    chance: Random, *, count: int, first_day: date, last_day: date, begin: int = 1
) -> list[Message]:
    """A set-up, and so many messages after it."""
    teller = Teller(chance, first_day, last_day)
    begun = example_of(CollaborationSetUp, position=begin, document=set_up())
    return [begun, *(teller.message(position) for position in range(begin + 1, begin + count + 1))]


def told_by_analysis(chance: Random, *, count: int, first_week: Week, weeks: int) -> list[Message]:
    """Problems that come, are decided about and come again, and measures against them."""
    told: list[Message] = []
    measures: list[tuple[int, int]] = []
    for position in range(1, count + 1):
        problem, fate = chance.randrange(6), chance.random()
        about = {"problem_id": example_id(f"problem/{problem}")}
        if fate < 0.45:
            week = first_week.before(-chance.randrange(weeks))
            place = {"area": AREAS[problem % 3], "theme": list(Theme)[problem % 4], "period": str(week)}
            told.append(example_of(ProblemFlagged, position=position, **about, **place))
        elif fate < 0.7:
            kind = ProblemConfirmed if fate < 0.6 else ProblemDismissed
            told.append(example_of(kind, position=position, **about))
        elif fate < 0.85 or not measures:
            measures.append((position, problem))
            told.append(
                example_of(MeasureDecided, position=position, measure_id=_measure_id(position), **about)
            )
        else:
            decided, of = measures.pop(chance.randrange(len(measures)))
            about = {"problem_id": example_id(f"problem/{of}"), "measure_id": _measure_id(decided)}
            told.append(example_of(MeasureCompleted, position=position, **about))
    return told


def _measure_id(number: int) -> UUID:
    return example_id(f"measure/{number}")


def at_random_moments(
    chance: Random, *logs: Sequence[Message], begin: datetime, end: datetime
) -> list[Message]:
    """Two logs recorded at the same time, each in its own order: all of it as it was heard."""
    names = [number for number, log in enumerate(logs) for _ in log]
    chance.shuffle(names)
    steps = list(accumulate(chance.choice((0, 1, 5, 60)) for _ in names))
    moments = [begin + (end - begin) * (step / (steps[-1] + 1)) for step in steps]
    left = [iter(log) for log in logs]
    return [_at(next(left[name]), moment) for name, moment in zip(names, moments, strict=True)]


def _at(message: Message, moment: datetime) -> Message:
    before = message.recorded
    recorded = Recorded(message_id=before.message_id, position=before.position, recorded_at=moment)
    return message.model_copy(update={"recorded": recorded})


def stand(cursor: Cursor) -> None:
    """The read models, empty."""
    for model in READ_MODELS:
        cursor.execute(model.tables)


def feed(cursor: Cursor, told: Iterable[Message]) -> None:
    heard = list(told)
    for model in READ_MODELS:
        model().feed(cursor, heard)
