"""`est set-up` as an operator types it, at a house that stands."""

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
    assert again == checked


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


def test_what_somebody_has_changed_meanwhile_is_not_overwritten(est: Est, written: Path) -> None:
    est(str(written))
    change(written, "period_days: 7", "period_days: 14")
    est(str(written))
    change(written, "period_days: 14", "period_days: 7")

    refused = est(str(written), "--from-version", "1")

    assert refused.exit_code == 1
    assert str(refused.exception).startswith("412")


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
