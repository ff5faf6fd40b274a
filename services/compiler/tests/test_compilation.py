"""Compiling: nothing is overwritten, a part is its party's own, a signature is under what was seen."""

from uuid import uuid5

import pytest
from compiled_pictures import (
    BOSOCIAL,
    KOMMUNPOLISEN,
    NAMES,
    SAMORDNAREN,
    TREND,
    adopt,
    all_sign,
    around,
    assess,
    drop,
    opened,
    seen,
    sign,
    text,
    value_priority,
)

from est_chassis.event_store import EventStore
from est_chassis.testing import FreshDatabase
from est_compiler.domain.compiling.around import compilation_id
from est_compiler.domain.compiling.compilation import MOST_ROWS, Compilation
from est_compiler.domain.compiling.history import steps_of
from est_compiler.domain.compiling.refusals import (
    PartIsAnotherPartys,
    PartyDoesNotSign,
    RowIsNotThere,
    SectionHasChanged,
    TextIsErased,
    TooManyRows,
)
from est_compiler.domain.compiling.work import ChosenSentence, CompiledWork, ProblemRow, SectionPlace
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.vocabulary import Level, Party, Words

OWN_PART = SectionPlace("lagesbeskrivning", party=Party.POLICE)
SENTENCE = ChosenSentence("total", Words(sv="Nio rapporter.", en="Nine reports."))
ROW_ID = uuid5(NAMES, "a row")


def row(name: str = "a row") -> ProblemRow:
    return ProblemRow("problembilder", uuid5(NAMES, name), text(name), "kommunpolisen", continues=False)


def test_the_same_period_and_scope_is_always_the_same_compilation() -> None:
    assert opened().id == compilation_id("9901", "2026-W47", "")


def test_what_somebody_else_has_written_meanwhile_is_not_overwritten() -> None:
    compilation = opened()
    compilation.write(TREND, text("first"), revision=0, by=SAMORDNAREN)

    with pytest.raises(SectionHasChanged) as refused:
        compilation.write(TREND, text("second"), revision=0, by=KOMMUNPOLISEN)

    assert refused.value.revision == 1
    assert compilation.text_at(TREND) == text("first")


def test_a_text_is_written_anew_by_who_has_read_it() -> None:
    compilation = opened()
    compilation.write(TREND, text("first"), revision=0, by=SAMORDNAREN)
    compilation.write(TREND, text("second"), revision=1, by=KOMMUNPOLISEN)

    assert compilation.text_at(TREND) == text("second")
    assert compilation.revision_of(TREND) == 2


def test_a_party_writes_its_own_part_and_no_other() -> None:
    with pytest.raises(PartIsAnotherPartys):
        opened().write(OWN_PART, text("first"), revision=0, by=SAMORDNAREN)


def test_a_part_is_only_its_own_partys_until_it_is_contributed() -> None:
    compilation = opened()
    compilation.write(OWN_PART, text("ours"), revision=0, by=KOMMUNPOLISEN)

    assert not compilation.work.texts
    assert not compilation.work_shown_to(Party.HOUSING).texts
    assert [each.text for each in compilation.work_shown_to(Party.POLICE).texts] == [text("ours")]
    assert not compilation.may_read(text("ours").text_id, Party.HOUSING)

    compilation.contribute_part(by=KOMMUNPOLISEN)

    assert [each.text for each in compilation.work.texts] == [text("ours")]
    assert compilation.may_read(text("ours").text_id, Party.HOUSING)


def test_a_part_that_is_withdrawn_is_a_draft_again() -> None:
    compilation = opened()
    compilation.write(OWN_PART, text("ours"), revision=0, by=KOMMUNPOLISEN)
    compilation.contribute_part(by=KOMMUNPOLISEN)
    compilation.withdraw_part(by=KOMMUNPOLISEN)

    assert compilation.work.texts == ()


