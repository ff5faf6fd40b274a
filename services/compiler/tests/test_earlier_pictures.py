"""A picture that was frozen when less was drawn is still read, says what it said, and nothing more."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from est_compiler.domain.drawn_picture import fingerprint_of
from est_compiler.domain.earlier_pictures import as_drawn_today
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.wording.sentences import headline, sentence_candidates
from est_contracts.vocabulary import PeriodKind, Theme

#: As a log holds it: the content of a published week, drawn the first way.
CONTENT = (Path(__file__).parent / "drawn_as_1.json").read_text("utf-8").rstrip()
FINGERPRINT = "9e75dd72f8d9eda514e9ba6fe11f85248ee69694647f1e76128509d6cc95d5cd"


def picture() -> Picture:
    return TypeAdapter(Picture).validate_python(as_drawn_today(json.loads(CONTENT)))


def test_what_was_frozen_has_the_fingerprint_that_was_told_then() -> None:
    assert fingerprint_of(CONTENT) == FINGERPRINT


def test_its_numbers_are_read_as_they_were_drawn() -> None:
    read = picture()

    assert (read.drawn_as, read.period, read.kind) == (1, "2026-W47", PeriodKind.WEEK)
    assert [str(day) for day in (read.first_day, read.last_day)] == ["2026-11-16", "2026-11-22"]
    assert read.total.now == Count(5, 17, 1)
    assert read.total.previous == Count(2, 6, 0)
    assert {each.theme: each.now.reports for each in read.themes if each.now.reports} == {
        Theme.VANDALISM: 4,
        Theme.FIRE: 1,
    }
    assert sum(cell.now.reports for cell in read.cells) == 5
    assert [each.count for each in read.recent_weeks[-3:]] == [None, Count(2, 6, 0), Count(5, 17, 1)]


def test_what_was_not_drawn_then_is_empty_and_not_zero() -> None:
    read = picture()

    assert (read.entries, read.places, read.marks, read.ahead, read.problems) == ((), (), (), (), ())
    assert read.coverage.now.due == 0
    assert read.coverage.silent == ()
    assert {each.cover for each in read.recent_weeks} == {None}


def test_it_can_still_be_spoken_of() -> None:
    read = picture()

    assert headline(read, until=None).sv == "Något fler rapporter än veckan före: 5 mot 2"
    assert sentence_candidates(read, until=None)[0].words.sv == (
        "5 rapporter, +3 (för få för att säga i procent) mot v. 46. Av de 5 bedömdes en som allvarlig (4–5)."
    )
