"""A return: what a function says of a whole period, and what stands in its way."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from est_contracts.example_collaboration import CENTRUM, NORRANGEN, example_collaboration
from est_contracts.vocabulary import Origin, Party, RiskScale, Role, Theme
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.period_return import (
    AssessedArea,
    EntryAnswer,
    HandedIn,
    PeriodReturn,
    ReturnContent,
    ReturnedPeriod,
    ReturnHasChanged,
)
from est_intake.domain.returning import (
    AnswerSubmitted,
    AssessmentSubmitted,
    ReturnIsRefused,
    ReturnSubmission,
    check_return,
)
from est_intake.domain.submission import Circumstances, Sender

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CARETAKER = Reporter("bovard_norrangen", "valboasbostader", Party.HOUSING)
REPORTER = Sender("9901", "bovard_norrangen", frozenset({Role.REPORTER}))
COORDINATOR = Sender("9901", "samordnaren", frozenset({Role.COORDINATOR}))
VANDALISM = AnswerSubmitted("orebro.1", NORRANGEN, 3)


def a_return(**changes: Any) -> ReturnSubmission:
    said = {"municipality": "9901", "period": "2026-W47", "checklist": "orebro", "answers": (VANDALISM,)}
    return ReturnSubmission(**(said | changes))


def around(sender: Sender = REPORTER, **changes: Any) -> Circumstances:
    document = example_collaboration().model_copy(update=changes)
    return Circumstances(SetUpInUse(document, version=1), sender, NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"function": "faltgruppen"}, "function"),
        ({"period": "2026-W47-W48"}, "period"),
        ({"period": "2026-W48"}, "period"),
        ({"answers": ()}, "answers"),
        ({"nothing_to_report": True, "checklist": None}, "nothing_to_report"),
        ({"nothing_to_report": True, "answers": ()}, "checklist"),
        ({"checklist": None}, "checklist"),
        ({"checklist": "malmo"}, "checklist"),
        ({"answers": (AnswerSubmitted("malmo.1", None, 3),)}, "answers.0.checklist_entry"),
        ({"answers": (AnswerSubmitted("orebro.1", "9901R999", 3),)}, "answers.0.area"),
        ({"answers": (AnswerSubmitted("orebro.1"),)}, "answers.0.value"),
        ({"area_assessments": (AssessmentSubmitted("9901R999", 3),)}, "area_assessments.0.area"),
        ({"risk_value": 3}, "risk_value"),
        ({"answers": (AnswerSubmitted("orebro.1", None, 1, "Ring 070-123 45 67"),)}, "answers.0.text"),
        ({"answers": (AnswerSubmitted("orebro.1", measures="Till a@b.se"),)}, "answers.0.measures"),
        (
            {"area_assessments": (AssessmentSubmitted(CENTRUM, 3, "Se 850709-9805"),)},
            "area_assessments.0.text",
        ),
    ],
)
def test_what_stands_in_the_way_is_named_by_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ReturnIsRefused) as refused:
        check_return(a_return(**changes), around())

    assert {error.field for error in refused.value.errors} == {field}


def test_the_same_entry_is_not_answered_twice_for_one_area() -> None:
    twice = a_return(answers=(VANDALISM, AnswerSubmitted("orebro.1", NORRANGEN, 4)))

    with pytest.raises(ReturnIsRefused) as refused:
        check_return(twice, around())

    assert [error.field for error in refused.value.errors] == [
        "answers.0.checklist_entry",
        "answers.1.checklist_entry",
    ]


def test_no_area_is_assessed_twice() -> None:
    twice = a_return(area_assessments=(AssessmentSubmitted(CENTRUM, 1), AssessmentSubmitted(CENTRUM, 2)))

    with pytest.raises(ReturnIsRefused) as refused:
        check_return(twice, around())

    assert len(refused.value.errors) == 2


def test_an_entry_without_a_scale_takes_words_and_no_value() -> None:
    listed = example_collaboration().checklists_in_use()[0]
    unscaled = listed.model_copy(
        update={
            "checklist_id": "eget",
            "entries": (listed.entries[0].model_copy(update={"entry_id": "eget.1", "scale": None}),),
        }
    )
    surroundings = around(own_checklists=(unscaled,), checklists=("eget",))

    check_return(a_return(checklist="eget", answers=(AnswerSubmitted("eget.1", text="Lugnt"),)), surroundings)
    with pytest.raises(ReturnIsRefused) as refused:
        check_return(a_return(checklist="eget", answers=(AnswerSubmitted("eget.1", value=2),)), surroundings)

    assert [error.field for error in refused.value.errors] == ["answers.0.value"]


@pytest.mark.parametrize(("value", "is_taken"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_risk_value_keeps_to_the_municipalitys_scale(value: int, is_taken: bool) -> None:
    surroundings = around(risk_scale=RiskScale(lowest=1, highest=5))
    told = a_return(risk_value=value)

    if is_taken:
        check_return(told, surroundings)
    else:
        with pytest.raises(ReturnIsRefused):
            check_return(told, surroundings)


def test_a_coordinator_signs_for_others_at_a_meeting_and_nowhere_else() -> None:
    for_another = {"function": "bovard_norrangen"}

    check_return(a_return(**for_another, origin=Origin.MEETING), around(COORDINATOR))
    with pytest.raises(ReturnIsRefused):
        check_return(a_return(**for_another, origin=Origin.PROGRAM), around(COORDINATOR))
    with pytest.raises(ReturnIsRefused):
        check_return(a_return(function="faltgruppen", origin=Origin.MEETING), around(REPORTER))


def content(value: int = 3) -> ReturnContent:
    return ReturnContent(
        nothing_to_report=False,
        answers=(EntryAnswer("orebro.1", Theme.VANDALISM, NORRANGEN, value, True, False),),
        area_assessments=(AssessedArea(NORRANGEN, 2, False),),
    )


def on_the_page(*, is_late: bool = False) -> HandedIn:
    return HandedIn(Origin.FORM, "bovard_norrangen", is_late)


def handed_in() -> PeriodReturn:
    period = example_collaboration().rhythm.parse("2026-W47")
    return PeriodReturn.handed(
        content(),
        about=ReturnedPeriod.of(period, "orebro"),
        by=CARETAKER,
        municipality="9901",
        handed_in=on_the_page(),
    )


def test_a_revision_of_what_has_changed_meanwhile_is_refused() -> None:
    returned = handed_in()
    returned.revise(content(4), by=CARETAKER, handed_in=on_the_page(), from_revision=1)

    with pytest.raises(ReturnHasChanged):
        returned.revise(content(5), by=CARETAKER, handed_in=on_the_page(), from_revision=1)


def test_done_again_it_is_the_next_revision_of_the_same_return() -> None:
    returned = handed_in()

    returned.revise(content(4), by=CARETAKER, handed_in=on_the_page(is_late=True), from_revision=None)

    assert (returned.revision, returned.content, returned.handed_in.is_late) == (2, content(4), True)
    assert returned.id == PeriodReturn.id_of(
        "9901", "2026-W47", function="bovard_norrangen", checklist="orebro"
    )


def test_words_are_erased_once() -> None:
    returned = handed_in()

    returned.erase_text(by_function=None)
    returned.erase_text(by_function=None)

    assert (returned.version, returned.text_is_erased) == (2, True)


def test_a_return_read_back_is_the_same_in_value_and_type() -> None:
    returned = handed_in()
    returned.revise(content(4), by=CARETAKER, handed_in=on_the_page(), from_revision=1)
    read_back: PeriodReturn | None = None

    for event in returned.collect_events():
        read_back = event.mutate(read_back)

    assert read_back is not None
    assert (read_back.content, read_back.reporter, read_back.handed_in) == (
        content(4),
        CARETAKER,
        on_the_page(),
    )
    assert type(read_back.content.answers[0].theme) is Theme
    assert type(read_back.handed_in.origin) is Origin
    assert read_back.about.ends_at - read_back.about.starts_at == timedelta(days=7)


def test_no_event_of_a_return_has_room_for_free_text() -> None:
    recorded = handed_in().collect_events()[0]

    assert isinstance(recorded, PeriodReturn.Written)
    assert set(PeriodReturn.Written.__annotations__) == {
        "about", "reporter", "content", "handed_in", "revision"
    }  # fmt: skip
    assert set(recorded.content["answers"][0]) == {
        "checklist_entry", "theme", "area", "value", "has_text", "has_measures"
    }  # fmt: skip
