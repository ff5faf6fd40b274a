"""What anyone may ask for costs no more than a list: no frozen picture is read to make one."""

import psycopg
import pytest
from opened_pictures import opened, reports, set_up
from test_pictures_api import PICTURES, put

from est_chassis.event_store import Cursor
from est_chassis.testing import FreshDatabase, HostedService
from est_compiler.domain.viewing.boxes import box_of
from est_compiler.questions.open_pictures import LISTED, PLACES_OPEN, general_view, latest_open_pictures
from est_contracts.example_collaboration import HAMNEN

UNREADABLE = "UPDATE compiler_read.published_pictures_v3 SET picture = '{}'"


def make_unreadable(database: FreshDatabase, *, but: str = "") -> None:
    with psycopg.connect(database.owner_url) as connection:
        connection.execute(f"{UNREADABLE} WHERE period <> %s", (but,))


@pytest.mark.parametrize(
    "address",
    ["/open", "/open/9901", "/open/9901/totals.csv", "/ogc/collections", "/ogc/collections/areas-9901"],
)
async def test_a_list_is_made_without_reading_any_picture(
    compiler: HostedService, database: FreshDatabase, address: str
) -> None:
    await opened(compiler)
    make_unreadable(database)

    assert (await compiler.http.get(address)).status_code == 200


async def test_a_map_program_that_asks_for_a_period_has_no_other_one_read(
    compiler: HostedService, database: FreshDatabase
) -> None:
    await opened(compiler)
    make_unreadable(database, but="2026-W46")
    items = "/ogc/collections/areas-9901/items"

    for asked in ("period=2026-W46", "datetime=../2026-11-15"):
        answer = await compiler.http.get(f"{items}?{asked}")
        assert (answer.status_code, answer.json()["numberMatched"]) == (200, 3)
    assert (await compiler.http.get(f"{items}/2026-W46.9901R001")).status_code == 200


async def test_the_list_is_called_by_the_name_of_the_municipality(compiler: HostedService) -> None:
    await opened(compiler)

    page = (await compiler.http.get("/open/9901", headers={"Accept": "text/html"})).text

    assert "<title>Lägesbilder Valboås – EST</title>" in page
    assert "OpenPlace" not in page


async def test_a_list_says_of_each_picture_what_the_picture_says(compiler: HostedService) -> None:
    await opened(compiler)
    few = reports(30, weeks_back=2)[:2]
    await compiler.hears(*few)
    await put(compiler, f"{PICTURES}/2026-W45/publication", {})

    def ask(cursor: Cursor) -> None:
        listed = latest_open_pictures(cursor, "9901")
        assert [each.period for each in listed] == ["2026-W45", "2026-W47", "2026-W46"]
        for each in listed:
            view = general_view(cursor, each)
            totals = next(table for table in view.tables if table.name == "totals")
            assert each.total == totals.rows[0].cells[0]
            assert (each.level, each.path, each.picture_period) == (
                view.level,
                view.path,
                view.picture_period,
            )
        assert [each.total.hidden for each in listed] == [True, False, False]

    await compiler.service.ask(ask)


async def test_the_place_of_a_municipality_is_that_of_its_set_up_in_force(compiler: HostedService) -> None:
    await opened(compiler)
    told = set_up(40)
    areas = tuple(
        each if each.area_id == HAMNEN else each.model_copy(update={"polygon": ()})
        for each in told.document.areas
    )
    document = told.document.model_copy(update={"areas": areas, "name": "Nya Valboås"})
    await compiler.hears(told.model_copy(update={"document": document}))

    (described,) = (await compiler.http.get("/ogc/collections")).json()["collections"]
    one = (await compiler.http.get("/ogc/collections/areas-9901")).json()

    assert described["extent"]["spatial"]["bbox"] == [list(box_of([areas[-1].polygon]) or ())]
    assert described == one
    assert "Nya Valboås" in (await compiler.http.get("/open")).text


@pytest.mark.parametrize(("statement", "asked"), [(LISTED, ("9901", 500)), (PLACES_OPEN, ())])
def test_what_is_open_is_found_by_an_index_of_its_own(
    cursor: Cursor, statement: str, asked: tuple[object, ...]
) -> None:
    cursor.execute("SET enable_seqscan = off")

    plan = cursor.execute(f"EXPLAIN {statement}", asked).fetchall()

    assert "published_pictures_v3_open" in "\n".join(row["QUERY PLAN"] for row in plan)
