"""Publishing freezes a picture; correcting puts a new version beside the old one."""

from datetime import UTC, datetime

import pytest
from known_weeks import WEEK_47, known, tally

from est_chassis.event_store import EventStore
from est_chassis.testing import FreshDatabase
from est_compiler.domain.compiling.refusals import SignaturesAreMissing
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import DrawnPicture, LateReports
from est_compiler.domain.picture import Count, Known
from est_compiler.domain.publishing.refusals import (
    AnotherVersionIsNext,
    CorrectionIsOlder,
    PeriodHasNotBegun,
    PictureHasChanged,
    SentenceIsNotSuggested,
)
from est_compiler.domain.publishing.situation_picture import (
    Approval,
    FrozenPicture,
    SituationPicture,
    freeze,
    others_who_sign,
    picture_id,
    publish,
)
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CorrectionReason, Party, Week

THURSDAY_AFTER = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
APPROVAL = Approval(by="samordnaren")


def drawn(*, reports: int = 9, made_from: int = 12, analysis: int = 0) -> DrawnPicture:
    weeks = {WEEK_47.first_day: Count(reports, 3 * reports, 0)}
    facts = known(
        tally(reports=reports), recent_weeks=weeks, first=Week(2026, 40), document=example_collaboration()
    )
    return DrawnPicture(draw(facts), Known(made_from, analysis), (LateReports("2026-W46", 2),))


def frozen(*, made_from: int = 12, analysis: int = 0) -> FrozenPicture:
    return freeze(drawn(made_from=made_from, analysis=analysis), APPROVAL, now=THURSDAY_AFTER)


def published_picture() -> SituationPicture:
    picture, _version = publish(frozen(), by="samordnaren")
    return picture


def test_a_week_to_come_is_not_published() -> None:
    with pytest.raises(PeriodHasNotBegun):
        freeze(drawn(), APPROVAL, now=datetime(2026, 11, 15, 22, 59, tzinfo=UTC))


def test_what_nobody_has_looked_at_is_not_published() -> None:
    approval = Approval(by="samordnaren", seen=drawn(reports=8).fingerprint)

    with pytest.raises(PictureHasChanged):
        freeze(drawn(reports=9), approval, now=THURSDAY_AFTER)


@pytest.mark.parametrize(
    ("signed_by", "by", "missing"),
    [
        ((), "samordnaren", (Party.POLICE, Party.HOUSING)),
        ((), "kommunpolisen", (Party.MUNICIPALITY, Party.HOUSING)),
        ((), "faltgruppen", tuple(Party)),
        ((), "a program of nobody's", tuple(Party)),
        ((Party.POLICE,), "samordnaren", (Party.POLICE,)),
        ((Party.POLICE,), "kommunpolisen", ()),
        ((Party.MUNICIPALITY, Party.POLICE), "kommunpolisen", (Party.MUNICIPALITY,)),
    ],
)
def test_publishing_what_nobody_compiled_is_ones_own_partys_signature_and_nobody_elses(
    signed_by: tuple[Party, ...], by: str, missing: tuple[Party, ...]
) -> None:
    document = example_collaboration().model_copy(update={"signed_by": signed_by})

    assert others_who_sign(document, by=by) == missing
    if missing:
        with pytest.raises(SignaturesAreMissing) as refused:
            freeze(drawn(), Approval(by=by), now=THURSDAY_AFTER, document=document)
        assert refused.value.parties == missing
    else:
        signed = freeze(drawn(), Approval(by=by), now=THURSDAY_AFTER, document=document).signatures
        assert [(each.party, each.by) for each in signed] == [(Party.POLICE, by)]


def test_where_nothing_is_set_up_nobody_is_waited_for() -> None:
    assert frozen().signatures == ()


def test_only_suggested_sentences_can_be_kept() -> None:
    with pytest.raises(SentenceIsNotSuggested):
        freeze(drawn(), Approval(by="samordnaren", keep=("positive",)), now=THURSDAY_AFTER)


