"""Reading the police's public events."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from est_contracts.vocabulary import CHECKLISTS, THEME_WORDS, Week, entry
from est_single_machine import polisen_themes
from est_single_machine.polisen import minimal_collaboration, municipality_named, report_about, report_id_of
from est_single_machine.polisen_events import (
    PoliceEvent,
    UnreadableEvent,
    event_told_as,
    happened,
    published,
    read_events,
)
from est_single_machine.polisen_themes import POLICE_TYPES, NotEst

DOCUMENTED = Path(__file__).parents[3] / "docs" / "polisen-import.md"


def told(**changes: Any) -> dict[str, Any]:
    """An event as the police tell it."""
    return {
        "id": 371971,
        "datetime": "2022-09-26 15:55:23 +02:00",
        "name": "26 september 14:21, Mord/dråp, försök, Stockholm",
        "summary": "Står aldrig i huset.",
        "url": "/aktuellt/handelser/2022/september/26/",
        "type": "Mord/dråp, försök",
        "location": {"name": "Stockholm", "gps": "59.329324,18.068581"},
        **changes,
    }


def test_the_time_is_that_of_the_name_and_not_of_the_publishing() -> None:
    event = event_told_as(told())

    assert event.happened_at == datetime(2022, 9, 26, 12, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["9 mars 01:05, Brand, Eda", "09 mars 01.05, Brand, Eda", " 09 Mars 1.05, x, y"]
)
def test_all_ways_of_writing_the_time_are_read(name: str) -> None:
    moment = happened(name, published_at=published("2024-03-09 7:56:30 +01:00"))

    assert moment == datetime(2024, 3, 9, 0, 5, tzinfo=UTC)


def test_new_years_eve_published_on_new_years_day_is_last_years() -> None:
    moment = happened("31 december 23.25, Brand, Eda", published_at=published("2024-01-01 6:36:31 +01:00"))

    assert moment == datetime(2023, 12, 31, 22, 25, tzinfo=UTC)
    assert str(Week.of(moment)) == "2023-W52"


def test_an_event_announced_before_new_year_is_next_years() -> None:
    moment = happened("01 januari 00.30, Brand, Eda", published_at=published("2023-12-31 23:36:31 +01:00"))

    assert moment == datetime(2023, 12, 31, 23, 30, tzinfo=UTC)


def test_the_leap_day_finds_its_year() -> None:
    moment = happened("29 februari 12.00, Brand, Eda", published_at=published("2024-03-01 8:00:00 +01:00"))

    assert moment == datetime(2024, 2, 29, 11, 0, tzinfo=UTC)


def test_summer_time_is_kept_in_mind() -> None:
    in_summer = happened("01 juli 12.00, x, y", published_at=published("2024-07-01 13:00:00 +02:00"))
    in_winter = happened("01 december 12.00, x, y", published_at=published("2024-12-01 13:00:00 +01:00"))

    assert (in_summer.hour, in_winter.hour) == (10, 11)


def test_the_doubled_hour_of_october_is_the_first_one() -> None:
    moment = happened("25 oktober 02.30, x, y", published_at=published("2026-10-25 7:00:00 +01:00"))

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "Brand i Eda"}, "the name does not begin with day, month and time"),
        ({"name": "12 smarch 12:00, Brand, Eda"}, "the name does not begin with day, month and time"),
        ({"name": "31 april 12:00, Brand, Eda"}, "the name tells of a day or time that does not exist"),
        ({"datetime": "i går"}, "the publishing time cannot be read"),
        ({"location": "Eda"}, "not in the form the police use"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    file = written(tmp_path / "events.jsonl", json.dumps(told(**changes)))

    assert list(read_events(file)) == [UnreadableEvent(line=1, reason=reason)]


def test_a_broken_line_does_not_stop_the_next(tmp_path: Path) -> None:
    file = written(tmp_path / "events.jsonl", '{"id": 1,\n' + json.dumps(told()) + "\n")

    broken, whole = read_events(file)

    assert broken == UnreadableEvent(line=1, reason="not JSON")
    assert isinstance(whole, PoliceEvent)


def test_a_line_may_hold_any_character(tmp_path: Path) -> None:
    file = written(tmp_path / "events.jsonl", json.dumps(told(summary="a\u2028b"), ensure_ascii=False))

    assert len(list(read_events(file))) == 1


def test_the_archive_the_zipped_archive_and_the_live_array_say_the_same(tmp_path: Path) -> None:
    events = [told(), told(id=371972)]
    lines = "\n".join(json.dumps(event) for event in events)
    plain = written(tmp_path / "events.jsonl", lines)
    live = written(tmp_path / "events.json", json.dumps(events, indent=2))
    zipped = tmp_path / "events.jsonl.gz"
    zipped.write_bytes(gzip.compress(lines.encode()))

    assert list(read_events(plain)) == list(read_events(live)) == list(read_events(zipped))


def test_a_report_holds_no_free_text() -> None:
    report = report_about(event_told_as(told()))

    assert not isinstance(report, NotEst)
    assert report.text is None
    assert report.source == "polisen:371971"
    assert report.report_id == report_id_of(371971)


def test_what_is_not_ests_business_says_why() -> None:
    assert report_about(event_told_as(told(type="Trafikolycka, vilt"))) is NotEst.TRAFFIC


def test_an_unknown_type_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="unknown type: Kaffekrasch"):
        report_about(event_told_as(told(type="Kaffekrasch")))


@pytest.mark.parametrize(
    ("place", "code"),
    [("Malmö", "1280"), ("Upplands-bro", "0139"), ("Östra göinge", "1256"), ("Gotlands län", "0980")],
)
def test_a_place_is_a_municipality_however_it_is_written(place: str, code: str) -> None:
    assert municipality_named(place) == code


@pytest.mark.parametrize(
    ("place", "reason"), [("Skåne län", "told for a whole county"), ("Atlantis", "unknown place: Atlantis")]
)
def test_what_is_no_municipality_is_refused(place: str, reason: str) -> None:
    with pytest.raises(LookupError, match=reason):
        municipality_named(place)


def test_every_type_leads_to_an_entry_that_the_minimal_collaboration_uses() -> None:
    checklists = minimal_collaboration("1280").checklists

    entries = {meaning for meaning in POLICE_TYPES.values() if not isinstance(meaning, NotEst)}

    assert {entry_id.partition(".")[0] for entry_id in entries} <= set(checklists) <= set(CHECKLISTS)
    assert set(checklists) == set(polisen_themes.CHECKLISTS)


def test_the_documented_table_is_the_one_in_use() -> None:
    documented = DOCUMENTED.read_text("utf-8").splitlines()

    for name, meaning in POLICE_TYPES.items():
        if isinstance(meaning, NotEst):
            row = f"| {name} | – | not EST's: {meaning.value} |"
        else:
            found = entry(meaning)
            row = f"| {name} | `{meaning}` {found.words.sv} | {THEME_WORDS[found.theme].sv} |"
        assert row in documented


def written(file: Path, text: str) -> Path:
    file.write_text(text, "utf-8")
    return file
