"""The templates of pictures: their headings as the source prints them, in its order, and sealed."""

import pytest
from pydantic import ValidationError

from est_contracts.schemas import broken_promises, seals
from est_contracts.vocabulary import (
    CHECKLISTS,
    DEFAULT_TEMPLATES,
    INDICATOR_GROUPS,
    TEMPLATE_VERSIONS,
    TEMPLATES,
    PeriodKind,
    PictureTemplate,
    SectionKind,
    TemplateSection,
    Theme,
    UnknownTemplate,
    Words,
    picture_template,
)
from est_contracts.write_schemas import read_released

SHOWS_ENTRIES = (SectionKind.COUNTS, SectionKind.CHECKLIST_VALUES)


def headings(template_id: str) -> list[str]:
    return [each.words.sv for each in picture_template(template_id).all_sections()]


def listed_entries(template_id: str) -> list[str]:
    return [each for section in picture_template(template_id).all_sections() for each in section.entries]


def section(template_id: str, section_id: str) -> TemplateSection:
    [found] = [each for each in picture_template(template_id).all_sections() if each.section_id == section_id]
    return found


def test_the_picture_of_boras_has_the_headings_of_the_printed_one_in_its_order() -> None:
    assert headings("boras_weekly") == [
        "Otrygga miljöer",
        "Brottstrender",
        "Inbrott/inbrottsförsök/stölder",
        "Klotter/skadegörelse/anlagd brand",
        "Drogförsäljning/droganvändning",
        "Våldsbejakande extremism",
        "Kränkningar",
        "Angrepp/hot/ofredanden",
        "Internet/sociala medier",
        "Övriga brott/brottstrender",
        "Aktiviteter och insatser",
        "Planerade",
        "Genomförda/återkommande",
        "Övrigt",
    ]
    assert picture_template("boras_weekly").empty.sv == "Inget inrapporterat under perioden."


@pytest.mark.parametrize(
    ("template_id", "checklist_id"), [("boras_weekly", "boras"), ("malmo_weekly", "malmo")]
)
def test_every_entry_of_the_checklist_belongs_to_one_section(template_id: str, checklist_id: str) -> None:
    entries = [each.entry_id for each in CHECKLISTS[checklist_id].entries]

    assert sorted(listed_entries(template_id)) == sorted(entries)


def test_the_week_report_of_malmo_has_the_four_groups_and_an_overall_assessment() -> None:
    groups = [group.words.sv for group in CHECKLISTS["malmo"].groups]

    assert headings("malmo_weekly")[:5] == [*groups, "Samlad bedömning"]
    assert listed_entries("malmo_weekly") == [each.entry_id for each in CHECKLISTS["malmo"].entries]
    for group in CHECKLISTS["malmo"].groups:
        [shown] = [
            each for each in picture_template("malmo_weekly").sections if each.words.sv == group.words.sv
        ]
        in_group = [each.entry_id for each in CHECKLISTS["malmo"].entries if each.group == group.group_id]
        assert (list(shown.entries), shown.party) == (in_group, group.party)


def test_the_developed_picture_compares_and_has_both_tables_of_measures() -> None:
    kinds = [each.kind for each in picture_template("developed_weekly").all_sections()]

    assert kinds == [
        SectionKind.COMPARISON,
        SectionKind.WORDS,
        SectionKind.RECURRING,
        SectionKind.LOW_LEVELS,
        SectionKind.COUNTS,
        SectionKind.MEASURES,
        SectionKind.PROBLEMS,
        SectionKind.PROBLEMS,
        SectionKind.GOALS,
    ]


def test_the_picture_of_vaxjo_has_a_position_on_unrest_and_the_risk_value() -> None:
    assert section("vaxjo_weekly", "riskvarde").kind is SectionKind.RISK_SERIES
    assert section("vaxjo_weekly", "social_oro").kind is SectionKind.WORDS
    assert set(section("vaxjo_weekly", "checklista").themes) == set(Theme)


def test_the_quarterly_proposal_has_its_six_points_in_order_and_a_scale_of_four_steps() -> None:
    quarterly = picture_template("quarterly")

    assert [each.section_id for each in quarterly.sections[:6]] == [
        "uppfoljning",
        "beslut_prioriterade",
        "laget_per_omrade",
        "prioriterade",
        "problemgrad",
        "problembilder",
    ]
    assert quarterly.scale is not None
    assert (quarterly.scale.lowest, quarterly.scale.highest) == (1, 4)


def test_the_tertial_report_has_the_six_themes_and_between_them_everything_that_deviates() -> None:
    six = [each for each in picture_template("botkyrka_tertial").sections if each.by_area]

    assert [each.words.sv for each in six] == [
        "Narkotika",
        "Våld",
        "Skadegörelse",
        "Otillåten påverkan",
        "Andra avvikelser",
        "Samlingsplatser",
    ]
    themes = [theme for each in six for theme in each.themes]
    assert sorted(themes) == sorted(set(Theme) - {Theme.POSITIVE})
    assert set(section("botkyrka_tertial", "avvikelser").themes) == set(themes)


