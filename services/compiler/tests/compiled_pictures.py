"""Situations around the compiling of week 47 in Valboås, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from known_weeks import WEEK_47, known, tally

from est_compiler.domain.compiling.around import Around, Coordinator, PictureKey
from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.state import Seen, Signature
from est_compiler.domain.compiling.wishes import SentenceChoice, Wish
from est_compiler.domain.compiling.work import ChosenSentence, SectionPlace, TextReference
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import DrawnPicture
from est_compiler.domain.picture import Count, Known
from est_compiler.domain.publishing.frozen_picture import fingerprint_with
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import CollaborationDocument, Party, Week

NAMES = UUID("0b4f1a52-9f86-5bd1-8e4d-2f6f0f0c8a11")
SIGNED_AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
#: The municipality's, the police's and the housing company's.
SAMORDNAREN = Coordinator("samordnaren", Party.MUNICIPALITY)
KOMMUNPOLISEN = Coordinator("kommunpolisen", Party.POLICE)
BOSOCIAL = Coordinator("bosocial_utvecklare", Party.HOUSING)
TREND = SectionPlace("lagesbeskrivning")


def document(**changes: Any) -> CollaborationDocument:
    return example_collaboration().model_copy(update=changes)


def around(by: Coordinator = SAMORDNAREN, **changes: Any) -> Around:
    return Around(PictureKey("9901", WEEK_47), document(**changes), by)


def opened(**changes: Any) -> Compilation:
    return Compilation.opened(around(**changes))


def text(name: str) -> TextReference:
    """A reference to some words; the same name is the same words."""
    return TextReference(uuid5(NAMES, name), "0" * 64)


def seen(compilation: Compilation, *, reports: int = 9) -> Seen:
    """What was looked at: so many reports, and the work as it stands."""
    return Seen(f"{reports} reports and {compilation.work.content}", reports)


def sign(
    compilation: Compilation, party: Party, *, by: Coordinator, in_meeting: bool = False, **changes: Any
) -> None:
    signature = Signature(
        party, by.function, SIGNED_AT, in_meeting=in_meeting, seen=changes.pop("seen", seen(compilation))
    )
    compilation.sign(signature, around=around(by, **changes))


def all_sign(compilation: Compilation) -> None:
    for by in (SAMORDNAREN, KOMMUNPOLISEN, BOSOCIAL):
        sign(compilation, by.party, by=by)


def assess(compilation: Compilation, area: str, value: int | None, *, party: Party, around: Around) -> None:
    """By somebody who has read what stands there."""
    was = compilation.area_values.get((area, party))
    compilation.assess_areas([Wish((area, party), was, value)], around=around)


def value_priority(compilation: Compilation, area: str, value: int | None, *, by: Coordinator) -> None:
    """By somebody who has read what stands there."""
    compilation.value_priorities([Wish(area, compilation.priorities.get(area), value)], by=by)


def adopt(compilation: Compilation, sentence: ChosenSentence, *, by: Coordinator) -> None:
    """The numbers suggest it, and somebody lets it stand."""
    wish = Wish(sentence.key, compilation.choice_of(sentence.key), SentenceChoice.ADOPTED)
    compilation.choose_sentences([wish], suggested={sentence.key: sentence.words}, by=by)


def drop(compilation: Compilation, key: str, *, by: Coordinator) -> None:
    """Somebody leaves a sentence out."""
    wish = Wish(key, compilation.choice_of(key), SentenceChoice.DROPPED)
    compilation.choose_sentences([wish], suggested={}, by=by)


def drawn(*, reports: int = 9, made_from: int = 12) -> DrawnPicture:
    """Week 47 with so many reports of vandalism in Norrängen."""
    weeks = {WEEK_47.first_day: Count(reports, 3 * reports, 0)}
    facts = known(tally(reports=reports), recent_weeks=weeks, first=Week(2026, 40), document=document())
    return DrawnPicture(draw(facts), Known(made_from, analysis=3), ())


def all_sign_what_is(drawn: DrawnPicture, compilation: Compilation) -> None:
    """All three have looked at these numbers with the work as it stands."""
    looked_at = Seen(fingerprint_with(drawn.content, compilation.work), drawn.known.intake, 3)
    for by in (SAMORDNAREN, KOMMUNPOLISEN, BOSOCIAL):
        sign(compilation, by.party, by=by, seen=looked_at)
