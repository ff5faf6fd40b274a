"""The risk value that the meeting gives a period at the desk: on its scale, signed, and in the series."""

from dataclasses import replace
from datetime import date
from typing import Any

from at_the_desk import POLICE, look, opened, post
from compiled_pictures import KOMMUNPOLISEN, SAMORDNAREN, all_sign
from compiled_pictures import opened as begun
from edition_briefs import brief_of
from valboas_coordinators import COMPILATION, codes, three_compile
from valboas_coordinators import all_sign as all_three_sign

from est_chassis.testing import HostedService
from est_compiler.domain.compiling.wishes import RISK_VALUE, Wish
from est_compiler.domain.compiling.work import CompiledWork, WorkInWords
from est_compiler.domain.picture import RiskValue
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import Figure
from est_contracts.vocabulary import ChosenTemplate, Edition, PeriodKind, RiskScale, Week, picture_template

VAXJO: dict[str, Any] = {
    "organisation_model": "C",
    "templates": (ChosenTemplate(kind=PeriodKind.WEEK, template="vaxjo_weekly"),),
    "risk_scale": RiskScale(lowest=1, highest=5),
}
RISK = f"{COMPILATION}/risk-value"


def test_signatures_fall_when_the_risk_value_changes_and_stand_when_it_does_not() -> None:
    compilation = begun()
    compilation.value_risk(Wish(RISK_VALUE, None, 3), by=SAMORDNAREN)
    all_sign(compilation)

    compilation.value_risk(Wish(RISK_VALUE, None, 3), by=KOMMUNPOLISEN)
    assert len(compilation.signatures) == 3
    compilation.value_risk(Wish(RISK_VALUE, 3, 4), by=KOMMUNPOLISEN)
    assert compilation.signatures == {}


def test_the_series_has_what_meetings_have_set_and_the_pictures_own_value() -> None:
    earlier = tuple(RiskValue(f"2026-W{number}", monday(number), number - 44) for number in (45, 46))
    brief = replace(
        brief_of(template=picture_template("vaxjo_weekly")),
        risk_values=earlier,
        work=WorkInWords(CompiledWork("vaxjo_weekly", 1, risk_value=5)),
    )

    tables = {each.name: each for each in view_of(brief, Edition.INTERNAL).tables}

    rows = tables["section_riskvarde"].rows
    assert [(row.key, row.cells) for row in rows] == [
        ("2026-W45", (Figure(1),)),
        ("2026-W46", (Figure(2),)),
        ("2026-W47", (Figure(5),)),
    ]
    assert [row.cells for row in tables["risk_values"].rows] == [row.cells for row in rows]


def monday(number: int) -> date:
    return Week(2026, number).monday


async def test_the_meeting_gives_the_week_a_risk_value_on_its_own_scale(compiler: HostedService) -> None:
    samordnaren, kommunpolisen, _bosocial = await three_compile(compiler, **VAXJO)
    missing = [each["kind"] for each in (await samordnaren.reads(COMPILATION))["missing"]]

    set_first = await samordnaren.puts(RISK, {"value": 4, "was": None})
    late = await kommunpolisen.puts(RISK, {"value": 2, "was": None})
    off_the_scale = await kommunpolisen.puts(RISK, {"value": 6, "was": 4})
    found = await kommunpolisen.reads(COMPILATION)

    assert "risk_value" in missing
    assert set_first.status_code == 200
    assert codes(late) == (409, "choice_has_changed")
    assert (late.json()["stands"], late.json()["sent"]) == (4, 2)
    assert codes(off_the_scale) == (422, "value_is_off_the_scale")
    assert found["risk_value"] == 4
    assert "risk_value" not in [each["kind"] for each in found["missing"]]


async def test_where_no_risk_values_are_given_none_can_be_set(compiler: HostedService) -> None:
    samordnaren, _kommunpolisen, _bosocial = await three_compile(compiler)

    answer = await samordnaren.puts(RISK, {"value": 4, "was": None})

    assert codes(answer) == (409, "risk_is_not_valued")


async def test_what_was_set_and_signed_stands_in_the_next_weeks_series(compiler: HostedService) -> None:
    three = await three_compile(compiler, **VAXJO)
    samordnaren = three[0]
    await samordnaren.does(RISK, {"value": 4, "was": None})
    await all_three_sign(three)
    await samordnaren.does(f"{COMPILATION.removesuffix('/compilation')}/publication", {})

    version = await samordnaren.reads(f"{COMPILATION.removesuffix('/compilation')}/versions/1")
    edition = "/v1/municipalities/9901/pictures/2026-W48/editions/internal.json"
    next_week = await samordnaren.reads(edition)

    assert version["work"]["risk_value"] == 4
    (series,) = [each for each in next_week["blocks"] if each.get("name") == "section_riskvarde"]
    assert {row["key"]: row["cells"][0]["value"] for row in series["rows"]}["2026-W47"] == 4


async def test_the_risk_value_is_set_under_its_heading_on_the_page(compiler: HostedService) -> None:
    await opened(compiler, **VAXJO)

    page = await look(compiler)
    saved = await post(compiler, "risk-value", risk_value="3", was__risk_value="")
    late = await post(compiler, "risk-value", POLICE, risk_value="5", was__risk_value="")

    assert "Periodens riskvärde, 1–5" in page
    assert saved.status_code == 303, saved.text
    assert late.status_code == 409
    assert "Det som står:" in late.text and "Riskvärde" in late.text
    assert '<option value="3" selected>' in await look(compiler)