def test_the_annual_analysis_asks_its_four_questions_and_shows_every_group_of_indicators() -> None:
    annual = picture_template("annual")

    assert [each.words.sv for each in annual.sections[:4]] == [
        "Går utvecklingen åt rätt eller fel håll?",
        "Ökar eller minskar brottsligheten?",
        "Känner de boende sig mer eller mindre trygga?",
        "Blir de sociala och strukturella förhållandena bättre eller sämre?",
    ]
    shown = [group for each in annual.all_sections() for group in each.indicators]
    assert shown == [group.group_id for group in INDICATOR_GROUPS]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.template_id)
def test_a_template_says_where_it_comes_from_and_everything_in_two_languages(
    template: PictureTemplate,
) -> None:
    said = [template.title, template.empty, *(each.words for each in template.all_sections())]
    said += [each.help for each in template.all_sections() if each.help]

    assert "exempelsamling" in template.source
    assert template.source_lines is not None
    assert not [words.en for words in said if set("åäöÅÄÖ") & set(words.en)]


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.template_id)
def test_a_section_that_counts_says_what_it_counts(template: PictureTemplate) -> None:
    counting = [each for each in template.all_sections() if each.kind in SHOWS_ENTRIES]

    assert [each.section_id for each in counting if not (each.entries or each.themes)] == []
    known = {each.entry_id for own in CHECKLISTS.values() for each in own.entries}
    assert {each for section in counting for each in section.entries} <= known


def test_every_kind_of_period_has_a_usual_template_that_is_made_for_it() -> None:
    assert set(DEFAULT_TEMPLATES) == set(PeriodKind)
    assert all(kind in picture_template(name).kinds for kind, name in DEFAULT_TEMPLATES.items())


def test_every_kind_of_section_stands_in_some_template() -> None:
    used = {each.kind for template in TEMPLATES.values() for each in template.all_sections()}

    assert used == set(SectionKind)


def test_a_template_that_prints_other_headings_breaks_its_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    boras = picture_template("boras_weekly")
    changed = boras.model_copy(update={"sections": boras.sections[:-1]})
    monkeypatch.setitem(TEMPLATE_VERSIONS, ("boras_weekly", 1), changed)

    assert broken_promises(read_released(), seals()) == ["template.boras_weekly.v1"]


def test_a_heading_moved_in_under_another_breaks_the_promise(monkeypatch: pytest.MonkeyPatch) -> None:
    boras = picture_template("boras_weekly")
    *first, above, last = boras.sections
    moved = (*first, above.model_copy(update={"sections": (*above.sections, last)}))
    assert boras.all_sections()[-1] == last
    monkeypatch.setitem(TEMPLATE_VERSIONS, ("boras_weekly", 1), boras.model_copy(update={"sections": moved}))

    assert broken_promises(read_released(), seals()) == ["template.boras_weekly.v1"]


def test_a_better_help_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    annual = picture_template("annual")
    first, *others = annual.sections
    helped = first.model_copy(update={"help": Words(sv="Se på flera år.", en="Look at several years.")})
    changed = annual.model_copy(update={"sections": (helped, *others)})
    monkeypatch.setitem(TEMPLATE_VERSIONS, ("annual", 1), changed)

    assert broken_promises(read_released(), seals()) == []


def test_a_version_that_was_used_is_found_beside_the_one_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    first = picture_template("annual", version=1)
    second = first.model_copy(update={"version": 2})
    monkeypatch.setitem(TEMPLATE_VERSIONS, ("annual", 2), second)
    monkeypatch.setitem(TEMPLATES, "annual", second)

    assert picture_template("annual") is second
    assert picture_template("annual", version=1) is first
    assert broken_promises(read_released(), seals()) == []


@pytest.mark.parametrize(("name", "version"), [("no_such", None), ("annual", 99)])
def test_an_unknown_template_is_said_to_be_unknown(name: str, version: int | None) -> None:
    with pytest.raises(UnknownTemplate, match=name):
        picture_template(name, version=version)


def test_a_section_named_twice_is_refused() -> None:
    annual = picture_template("annual").model_dump()
    annual["sections"] = (*annual["sections"], annual["sections"][0])

    with pytest.raises(ValidationError, match="names a section twice"):
        PictureTemplate.model_validate(annual)


def test_a_group_of_indicators_that_does_not_exist_is_refused() -> None:
    annual = picture_template("annual").model_dump()
    annual["sections"][2]["indicators"] = ("weather",)

    with pytest.raises(ValidationError, match="unknown indicators"):
        PictureTemplate.model_validate(annual)
