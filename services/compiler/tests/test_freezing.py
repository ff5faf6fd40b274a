"""Freezing what has been compiled: only what all have signed, as they have seen it, in words that hold."""

from datetime import UTC, datetime, timedelta

import pytest
from compiled_pictures import (
    KOMMUNPOLISEN,
    SAMORDNAREN,
    TREND,
    adopt,
    all_sign_what_is,
    document,
    drawn,
    opened,
    sign,
    text,
)
from known_weeks import WEEK_47

from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.refusals import SentenceIsOutdated, SignaturesAreMissing
from est_compiler.domain.compiling.state import Seen
from est_compiler.domain.compiling.work import ChosenSentence
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.publishing.frozen_picture import FrozenPicture, fingerprint_with
from est_compiler.domain.publishing.refusals import PeriodHasNotBegun, PictureHasChanged
from est_compiler.domain.publishing.situation_picture import (
    Approval,
    chosen_from,
    freeze_compiled,
    picture_id,
    suggested_now,
)
from est_contracts.vocabulary import Level, Party, PeriodKind

THURSDAY_AFTER = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
APPROVAL = Approval(by="samordnaren")


def suggested() -> ChosenSentence:
    return chosen_from(suggested_now(drawn(), now=THURSDAY_AFTER))[0]


def compiled() -> Compilation:
    compilation = opened()
    compilation.write(TREND, text("trend"), revision=0, by=SAMORDNAREN)
    compilation.set_level(Level.ORANGE, text("why"), revision=0, by=KOMMUNPOLISEN)
    adopt(compilation, suggested(), by=SAMORDNAREN)
    return compilation


def frozen(
    compilation: Compilation,
    numbers: DrawnPicture | None = None,
    *,
    approval: Approval = APPROVAL,
    now: datetime = THURSDAY_AFTER,
) -> FrozenPicture:
    return freeze_compiled(
        numbers or drawn(), compilation, approval, now=now, document=document(public_pictures=True)
    )


def test_what_is_frozen_holds_the_numbers_the_work_and_the_signatures() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(), compilation)

    picture = frozen(compilation)

    assert picture.work == compilation.work
    assert picture.fingerprint == fingerprint_with(drawn().content, compilation.work)
    assert picture.fingerprint != drawn().fingerprint
    assert [each.party for each in picture.signatures] == list(Party)
    assert picture.sentences == (suggested().words,)
    assert (picture.level, picture.frame.made_from_analysis, picture.frame.is_public) == (
        Level.ORANGE, 3, True,
    )  # fmt: skip
    assert (picture.frame.kind, picture.frame.period, picture.frame.template) == (
        PeriodKind.WEEK, WEEK_47, "developed_weekly",
    )  # fmt: skip


def test_what_is_frozen_is_the_same_after_it_has_been_stored() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(), compilation)
    picture = frozen(compilation)

    read = FrozenPicture.from_stored(picture.as_stored())

    assert read == picture
    assert read.verifies


def test_a_fingerprint_holds_for_nothing_else() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(), compilation)
    stored = frozen(compilation).as_stored()

    for changed in (
        stored | {"content": drawn(reports=8).content},
        stored | {"work": stored["work"] | {"level": "green"}},
        stored | {"work": None},
    ):
        assert not FrozenPicture.from_stored(changed).verifies


def test_signatures_under_other_numbers_do_not_count() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(reports=8), compilation)

    with pytest.raises(SignaturesAreMissing) as refused:
        frozen(compilation, drawn(reports=9))

    assert refused.value.parties == tuple(Party)


def test_who_looks_at_other_numbers_signs_again() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(reports=8), compilation)
    all_sign_what_is(drawn(reports=9), compilation)

    assert frozen(compilation, drawn(reports=9)).reports == 9


def test_what_nobody_has_looked_at_is_not_frozen() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(), compilation)

    with pytest.raises(PictureHasChanged):
        frozen(compilation, approval=Approval(by="samordnaren", seen=drawn().fingerprint))


def test_a_sentence_that_says_other_numbers_is_not_frozen() -> None:
    compilation = compiled()
    all_sign_what_is(drawn(reports=8), compilation)

    with pytest.raises(SentenceIsOutdated):
        frozen(compilation, drawn(reports=8))


def test_a_period_to_come_is_not_frozen() -> None:
    with pytest.raises(PeriodHasNotBegun):
        frozen(compiled(), now=WEEK_47.starts_at - timedelta(seconds=1))


def test_a_signature_is_renewed_when_the_same_party_has_looked_at_newer_numbers() -> None:
    compilation = compiled()
    for made_from in (12, 13):
        sign(compilation, Party.POLICE, by=KOMMUNPOLISEN, seen=Seen("0" * 64, made_from))

    assert compilation.signatures[Party.POLICE].seen.made_from == 13


def test_a_part_of_the_municipality_is_a_picture_of_its_own() -> None:
    whole, part = picture_id("9901", "2026-W47"), picture_id("9901", "2026-W47", "9901R002")

    assert whole != part
    assert part == picture_id("9901", "2026-W47", "9901R002")