def test_the_sentences_that_are_dropped_are_not_published() -> None:
    kept = freeze(drawn(), Approval(by="samordnaren", keep=("theme",)), now=THURSDAY_AFTER)

    assert [words.sv for words in kept.sentences] == ["Skadegörelse 9, +9 mot v. 46; flest i Norrängen (9)."]


def test_a_frozen_picture_holds_its_bytes_its_words_and_what_came_late() -> None:
    picture = frozen()

    assert picture.content == drawn().content
    assert picture.fingerprint == drawn().fingerprint
    assert (picture.made_from, picture.reports) == (12, 9)
    assert picture.late_note is not None
    assert "v. 46" in picture.late_note.sv


def test_a_correction_takes_the_next_number_and_no_other() -> None:
    picture = published_picture()

    for version in (1, 3):
        with pytest.raises(AnotherVersionIsNext):
            picture.correct(frozen(), version=version, reason=CorrectionReason.OTHER, by="samordnaren")


def test_a_correction_knows_at_least_what_the_version_before_it_knew() -> None:
    picture = published_picture()

    with pytest.raises(CorrectionIsOlder):
        picture.correct(
            frozen(made_from=11), version=2, reason=CorrectionReason.LATE_REPORTS, by="samordnaren"
        )


def test_a_correction_knows_at_least_as_much_of_analysis_log() -> None:
    picture, _version = publish(frozen(analysis=7), by="samordnaren")

    with pytest.raises(CorrectionIsOlder):
        picture.correct(
            frozen(made_from=14, analysis=6), version=2, reason=CorrectionReason.OTHER, by="samordnaren"
        )


def test_a_correction_is_a_new_version() -> None:
    picture = published_picture()

    corrected = picture.correct(
        frozen(made_from=14), version=2, reason=CorrectionReason.LATE_REPORTS, by="kommunpolisen"
    )

    assert (corrected.version, corrected.reason) == (2, CorrectionReason.LATE_REPORTS)
    assert picture.latest_version == 2


def test_the_same_week_is_always_the_same_picture() -> None:
    assert published_picture().id == picture_id("9901", "2026-W47")


def test_a_picture_reads_back_from_its_log_as_it_was(database: FreshDatabase) -> None:
    store = EventStore(database.prepare("compiler"), service="compiler")
    picture = published_picture()
    picture.correct(frozen(made_from=14), version=2, reason=CorrectionReason.WORDING, by="samordnaren")

    with store.unit_of_work() as work:
        work.save(picture)
    with store.unit_of_work() as work:
        read = work.get(SituationPicture, picture.id)
    events = [recorded.event for recorded in store.events_after(0, limit=10)]
    store.close()

    assert read.__dict__ == picture.__dict__
    assert [type(value) for value in read.__dict__.values()] == [
        type(each) for each in picture.__dict__.values()
    ]
    assert [FrozenPicture.from_stored(each.picture) for each in events] == [frozen(), frozen(made_from=14)]
    assert CorrectionReason(events[1].reason) is CorrectionReason.WORDING


def test_what_was_stored_when_every_picture_was_of_a_week_is_still_read(database: FreshDatabase) -> None:
    stored = frozen().as_stored()
    for name in ("frame", "work", "signatures", "note"):
        del stored[name]
    store = EventStore(database.prepare("compiler"), service="compiler")
    old = SituationPicture(municipality="9901", picture=stored, published_by="samordnaren")

    with store.unit_of_work() as work:
        work.save(old)
    with store.unit_of_work() as work:
        read = work.get(SituationPicture, picture_id("9901", "2026-W47"))
        read.correct(frozen(made_from=14), version=2, reason=CorrectionReason.OTHER, by="samordnaren")
        work.save(read)
    (first, second) = [recorded.event for recorded in store.events_after(0, limit=10)]
    store.close()

    picture = FrozenPicture.from_stored(first.picture)
    assert (str(picture.frame.period), picture.frame.scope, picture.frame.is_public) == (
        "2026-W47",
        "",
        False,
    )
    assert (picture.work, picture.signatures, picture.note, picture.verifies) == (None, (), None, True)
    assert FrozenPicture.from_stored(second.picture).made_from == 14