def test_the_same_again_is_no_new_fact() -> None:
    compilation = opened()
    for _time in range(2):
        compilation.contribute_part(by=SAMORDNAREN)
        assess(compilation, NORRANGEN, 3, party=Party.MUNICIPALITY, around=around())
        value_priority(compilation, NORRANGEN, 2, by=SAMORDNAREN)
        adopt(compilation, SENTENCE, by=SAMORDNAREN)
        sign(compilation, Party.MUNICIPALITY, by=SAMORDNAREN)

    assert compilation.version == 6


def test_a_party_assesses_areas_for_itself_alone() -> None:
    compilation = opened()

    with pytest.raises(PartIsAnotherPartys):
        assess(compilation, NORRANGEN, 3, party=Party.POLICE, around=around(SAMORDNAREN))


def test_in_the_meeting_of_model_c_one_coordinator_writes_down_what_each_party_says() -> None:
    compilation = opened(organisation_model="C")

    assess(compilation, NORRANGEN, 3, party=Party.POLICE, around=around(SAMORDNAREN, organisation_model="C"))

    assert compilation.area_values == {(NORRANGEN, Party.POLICE): 3}


def test_an_assessment_can_be_taken_back() -> None:
    compilation = opened()
    assess(compilation, NORRANGEN, 3, party=Party.MUNICIPALITY, around=around())
    value_priority(compilation, NORRANGEN, 2, by=SAMORDNAREN)
    assess(compilation, NORRANGEN, None, party=Party.MUNICIPALITY, around=around())
    value_priority(compilation, NORRANGEN, None, by=SAMORDNAREN)

    assert (compilation.work.area_values, compilation.work.priorities) == ((), ())


def test_only_sentences_that_are_adopted_stand_in_the_picture() -> None:
    compilation = opened()
    adopt(compilation, SENTENCE, by=SAMORDNAREN)
    drop(compilation, "theme", by=SAMORDNAREN)

    assert list(compilation.work.sentences) == [SENTENCE]

    drop(compilation, "total", by=KOMMUNPOLISEN)

    assert not compilation.work.sentences


def test_a_row_is_written_anew_and_removed_by_who_has_read_it() -> None:
    compilation = opened()
    compilation.write_row(row(), revision=0, by=SAMORDNAREN)

    for revision in (0, 2):
        with pytest.raises(SectionHasChanged):
            compilation.write_row(row(), revision=revision, by=KOMMUNPOLISEN)
        with pytest.raises(SectionHasChanged):
            compilation.remove_row(ROW_ID, revision=revision, by=KOMMUNPOLISEN)
    compilation.write_row(row(), revision=1, by=KOMMUNPOLISEN)
    compilation.remove_row(ROW_ID, revision=2, by=KOMMUNPOLISEN)

    assert compilation.work.rows == ()
    with pytest.raises(RowIsNotThere):
        compilation.remove_row(ROW_ID, revision=2, by=KOMMUNPOLISEN)


def test_the_table_of_problems_ends_somewhere() -> None:
    compilation = opened()
    for number in range(MOST_ROWS):
        compilation.write_row(row(f"row {number}"), revision=0, by=SAMORDNAREN)

    with pytest.raises(TooManyRows):
        compilation.write_row(row("one more"), revision=0, by=SAMORDNAREN)
    compilation.write_row(row("row 0"), revision=1, by=SAMORDNAREN)


def test_the_level_is_set_by_who_has_read_what_stands_there() -> None:
    compilation = opened()
    compilation.set_level(Level.YELLOW, text("why"), revision=0, by=SAMORDNAREN)

    with pytest.raises(SectionHasChanged):
        compilation.set_level(Level.RED, None, revision=0, by=KOMMUNPOLISEN)

    assert (compilation.work.level, compilation.work.level_text) == (Level.YELLOW, text("why"))


def test_a_party_signs_for_itself_alone() -> None:
    with pytest.raises(PartIsAnotherPartys):
        sign(opened(), Party.POLICE, by=SAMORDNAREN, in_meeting=True)


def test_in_the_meeting_of_model_c_one_coordinator_signs_for_those_who_are_there() -> None:
    compilation = opened(organisation_model="C")

    with pytest.raises(PartIsAnotherPartys):
        sign(compilation, Party.POLICE, by=SAMORDNAREN, organisation_model="C")
    sign(compilation, Party.POLICE, by=SAMORDNAREN, in_meeting=True, organisation_model="C")

    signature = compilation.signatures[Party.POLICE]
    assert (signature.by, signature.in_meeting) == ("samordnaren", True)


