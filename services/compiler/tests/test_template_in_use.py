"""A compilation keeps to the template that it was opened with, and asks only for what the template shows."""

import pytest
from compiled_pictures import around, document, opened

from est_compiler.domain.compiling.missing import MissingKind, missing_before_publication
from est_compiler.domain.compiling.placing import template_named
from est_compiler.domain.compiling.refusals import PlaceTakesNoWords
from est_contracts.vocabulary import (
    TEMPLATE_VERSIONS,
    TEMPLATES,
    Area,
    AreaKind,
    Party,
    picture_template,
)


def test_a_newer_version_of_a_template_does_not_change_what_is_being_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = picture_template("annual")
    second = first.model_copy(update={"version": 2, "sections": first.sections[:1]})
    monkeypatch.setitem(TEMPLATE_VERSIONS, ("annual", 2), second)
    monkeypatch.setitem(TEMPLATES, "annual", second)

    assert template_named("annual", version=1) is first
    assert template_named("annual", version=2) is second
    with pytest.raises(PlaceTakesNoWords):
        template_named("annual", version=3)


def test_a_district_is_left_to_assess_only_where_nothing_smaller_lies_in_it() -> None:
    district = Area(area_id="9901D001", name="Norra", kind=AreaKind.DISTRICT)
    within = Area(area_id="9901R001", name="Norrängen", within="9901D001")
    alone = Area(area_id="9901D002", name="Södra", kind=AreaKind.DISTRICT)
    areas = (district, within, alone)

    missing = missing_before_publication(
        opened(), around=around(areas=areas), template=picture_template("malmo_weekly")
    )

    asked = {each.party: each.areas for each in missing if each.kind is MissingKind.AREA_VALUE}
    assert document(areas=areas).areas == areas
    assert asked[Party.POLICE] == ("9901D002", "9901R001")
