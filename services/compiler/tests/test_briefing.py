"""What an edition is made from: a picture that has been drawn, or a version that was published."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from known_weeks import known, tally
from one_signs import ALONE

from est_compiler.domain.compiling.work import ERASED, TextReference
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_compiler.domain.publishing.situation_picture import Approval, freeze
from est_compiler.domain.viewing.briefing import drawn_brief, published_brief, texts_of, title_of
from est_compiler.domain.viewing.view import Standing
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CorrectionReason, Party

VALBOAS = example_collaboration()
FRIDAY_OF_THE_WEEK = datetime(2026, 11, 20, 12, tzinfo=UTC)
THE_WEEK_AFTER = datetime(2026, 11, 26, 8, tzinfo=UTC)
NOTE = TextReference(UUID(int=7), "d" * 64)


@pytest.fixture
def drawn() -> DrawnPicture:
    picture = draw(known(tally(reports=4), document=VALBOAS))
    return DrawnPicture(picture, Known(12, 3), (), template="developed_weekly")


def published(drawn: DrawnPicture, **changes: object) -> PublishedVersion:
    document = VALBOAS.model_copy(update=ALONE)
    frozen = freeze(drawn, Approval(by="samordnaren"), now=THE_WEEK_AFTER, document=document)
    version = PublishedVersion(1, THE_WEEK_AFTER, "samordnaren", None, frozen)
    return replace(version, **changes)  # type: ignore[arg-type]


def test_a_period_that_goes_on_is_told_so_far(drawn: DrawnPicture) -> None:
    brief = drawn_brief(drawn, now=FRIDAY_OF_THE_WEEK, document=VALBOAS)

    assert (brief.stated.standing, brief.stated.moment) == (Standing.RUNNING, FRIDAY_OF_THE_WEEK)
    assert "hittills" in brief.headline.sv


def test_a_period_that_is_over_is_a_draft(drawn: DrawnPicture) -> None:
    brief = drawn_brief(drawn, now=THE_WEEK_AFTER, document=VALBOAS)

    assert brief.stated.standing is Standing.DRAFT
    assert brief.known == Known(12, 3)
    assert brief.template is not None
    assert "hittills" not in brief.headline.sv


def test_what_was_known_then_is_told_as_it_was_then(drawn: DrawnPicture) -> None:
    brief = drawn_brief(
        drawn,
        now=THE_WEEK_AFTER,
        document=VALBOAS,
        as_known_at=FRIDAY_OF_THE_WEEK,
        is_asked_as_known=True,
    )

    assert (brief.stated.standing, brief.stated.moment) == (Standing.AS_KNOWN, FRIDAY_OF_THE_WEEK)
    assert "hittills" in brief.headline.sv


def test_a_draft_waits_for_those_who_are_to_sign_today(drawn: DrawnPicture) -> None:
    today = VALBOAS.model_copy(update=ALONE)

    brief = drawn_brief(drawn, now=THE_WEEK_AFTER, document=VALBOAS, since=today)

    assert brief.unsigned == (Party.MUNICIPALITY,)
    assert brief.document == VALBOAS


def test_who_published_is_called_as_in_the_set_up_of_that_day(drawn: DrawnPicture) -> None:
    before = VALBOAS.model_copy(update={"functions": ()})

    brief = published_brief(published(drawn), drawn.picture, document=before, since=VALBOAS, words={})

    assert brief.stated.published_by == "Brottsförebyggande samordnare"
    assert [each.title for each in brief.signed] == ["Brottsförebyggande samordnare"]
    assert brief.document == before


def test_where_nothing_is_set_up_there_is_no_template(drawn: DrawnPicture) -> None:
    assert drawn_brief(drawn, now=THE_WEEK_AFTER, document=None).template is None


def test_a_published_version_is_told_as_it_was_frozen(drawn: DrawnPicture) -> None:
    version = published(drawn, reason=CorrectionReason.LATE_REPORTS)

    brief = published_brief(version, drawn.picture, document=VALBOAS, words={})

    assert brief.stated.published_by == "Brottsförebyggande samordnare"
    assert brief.stated.reason is not None
    assert (brief.stated.version, brief.stated.note) == (1, None)
    assert (brief.headline, brief.sentences) == (version.frozen.headline, version.frozen.sentences)
    assert brief.fingerprint == version.frozen.fingerprint
    assert brief.template is not None


def test_a_note_that_has_been_erased_says_so(drawn: DrawnPicture) -> None:
    version = published(drawn)
    version = replace(version, frozen=replace(version.frozen, note=NOTE))

    kept = published_brief(version, drawn.picture, document=VALBOAS, words={NOTE.text_id: "Sena svar"})
    erased = published_brief(version, drawn.picture, document=VALBOAS, words={})

    assert texts_of(version) == (NOTE.text_id,)
    assert (kept.stated.note, erased.stated.note) == ("Sena svar", ERASED)


def test_a_template_that_nobody_knows_any_more_is_left_out(drawn: DrawnPicture) -> None:
    version = published(drawn)
    frame = replace(version.frozen.frame, template="forgotten_weekly")
    version = replace(version, frozen=replace(version.frozen, frame=frame))

    assert published_brief(version, drawn.picture, document=VALBOAS, words={}).template is None


def test_a_function_that_has_left_the_set_up_stands_as_it_was_written() -> None:
    assert title_of("nobody", VALBOAS) == "nobody"
    assert title_of("nobody", None) == "nobody"