def test_who_is_not_asked_to_sign_does_not_sign() -> None:
    with pytest.raises(PartyDoesNotSign):
        sign(opened(), Party.MUNICIPALITY, by=SAMORDNAREN, signed_by=(Party.POLICE,))


@pytest.mark.parametrize(
    "change",
    [
        lambda each: each.write(TREND, text("new"), revision=0, by=BOSOCIAL),
        lambda each: each.set_level(Level.RED, None, revision=0, by=BOSOCIAL),
        lambda each: each.contribute_part(by=BOSOCIAL),
        lambda each: each.withdraw_part(by=KOMMUNPOLISEN),
        lambda each: assess(each, NORRANGEN, 5, party=Party.HOUSING, around=around(BOSOCIAL)),
        lambda each: value_priority(each, NORRANGEN, 4, by=BOSOCIAL),
        lambda each: adopt(each, ChosenSentence("theme", Words(sv="A", en="B")), by=BOSOCIAL),
        lambda each: drop(each, "total", by=BOSOCIAL),
        lambda each: each.write_row(row("another"), revision=0, by=BOSOCIAL),
        lambda each: each.remove_row(ROW_ID, revision=1, by=BOSOCIAL),
    ],
    ids=["text", "level", "part", "withdrawn", "area", "priority", "sentence", "dropped", "row", "removed"],
)
def test_signatures_fall_when_what_was_signed_changes(change: object) -> None:
    compilation = opened()
    compilation.contribute_part(by=KOMMUNPOLISEN)
    adopt(compilation, SENTENCE, by=SAMORDNAREN)
    compilation.write_row(row(), revision=0, by=SAMORDNAREN)
    all_sign(compilation)

    change(compilation)  # type: ignore[operator]

    assert compilation.signatures == {}


def test_a_draft_that_nobody_has_contributed_lets_no_signature_fall() -> None:
    compilation = opened()
    all_sign(compilation)

    compilation.write(OWN_PART, text("not yet"), revision=0, by=KOMMUNPOLISEN)
    drop(compilation, "theme", by=KOMMUNPOLISEN)

    assert set(compilation.signatures) == set(Party)


def test_all_signatures_that_stand_are_under_the_same_numbers() -> None:
    compilation = opened()
    sign(compilation, Party.MUNICIPALITY, by=SAMORDNAREN)
    sign(compilation, Party.POLICE, by=KOMMUNPOLISEN)

    sign(compilation, Party.HOUSING, by=BOSOCIAL, seen=seen(compilation, reports=10))

    assert set(compilation.signatures) == {Party.HOUSING}
    assert compilation.signed == seen(compilation, reports=10)


def test_a_signature_is_taken_back_by_its_own_party() -> None:
    compilation = opened()
    all_sign(compilation)

    compilation.take_back_signature(by=KOMMUNPOLISEN)
    compilation.take_back_signature(by=KOMMUNPOLISEN)

    assert set(compilation.signatures) == {Party.MUNICIPALITY, Party.HOUSING}


def test_words_are_erased_once_by_those_who_may_read_them() -> None:
    compilation = opened()
    compilation.write(OWN_PART, text("ours"), revision=0, by=KOMMUNPOLISEN)

    with pytest.raises(TextIsErased):
        compilation.erase_text(text("ours").text_id, by=SAMORDNAREN)
    with pytest.raises(TextIsErased):
        compilation.erase_text(text("nobody's").text_id, by=SAMORDNAREN)
    version = compilation.version
    for _time in range(2):
        compilation.erase_text(text("ours").text_id, by=KOMMUNPOLISEN)

    assert compilation.version == version + 1


def test_what_was_published_can_be_erased_when_it_no_longer_stands() -> None:
    compilation = opened()
    compilation.write(TREND, text("published"), revision=0, by=SAMORDNAREN)
    compilation.publish_as(1, reason=None, by="samordnaren")
    compilation.write(TREND, None, revision=1, by=SAMORDNAREN)

    compilation.erase_text(text("published").text_id, by=KOMMUNPOLISEN)

    assert compilation.erased_texts == {text("published").text_id}


