"""`est guard` prints how good the free-text guard is."""

from pathlib import Path

from typer.testing import CliRunner

from est_contracts.guard import Finding
from est_contracts.guard.figures import measure
from est_single_machine.commands import app

PRIVACY = Path(__file__).parents[3] / "docs" / "privacy.md"


def test_the_figures_in_the_document_are_those_that_are_printed() -> None:
    document = PRIVACY.read_text(encoding="utf-8")

    printed = [line.rstrip() for line in CliRunner().invoke(app, ["guard"]).output.splitlines()]

    assert [line for line in printed if line not in document] == []


def test_the_figures_are_printed_kind_by_kind_and_kept_as_promised() -> None:
    answer = CliRunner().invoke(app, ["guard"])

    assert answer.exit_code == 0
    assert [kind for kind in Finding if kind.replace("_", " ") not in answer.output] == []
    assert f"Clean sentences: {measure().clean}" in answer.output


def test_what_was_read_wrongly_can_be_shown() -> None:
    plain, with_sentences = (CliRunner().invoke(app, words) for words in (["guard"], ["guard", "--missed"]))

    assert "refused without cause" not in plain.output
    assert "refused without cause" in with_sentences.output
