"""`est set-up` as an operator types it, at a house that stands."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from intake_house import intake_served
from typer.testing import CliRunner, Result

from est_chassis.testing import FreshDatabase
from est_single_machine.commands import app
from est_single_machine.ready_made import template_file

Est = Callable[..., Result]


@pytest.fixture
def est(database: FreshDatabase, nats_url: str, tmp_path: Path) -> Iterator[Est]:
    with intake_served(database, nats_url, tmp_path) as (address, token):
        environment = {"EST_FRONT_URL": address, "EST_OPERATOR_KEY": token}
        yield lambda *words: CliRunner().invoke(app, ["set-up", *words], env=environment)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The template of Växjö as a file of one's own."""
    file = tmp_path / "our.yaml"
    file.write_text(template_file("vaxjo").read_text("utf-8"), "utf-8")
    return file


def change(file: Path, right: str, other: str) -> None:
    text = file.read_text("utf-8")
    assert right in text
    file.write_text(text.replace(right, other, 1), "utf-8")


def test_a_template_sets_up_a_municipality_and_tells_its_seats_and_next_deadline(est: Est) -> None:
    told = est("--template", "vaxjo").output

    assert "Växjö (0780) is set up: version 1." in told
    assert "Next deadline:" in told
    assert "faltarbetarna: Fältarbetarna" in told


def test_the_same_again_changes_nothing_and_says_so(est: Est) -> None:
    est("--template", "vaxjo")

    assert "version 1, nothing changed" in est("--template", "vaxjo").output


def test_a_check_tells_what_would_change_and_changes_nothing(est: Est, written: Path) -> None:
    est(str(written))
    change(written, "name: Övriga Växjö", "name: Resten av Växjö")
    change(written, "period_days: 7", "period_days: 14")
    change(written, "  - {kind: school_break, name: Sportlov", "  - {kind: school_break, name: Vinterlov")

    checked = est(str(written), "--check").output
    again = est(str(written), "--check").output

    assert "is at version 1. This would be version 2:" in checked
    assert "~ Resten av Växjö (0780OVRIGA)\n      Name: Övriga Växjö -> Resten av Växjö" in checked
    assert "Reporting period: 7 days -> 14 days" in checked
    assert "+ Vinterlov" in checked
    assert "- Sportlov" in checked
    assert "is at version 1. This would be version 2:" in again


def test_a_check_before_anything_is_set_up_shows_the_first_version(est: Est) -> None:
    told = est("--template", "malmo", "--check").output

    assert "is not set up yet. This would be version 1:" in told
    assert "+ Holma (1280HOLMA)" in told


def test_a_check_tells_also_what_the_house_would_refuse(est: Est, tmp_path: Path) -> None:
    est("--template", "botkyrka")
    file = tmp_path / "botkyrka.yaml"
    file.write_text(template_file("botkyrka").read_text("utf-8"), "utf-8")
    change(file, "theme: drugs", "theme: fire")

    refused = est(str(file), "--check")

    assert refused.exit_code == 1
    assert "own_checklists.0.entries.0.theme" in str(refused.exception)


def test_a_field_that_does_not_fit_is_told_in_plain_words(est: Est, written: Path) -> None:
    change(written, "organisation_model: C", "organisation_model: D")
    change(written, "period_days: 7", "perid_days: 7")

    refused = est(str(written))

    told = str(refused.exception)
    assert "organisation_model: Choose one of: A, B, C." in told
    assert "perid_days: The field is unknown. Remove it or correct its spelling." in told


def test_a_role_that_no_seat_can_have_is_told_with_its_line(est: Est, written: Path) -> None:
    change(written, "roles: [reporter]", "roles: [reporter, operator]")
    lines = written.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "operator]" in text)

    refused = est(str(written))

    assert refused.exit_code == 1
    assert str(refused.exception).startswith(f"our.yaml, line {line}: functions.")
    assert "No seat can have the role" in str(refused.exception)


def test_what_somebody_has_changed_meanwhile_is_not_overwritten(est: Est, written: Path) -> None:
    est(str(written))
    change(written, "period_days: 7", "period_days: 14")
    est(str(written))
    change(written, "period_days: 14", "period_days: 7")

    refused = est(str(written), "--from-version", "1")

    assert refused.exit_code == 1
    assert str(refused.exception).startswith("412")


def test_areas_from_a_map_are_checked_with_the_document(est: Est, written: Path) -> None:
    shapes = {"Norr": 14.80, "Söder": 14.805}
    (written.parent / "areas.geojson").write_text(json.dumps(geojson(shapes)), "utf-8")
    text = written.read_text("utf-8")
    before, areas, after = text.partition("areas: ")
    rest = after[after.index("\nfunctions:") :]
    written.write_text(
        f"{before}areas_in: areas.geojson{rest}".replace(", area_ids: [0780OMRADET]", ""), "utf-8"
    )

    told = est(str(written), "--check").output

    assert areas
    assert "Worth a look: Norr: Overlaps Söder: 50 per cent of the smaller surface." in told
    assert "+ Söder (0780SODER)" in told


def geojson(wests: dict[str, float]) -> dict[str, object]:
    features = [
        {
            "type": "Feature",
            "properties": {"namn": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[west, 56.8], [west + 0.01, 56.8], [west + 0.01, 56.81], [west, 56.81], [west, 56.8]]
                ],
            },
        }
        for name, west in wests.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def test_a_template_is_written_to_begin_from_but_over_nothing(est: Est, tmp_path: Path) -> None:
    begun = tmp_path / "begun.yaml"

    est("--template", "orebro", "--write", str(begun))
    again = est("--template", "vaxjo", "--write", str(begun))

    assert begun.read_text("utf-8") == template_file("orebro").read_text("utf-8")
    assert again.exit_code == 2


def test_one_gives_either_a_file_or_a_template(est: Est, written: Path) -> None:
    neither = est()
    both = est(str(written), "--template", "vaxjo")

    assert (neither.exit_code, both.exit_code) == (2, 2)