def test_the_history_tells_every_act_and_whose_signatures_fell() -> None:
    compilation = opened()
    compilation.write(OWN_PART, text("ours"), revision=0, by=KOMMUNPOLISEN)
    compilation.contribute_part(by=KOMMUNPOLISEN)
    all_sign(compilation)
    compilation.set_level(Level.YELLOW, None, revision=0, by=SAMORDNAREN)
    sign(compilation, Party.HOUSING, by=BOSOCIAL)
    compilation.take_back_signature(by=BOSOCIAL)

    steps = steps_of(compilation.pending_events)

    assert [(step.act, step.by) for step in steps] == [
        ("opened", "samordnaren"),
        ("section_written", "kommunpolisen"),
        ("part_contributed", "kommunpolisen"),
        ("signed", "samordnaren"),
        ("signed", "kommunpolisen"),
        ("signed", "bosocial_utvecklare"),
        ("level_set", "samordnaren"),
        ("signed", "bosocial_utvecklare"),
        ("signature_taken_back", "bosocial_utvecklare"),
    ]
    assert steps[1].words.sv == "Skrev under ”Problembilder i korthet” (egen del: Polis)."
    assert steps[1].place == "lagesbeskrivning/police"
    assert steps[6].fallen == tuple(sorted(Party))
    assert [step.fallen for step in steps if step.fallen] == [steps[6].fallen]


def test_every_act_has_words_of_its_own() -> None:
    silent = {
        event.__name__
        for event in Compilation.__dict__.values()
        if isinstance(event, type)
        and issubclass(event, Compilation.Event)
        and event is not Compilation.Event
        and event not in _worded()
    }

    assert silent == set()


def _worded() -> set[type]:
    from est_compiler.domain.compiling import history as compilation_history

    return set(compilation_history._words.registry)


def test_a_compilation_reads_back_from_its_log_as_it_was(database: FreshDatabase) -> None:
    store = EventStore(database.prepare("compiler"), service="compiler")
    compilation = opened()
    compilation.write(TREND, text("first"), revision=0, by=SAMORDNAREN)
    compilation.write(OWN_PART, text("ours"), revision=0, by=KOMMUNPOLISEN)
    compilation.set_level(Level.YELLOW, text("why"), revision=0, by=SAMORDNAREN)
    assess(compilation, NORRANGEN, 3, party=Party.MUNICIPALITY, around=around())
    value_priority(compilation, NORRANGEN, 2, by=SAMORDNAREN)
    adopt(compilation, SENTENCE, by=SAMORDNAREN)
    drop(compilation, "theme", by=SAMORDNAREN)
    compilation.write_row(row(), revision=0, by=SAMORDNAREN)
    compilation.contribute_part(by=KOMMUNPOLISEN)
    all_sign(compilation)
    compilation.publish_as(1, reason=None, by="samordnaren")
    compilation.erase_text(text("first").text_id, by=SAMORDNAREN)

    with store.unit_of_work() as work:
        work.save(compilation)
    with store.unit_of_work() as work:
        read = work.get(Compilation, compilation.id)
    store.close()

    assert read.__dict__ == compilation.__dict__
    assert read.work.content == compilation.work.content


def test_the_work_is_the_same_after_it_has_been_stored() -> None:
    compilation = opened()
    compilation.write(TREND, text("first"), revision=0, by=SAMORDNAREN)
    compilation.set_level(Level.YELLOW, text("why"), revision=0, by=SAMORDNAREN)
    assess(compilation, NORRANGEN, 3, party=Party.MUNICIPALITY, around=around())
    value_priority(compilation, NORRANGEN, 2, by=SAMORDNAREN)
    adopt(compilation, SENTENCE, by=SAMORDNAREN)
    compilation.write_row(row(), revision=0, by=SAMORDNAREN)

    assert CompiledWork.from_stored(compilation.work.as_stored()) == compilation.work
