"""Where the words of reports lie, in new installations and in those that stood before there were measures."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from valboas_reports import key, report, submit, valboas_at_work

from est_chassis.testing.databases import FreshDatabase
from est_contracts.vocabulary import Role
from est_intake.application import Intake, as_submitted
from est_intake.application.report_words import NOTHING, Writing
from est_intake.domain.submission import Sender
from est_intake.domain.words_change import WordsChange
from est_intake.service import BESIDE_TABLES

FIELD_TEAM = Sender("9901", "faltgruppen", frozenset({Role.REPORTER}))

BEFORE_THERE_WERE_MEASURES = """
    CREATE TABLE report_texts (
        municipality text NOT NULL,
        report_id uuid NOT NULL,
        text text NOT NULL,
        PRIMARY KEY (municipality, report_id)
    );
    INSERT INTO report_texts VALUES ('9901', '0c2d6f0e-2f0b-4a43-9a51-2a1a5c3f6c11', 'Krossade rutor.')
"""


async def test_the_table_of_an_installation_that_stands_is_widened_and_keeps_its_texts(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    database.prepare("intake", beside_tables=BEFORE_THERE_WERE_MEASURES)
    database.prepare("intake", beside_tables=BESIDE_TABLES)

    async with valboas_at_work(database, nats_url, tmp_path) as intake:
        sent = report(text=None, measures="Vaktmästaren är kontaktad.")
        answer = await submit(intake, sent)
        read = await intake.http.get(f"/v1/reports/{sent['report_id']}", headers=key("reporter"))

    assert (answer.status_code, read.json()["text"], read.json()["measures"]) == (
        201,
        None,
        "Vaktmästaren är kontaktad.",
    )
    with psycopg.connect(database.owner_url) as connection:
        rows = connection.execute("SELECT text, measures FROM intake_beside.report_texts").fetchall()
    assert sorted(rows, key=str) == [("Krossade rutor.", None), (None, "Vaktmästaren är kontaktad.")]


async def test_a_report_without_words_leaves_no_row(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    async with valboas_at_work(database, nats_url, tmp_path) as intake:
        await submit(intake, report(text=None))
        rows = await intake.service.ask(
            lambda cursor: cursor.execute("SELECT * FROM report_texts").fetchall()
        )

    assert rows == []


async def test_words_are_changed_in_the_order_in_which_it_was_asked_for(
    database: FreshDatabase, nats_url: str, tmp_path: Path
) -> None:
    async with valboas_at_work(database, nats_url, tmp_path) as intake:
        first, second = report(), report()
        await submit(intake, first)
        await submit(intake, second)

        def together(app: Intake) -> None:
            written = as_submitted(
                app.reporting.report("9901", UUID(second["report_id"]), reader=FIELD_TEAM).report
            )
            app.judging.erase_text("9901", UUID(first["report_id"]), by=FIELD_TEAM)
            app.judging.correct_report(replace(written, text="Nya ord."), by=FIELD_TEAM)
            app.judging.erase_text("9901", UUID(second["report_id"]), by=FIELD_TEAM)

        await intake.service.do(together)
        rows = await intake.service.ask(
            lambda cursor: cursor.execute("SELECT * FROM report_texts").fetchall()
        )

    assert rows == []


@pytest.mark.parametrize(
    ("before", "after", "becomes"),
    [
        (NOTHING, NOTHING, None),
        (Writing("Rutan är krossad."), Writing("Rutan är krossad."), None),
        (NOTHING, Writing("Rutan är krossad."), WordsChange.ADDED),
        (Writing("Rutan är krossad."), Writing("Rutan är krossad.", "Felanmält."), WordsChange.ADDED),
        (Writing("Rutan är krossad."), NOTHING, WordsChange.REMOVED),
        (Writing("Rutan är krossad.", "Felanmält."), Writing("Rutan är krossad."), WordsChange.REMOVED),
        (Writing("Rutan är krossad."), Writing("Rutan är hel."), WordsChange.REWRITTEN),
        (Writing("Rutan är krossad."), Writing("Rutan är hel.", "Felanmält."), WordsChange.REWRITTEN),
        (Writing("Rutan är krossad."), Writing(measures="Felanmält."), WordsChange.REWRITTEN),
    ],
)
def test_words_that_are_gone_outweigh_words_that_came(
    before: Writing, after: Writing, becomes: WordsChange | None
) -> None:
    assert before.change_to(after) == becomes
