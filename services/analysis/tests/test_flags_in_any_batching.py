"""The same messages give the same flags, with the same evidence, however they are batched."""

from collections.abc import Sequence
from itertools import count, pairwise
from typing import NamedTuple

from fed_analysis import FedAnalysis, fed_analysis
from hypothesis import example, given, settings
from hypothesis import strategies as st
from situations import WEEK_47, Telling

from est_chassis.testing import FreshDatabase
from est_contracts.example_collaboration import HAMNEN, NORRANGEN
from est_contracts.example_lives import ReportLife, Step
from est_contracts.messages import CollaborationSetUp, IncidentReported, Message


class Says(NamedTuple):
    """So many reports of one area and week."""

    area: str
    weeks_ago: int
    reports: int = 1


class Becomes(NamedTuple):
    """One of the reports told before is corrected to something, withdrawn and so on."""

    step: Step
    chosen: int
    says: Says


class Named(NamedTuple):
    """The collaboration calls its areas something else."""

    name: str


Act = Says | Becomes | Named
AREAS = st.sampled_from((NORRANGEN, HAMNEN))
SAYS = st.builds(Says, AREAS, st.integers(0, 6), st.integers(1, 6))
STEPS = st.sampled_from([Step.CORRECTED, Step.MARKED_DUPLICATE, Step.WITHDRAWN, Step.REINSTATED])
BECOMES = st.builds(Becomes, STEPS, st.integers(0, 40), SAYS)
NAMED = st.builds(Named, st.sampled_from(("Udden", "Viken")))
ACTS: st.SearchStrategy[Act] = st.one_of(SAYS, SAYS, BECOMES, NAMED)
municipalities = count(1000)


class Municipality(Telling):
    """What intake tells of one municipality, at positions after those of all the others."""

    def __init__(self, *, after: int) -> None:
        super().__init__()
        self.position = after
        self.code = f"{next(municipalities)}"
        self.reports_told: list[IncidentReported] = []
        self.lives: list[ReportLife] = []

    def tells(self, acts: Sequence[Act]) -> list[Message]:
        return [message for act in acts for message in self._act(act)]

    def _act(self, act: Act) -> Sequence[Message]:
        match act:
            case Says():
                told = [self._report(act) for _ in range(act.reports)]
                self.reports_told += told
                self.lives += [ReportLife().after(Step.TOLD)] * len(told)
                return told
            case Becomes():
                return self._becomes(act.step, act.chosen, act.says)
            case Named():
                return [self._named(act.name)]

    def _report(self, says: Says) -> IncidentReported:
        told = self.report(WEEK_47.before(says.weeks_ago), area=says.area)
        return told.model_copy(update={"municipality": self.code})

    def _named(self, name: str) -> CollaborationSetUp:
        told = self.collaboration()
        areas = tuple(
            area.model_copy(update={"name": f"{name} {area.area_id}"}) for area in told.document.areas
        )
        document = told.document.model_copy(update={"areas": areas})
        return told.model_copy(update={"municipality": self.code, "document": document})

    def _becomes(self, step: Step, chosen: int, says: Says) -> Sequence[Message]:
        if not self.lives:
            return ()
        number = chosen % len(self.lives)
        report, life = self.reports_told[number], self.lives[number]
        if step not in life.steps_ahead:
            return ()
        self.lives[number] = life.after(step)
        match step:
            case Step.CORRECTED:
                week = WEEK_47.before(says.weeks_ago)
                return [self.correction(report, area=says.area, happened_at=week.starts_at)]
            case Step.MARKED_DUPLICATE:
                return [self.duplicate(report, of=report)]
            case Step.WITHDRAWN:
                return [self.withdrawal(report)]
            case _:
                return [self.reinstatement(report)]


#: Two weeks are known; then late reports of two others come together, and complete it with the last week.
LATE_AND_TOGETHER: list[Act] = [
    Says(NORRANGEN, 1, 6),
    Says(NORRANGEN, 0, 6),
    Says(NORRANGEN, 4, 1),
    Says(NORRANGEN, 3, 6),
]


def test_the_same_messages_in_any_batches_give_the_same_flags(database: FreshDatabase) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.lists(ACTS, min_size=4, max_size=14), st.lists(st.integers(1, 30), max_size=8))
    @example(LATE_AND_TOGETHER, [12])
    @example([Says(NORRANGEN, 2, 6), Says(NORRANGEN, 1, 5), Says(NORRANGEN, 0, 7), Named("Udden")], [30])
    def tell(acts: list[Act], sizes: list[int]) -> None:
        alone, together = (flags_of(acts, cut, analysis) for cut in ([], sizes))
        assert together == alone

    with fed_analysis(database) as analysis:
        tell()


def flags_of(acts: Sequence[Act], sizes: Sequence[int], analysis: FedAnalysis) -> list[dict[str, object]]:
    """The flags that come of it, in batches of so many messages; what is left over comes one by one."""
    place = analysis.service.fact_intake.place("intake").position
    municipality = Municipality(after=place)
    told = municipality.tells(acts)
    edges = [0]
    for size in sizes:
        edges.append(min(edges[-1] + size, len(told)))
    for begin, end in pairwise([*edges, *range(edges[-1] + 1, len(told) + 1)]):
        if told[begin:end]:
            analysis.hears(*told[begin:end])
    return analysis.flags(municipality.code)


def test_two_late_weeks_that_come_together_are_judged_as_far_as_each_reaches(database: FreshDatabase) -> None:
    with fed_analysis(database) as analysis:
        flagged = flags_of(LATE_AND_TOGETHER, [12, 7], analysis)

    assert [(each["event"], each["period"]) for each in flagged][-1] == ("EvidenceRenewed", "2026-W47")
