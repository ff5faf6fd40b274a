"""Which reports may tell of the same incident, and why."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest

from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import Coordinates, Theme
from est_intake.domain.likeness import MOST_SUGGESTED, duplicates_among

NAMESPACE = UUID("0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c11")
SEEN_AT = datetime(2026, 11, 20, 20, 40, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """A report, as far as likeness asks."""

    number: int
    happened_at: datetime = SEEN_AT
    area: str | None = NORRANGEN
    checklist_entry: str = "orebro.1"
    theme: Theme = Theme.VANDALISM
    point: Coordinates | None = None
    function: str = "faltgruppen"
    sent_together: UUID | None = None

    @property
    def report_id(self) -> UUID:
        return uuid5(NAMESPACE, str(self.number))


ONE = Seen(1)
ANOTHER_FUNCTION = "bovard_norrangen"
TOGETHER = uuid5(NAMESPACE, "one sending")


def suggested(*others: Seen, neighbours: frozenset[str] = frozenset({CENTRUM})) -> list[int]:
    numbers = {each.report_id: each.number for each in others}
    return [numbers[each.report_id] for each in duplicates_among(others, of=ONE, neighbours=neighbours)]


@pytest.mark.parametrize(
    "other",
    [
        ONE,
        Seen(2, theme=Theme.FIRE),
        Seen(2, area=HAMNEN),
        Seen(2, happened_at=SEEN_AT + timedelta(hours=12, seconds=1), function=ANOTHER_FUNCTION),
        Seen(2, happened_at=SEEN_AT - timedelta(hours=12, seconds=1), function=ANOTHER_FUNCTION),
    ],
    ids=["itself", "another theme", "an area further off", "half a day later", "half a day before"],
)
def test_what_cannot_be_the_same_incident_is_not_suggested(other: Seen) -> None:
    assert suggested(other) == []


def test_the_same_area_the_one_beside_it_and_no_area_are_near_enough() -> None:
    assert suggested(Seen(2, area=None), Seen(3, area=CENTRUM), Seen(4)) == [4, 3, 2]


def test_the_nearer_in_time_the_likelier() -> None:
    hours = {2: 11, 3: 3, 4: 1, 5: 0}
    others = [
        Seen(n, happened_at=SEEN_AT - timedelta(hours=h), function=ANOTHER_FUNCTION) for n, h in hours.items()
    ]

    assert suggested(*others) == [5, 4, 3, 2]


def test_that_for_which_little_speaks_is_not_suggested() -> None:
    half_a_day_before = SEEN_AT - timedelta(hours=11)

    assert suggested(Seen(2, happened_at=half_a_day_before)) == []
    assert suggested(Seen(2, happened_at=half_a_day_before, function=ANOTHER_FUNCTION)) == [2]


def test_what_one_sender_told_as_several_is_several() -> None:
    one = replace(ONE, sent_together=TOGETHER)
    others = [
        Seen(2, sent_together=TOGETHER),
        Seen(3, sent_together=TOGETHER, function=ANOTHER_FUNCTION),
        Seen(4, sent_together=uuid5(NAMESPACE, "another sending")),
        Seen(5),
    ]

    found = {each.report_id for each in duplicates_among(others, of=one)}

    assert found == {others[1].report_id, others[2].report_id, others[3].report_id}
    assert suggested(Seen(2)) == [2]


def test_all_that_speaks_for_it_is_told_in_both_languages() -> None:
    corner = Coordinates(longitude=13.31, latitude=58.945)
    one = replace(ONE, point=corner)
    other = Seen(2, function=ANOTHER_FUNCTION, point=Coordinates(longitude=13.312, latitude=58.945))

    [likeness] = duplicates_among([other], of=one)

    assert likeness.score == 100
    assert [words.sv for words in likeness.reasons] == [
        "Samma halvtimme.",
        "Punkterna ligger 110 meter isär.",
        "Samma punkt i checklistan.",
        "En annan funktion har rapporterat.",
    ]
    assert all(words.en for words in likeness.reasons)


def test_a_list_of_suggestions_stays_short_enough_to_read() -> None:
    assert len(suggested(*(Seen(number) for number in range(2, 40)))) == MOST_SUGGESTED
