"""What is missing before a picture is published, whose turn it is, and where something may be written."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from compiled_pictures import (
    KOMMUNPOLISEN,
    SAMORDNAREN,
    adopt,
    all_sign,
    around,
    assess,
    document,
    opened,
    text,
    value_priority,
)

from est_compiler.domain.compiling.around import Around, PictureKey, compiling_function, coordinator_in
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.missing import MissingKind, missing_before_publication
from est_compiler.domain.compiling.placing import refuse_wordless
from est_compiler.domain.compiling.refusals import (
    AreaIsNotInThePicture,
    CompilingIsForCoordinators,
    PlaceTakesNoWords,
)
from est_compiler.domain.compiling.work import (
    TO_THE_PUBLIC,
    ChosenSentence,
    ProblemRow,
    SectionPlace,
    TakenIndicator,
)
from est_compiler.domain.compiling.written_words import tidy
from est_contracts.example_collaboration import CENTRUM, HAMNEN, NORRANGEN
from est_contracts.vocabulary import (
    DutyPeriod,
    Level,
    LocalGroup,
    Party,
    PictureCalendar,
    PictureScope,
    PictureTemplate,
    PriorityAreas,
    Words,
    picture_template,
)

OF_TEMPLATES = {
    MissingKind.WORDS,
    MissingKind.PROBLEMS,
    MissingKind.PRIORITY,
    MissingKind.PRIORITY_AREAS,
    MissingKind.INDICATOR_VALUES,
}
CALENDAR = PictureCalendar()
WEEKLY = picture_template("developed_weekly")
THREE = ("samordnaren", "kommunpolisen", "bosocial_utvecklare")


def by_area() -> PictureTemplate:
    """The weekly template, but the first section that takes words is written area by area."""
    sections = tuple(
        each.model_copy(update={"by_area": each.section_id == "operativa_mal"}) for each in WEEKLY.sections
    )
    return WEEKLY.model_copy(update={"sections": sections})


def of_norrangen() -> Around:
    whole = around()
    return Around(
        PictureKey("9901", whole.key.period, PictureScope.parse(NORRANGEN)), whole.document, whole.by
    )


def test_at_first_everything_is_missing_and_only_signatures_block() -> None:
    missing = missing_before_publication(opened(), around=around(), template=WEEKLY)

    assert [(each.kind, each.party, each.blocks) for each in missing] == [
        (MissingKind.LEVEL, None, False),
        *((MissingKind.PART, party, False) for party in Party),
        *((MissingKind.SIGNATURE, party, True) for party in Party),
    ]


def test_in_the_end_nothing_is_missing() -> None:
    compilation = opened()
    compilation.set_level(Level.GREEN, None, revision=0, by=SAMORDNAREN)
    for function in THREE:
        compilation.contribute_part(by=coordinator_in(document(), function))
    all_sign(compilation)

    assert missing_before_publication(compilation, around=around(), template=WEEKLY) == ()


def test_areas_are_assessed_where_the_template_asks_for_it() -> None:
    compilation = opened()
    assess(compilation, HAMNEN, 3, party=Party.POLICE, around=around(KOMMUNPOLISEN))

    missing = missing_before_publication(
        compilation, around=around(), template=picture_template("malmo_weekly")
    )

    areas = {each.party: each.areas for each in missing if each.kind is MissingKind.AREA_VALUE}
    assert areas == {
        Party.MUNICIPALITY: (CENTRUM, NORRANGEN, HAMNEN),
        Party.POLICE: (CENTRUM, NORRANGEN),
        Party.HOUSING: (CENTRUM, NORRANGEN, HAMNEN),
    }


def around_period(period: str, template: str, **changes: Any) -> tuple[Compilation, Around, PictureTemplate]:
    """The compilation of a longer period, laid out by a template, with two priority areas."""
    chosen = picture_template(template)
    areas = (PriorityAreas(quarter="2026-Q4", area_ids=(CENTRUM, HAMNEN)),)
    changed = {"priority_areas": areas} | changes
    at = Around(PictureKey("9901", CALENDAR.parse(period)), document(**changed), SAMORDNAREN)
    compilation = Compilation(
        municipality="9901",
        period=period,
        scope="",
        template=template,
        template_version=chosen.version,
        by="samordnaren",
    )
    return compilation, at, chosen


def needs(compilation: Compilation, at: Around, template: PictureTemplate) -> list[tuple[MissingKind, str]]:
    """What the template asks for, and under which heading."""
    missing = missing_before_publication(compilation, around=at, template=template)
    return [
        (each.kind, each.section or ",".join(each.areas)) for each in missing if each.kind in OF_TEMPLATES
    ]


def test_a_quarter_is_to_answer_each_of_the_six_points_of_its_template() -> None:
    compilation, at, template = around_period("2026-Q4", "quarterly")

    assert needs(compilation, at, template) == [
        (MissingKind.WORDS, "uppfoljning"),
        (MissingKind.WORDS, "beslut_prioriterade"),
        (MissingKind.WORDS, "laget_per_omrade"),
        (MissingKind.PRIORITY, f"{CENTRUM},{HAMNEN}"),
        (MissingKind.PROBLEMS, "problembilder"),
        (MissingKind.WORDS, "prioriteringar"),
    ]
    kinds = {each.kind for each in missing_before_publication(compilation, around=at, template=template)}
    assert MissingKind.AREA_VALUE in kinds


def test_what_has_been_seen_to_in_a_quarter_is_no_longer_missing() -> None:
    compilation, at, template = around_period("2026-Q4", "quarterly")
    compilation.write(SectionPlace("uppfoljning"), text("followed up"), revision=0, by=SAMORDNAREN)
    compilation.write(SectionPlace("laget_per_omrade", CENTRUM), text("why"), revision=0, by=SAMORDNAREN)
    # Nobody reads a part that its party has not contributed.
    own = SectionPlace("prioriteringar", party=Party.POLICE)
    compilation.write(own, text("ours"), revision=0, by=KOMMUNPOLISEN)
    value_priority(compilation, CENTRUM, 3, by=SAMORDNAREN)
    row = ProblemRow("problembilder", uuid4(), text("row"), None, continues=False)
    compilation.write_row(row, revision=0, by=SAMORDNAREN)

    assert needs(compilation, at, template) == [
        (MissingKind.WORDS, "beslut_prioriterade"),
        (MissingKind.WORDS, "laget_per_omrade"),
        (MissingKind.PRIORITY, HAMNEN),
        (MissingKind.WORDS, "prioriteringar"),
    ]
    left = missing_before_publication(compilation, around=at, template=template)
    (described,) = (each for each in left if each.section == "laget_per_omrade")
    assert (described.areas, described.words.sv[-7:]) == ((HAMNEN,), "Hamnen.")


def test_a_quarter_without_priority_areas_says_so() -> None:
    areas = tuple(area.model_copy(update={"priority": False}) for area in document().areas)
    compilation, at, template = around_period("2026-Q4", "quarterly", priority_areas=(), areas=areas)

    assert (MissingKind.PRIORITY_AREAS, "") in needs(compilation, at, template)


def test_a_year_is_to_answer_its_questions_and_have_its_indicators() -> None:
    compilation, at, template = around_period("2026", "annual")
    taken = TakenIndicator("crime_trend", 2026, Decimal(1), text("source"))
    compilation.take_indicators((taken,), by="x")

    missing = missing_before_publication(compilation, around=at, template=template)
    told = [each.words.sv for each in missing]

    questions = ("rätt eller fel håll?", "minskar brottsligheten?", "mindre trygga?", "bättre eller sämre?")
    for question in questions:
        assert any(each.endswith(f"{question}” är inte besvarad.") for each in told), question
    assert {"strategiska_mal", "parternas_mal", "effektiva_insatser", "overenskommelse"} <= {
        each.section for each in missing
    }
    assert "36 av 37 strukturella indikatorer saknar värde för 2026." in told


@pytest.mark.parametrize("period", ["2026-W47", "2026-W46-W47"])
def test_a_weeks_headings_may_be_empty(period: str) -> None:
    compilation, at, template = around_period(period, "developed_weekly")

    assert needs(compilation, at, template) == []


def test_where_anyone_will_read_the_picture_a_text_to_the_public_is_asked_for() -> None:
    compilation, opens = opened(), around(public_pictures=True)

    def asked(at: Around) -> bool:
        missing = missing_before_publication(compilation, around=at, template=WEEKLY)
        return MissingKind.PUBLIC_TEXT in {each.kind for each in missing}

    assert asked(opens) and not asked(around())
    compilation.write(TO_THE_PUBLIC, text("to all"), revision=0, by=SAMORDNAREN)
    assert not asked(opens)


def test_a_sentence_that_says_other_numbers_blocks() -> None:
    compilation = opened()
    chosen = ChosenSentence("total", Words(sv="Nio rapporter.", en="Nine reports."))
    adopt(compilation, chosen, by=SAMORDNAREN)

    def kinds(*suggested: ChosenSentence) -> list[MissingKind]:
        missing = missing_before_publication(
            compilation, around=around(), template=WEEKLY, suggested=suggested
        )
        return [each.kind for each in missing if each.blocks]

    assert MissingKind.SENTENCE not in kinds(chosen)
    assert MissingKind.SENTENCE in kinds(ChosenSentence("total", Words(sv="Tio.", en="Ten.")))
    assert MissingKind.SENTENCE in kinds()


def test_those_who_compile_take_turns_period_by_period() -> None:
    turns = document(compilers=THREE)
    weeks = [CALENDAR.parse(f"2026-W{number}") for number in (51, 52, 53)] + [CALENDAR.parse("2027-W01")]
    quarters = [CALENDAR.parse(f"2026-Q{number}") for number in (1, 2, 3, 4)]

    for periods in (weeks, quarters):
        functions = [compiling_function(turns, period) for period in periods]
        assert set(functions[:3]) == set(THREE)
        assert functions[3] == functions[0]


def test_who_is_on_duty_compiles_in_the_place_of_another() -> None:
    week = CALENDAR.parse("2026-W47")
    in_turn = compiling_function(document(compilers=THREE), week) or ""
    duty = DutyPeriod(
        function_id=in_turn,
        filled_by="faltgruppen",
        first_day=date(2026, 11, 23),
        last_day=date(2026, 11, 29),
    )

    assert compiling_function(document(compilers=THREE, duty_periods=(duty,)), week) == "faltgruppen"
    assert compiling_function(document(compilers=THREE, duty_periods=(duty,)), week.previous) != "faltgruppen"


def test_a_local_groups_picture_is_compiled_by_one_of_its_own() -> None:
    group = LocalGroup(
        group_id="norra_gruppen", name="Norra", area_ids=(NORRANGEN,), members=("kommunpolisen",)
    )
    turns = document(compilers=THREE, local_groups=(group,))
    weeks = [CALENDAR.parse(f"2026-W{number}") for number in (47, 48, 49)]

    scope = PictureScope.parse("norra_gruppen")
    assert [compiling_function(turns, week, scope) for week in weeks] == ["kommunpolisen"] * 3


def test_where_nobody_takes_turns_it_is_nobodys() -> None:
    assert compiling_function(document(), CALENDAR.parse("2026-W47")) is None


@pytest.mark.parametrize("function", ["faltgruppen", "nobody_here", "", None])
def test_who_is_no_coordinator_of_the_collaboration_does_not_compile(function: str | None) -> None:
    with pytest.raises(CompilingIsForCoordinators):
        coordinator_in(document(), function)


@pytest.mark.parametrize("place", [SectionPlace("no_such"), SectionPlace("lagesbeskrivning", NORRANGEN)])
def test_nothing_is_written_where_the_template_has_no_room(place: SectionPlace) -> None:
    with pytest.raises(PlaceTakesNoWords):
        refuse_wordless(place, template=WEEKLY, around=around())


def test_only_areas_of_the_picture_are_written_about() -> None:
    refuse_wordless(SectionPlace("operativa_mal", NORRANGEN), template=by_area(), around=of_norrangen())

    with pytest.raises(AreaIsNotInThePicture):
        refuse_wordless(SectionPlace("operativa_mal", HAMNEN), template=by_area(), around=of_norrangen())


@pytest.mark.parametrize(
    ("written", "kept"),
    [(None, None), ("", None), (" \r\n ", None), (" a \r\nb\rc ", "a\nb\nc")],
)
def test_words_are_kept_tidily(written: str | None, kept: str | None) -> None:
    assert tidy(written) == kept
