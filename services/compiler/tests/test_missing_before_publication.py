"""What is missing before a picture is published, whose turn it is, and where something may be written."""

from datetime import date

import pytest
from compiled_pictures import KOMMUNPOLISEN, SAMORDNAREN, adopt, all_sign, around, assess, document, opened

from est_compiler.domain.compiling.around import Around, PictureKey, compiling_function, coordinator_in
from est_compiler.domain.compiling.missing import MissingKind, missing_before_publication
from est_compiler.domain.compiling.placing import refuse_wordless
from est_compiler.domain.compiling.refusals import (
    AreaIsNotInThePicture,
    CompilingIsForCoordinators,
    PlaceTakesNoWords,
)
from est_compiler.domain.compiling.work import ChosenSentence, SectionPlace
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
    Words,
    picture_template,
)

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
