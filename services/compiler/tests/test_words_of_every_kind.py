"""No sentence speaks of weeks where the period is another, and none shows a period as programs write it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from edition_briefs import THURSDAY, VALBOAS
from known_weeks import known, tally

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.knowledge import Slot
from est_compiler.domain.periods import picture_period
from est_compiler.domain.picture import Count, Cover, Known, PeriodAhead, Picture, Returned, RiskValue
from est_compiler.domain.publishing import refusals
from est_compiler.domain.publishing.refusals import PeriodDoesNotExist
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import Standing, Stated, View
from est_compiler.domain.wording.sentences import headline, sentence_candidates
from est_compiler.formats.as_json import json_document
from est_contracts.vocabulary import TEMPLATES, Edition, PeriodKind, Rejected, Words, picture_template

EVERY_KIND = ("2026-W47", "2026-W46-W47", "2026-11", "2026-Q4", "2026-T3", "2026-H2", "2026")
OF_WEEKS = {PeriodKind.WEEK, PeriodKind.FORTNIGHT}
#: Weeks are what they speak of: the line of 53 of them, and the periods that are reported in.
ABOUT_WEEKS = {"weeks_chart", "risk_values"}
KEYS = re.compile(r"\d{4}-(W\d\d|[QTH]\d)")
WEEKS = re.compile(r"(?<!ut)veck(?!odag)|\bweek(?!day)|\bv\. ?\d", re.IGNORECASE)


def picture_of(written: str) -> Picture:
    """Few reports and many, a thin period before it, a risk value, and a busy period ahead."""
    slots = (Slot.NOW, Slot.PREVIOUS, Slot.BEFORE_PREVIOUS, Slot.LAST_YEAR)
    tallies = [replace(tally(reports=40 - 12 * place), slot=slot) for place, slot in enumerate(slots)]
    picture = draw(known(*tallies, document=VALBOAS, period=written))
    period = picture.picture_period
    busy = PeriodAhead(
        period=str(period.next), first_day=period.next.first_day, last_day=period.next.last_day,
        days=(), expected=(), last_year=Count(90), was_busy=True,
    )  # fmt: skip
    risk = RiskValue("2026-W46", period.first_day, 3)
    coverage = replace(picture.coverage, now=Cover(12, 11, 1), previous=Cover(12, 2, 0))
    return replace(picture, ahead=(busy,), returned=Returned((), (), (risk,)), coverage=coverage)


def view_of_kind(written: str, edition: Edition, *, running: bool = False, template: str = "") -> View:
    picture = picture_of(written)
    laid_out = picture_template(template) if template else VALBOAS.template(picture.kind)
    until = THURSDAY if running else None
    brief = Brief(
        picture=picture, known=Known(12), fingerprint="a" * 64,
        stated=Stated(Standing.RUNNING if running else Standing.PUBLISHED, THURSDAY, version=1),
        headline=headline(picture, until=until),
        sentences=tuple(each.words for each in sentence_candidates(picture, until=until)),
        template=laid_out, document=VALBOAS,
        late=(LateReports(str(picture.picture_period.previous), 2),),
    )  # fmt: skip
    return view_of(brief, edition)


def words_in(told: Any) -> Iterator[str]:
    """Everything that a person reads, but where it is about weeks."""
    if isinstance(told, list):
        for each in told:
            yield from words_in(each)
    elif isinstance(told, dict) and told.keys() == {"sv", "en"}:
        yield from told.values()
    elif isinstance(told, dict) and told.get("name") not in ABOUT_WEEKS:
        for each in told.values():
            yield from words_in(each)


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("written", EVERY_KIND)
def test_no_edition_speaks_of_weeks_where_the_period_is_another(written: str, edition: Edition) -> None:
    for running in (False, True):
        view = view_of_kind(written, edition, running=running)
        told = list(words_in(json_document(view)))

        assert not [words for words in told if KEYS.search(words)]
        if view.kind not in OF_WEEKS:
            assert not [words for words in told if WEEKS.search(words)]


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_no_template_shows_a_period_as_programs_write_it(template: str) -> None:
    told = list(words_in(json_document(view_of_kind("2026-W47", Edition.INTERNAL, template=template))))

    assert not [words for words in told if KEYS.search(words)]


def test_what_is_searched_for_would_be_found() -> None:
    told = list(words_in(json_document(view_of_kind("2026-W47", Edition.INTERNAL))))

    assert [words for words in told if WEEKS.search(words)]
    assert KEYS.search("2026-W46") and KEYS.search("2026-Q4") and not KEYS.search("2026-11-16")


@pytest.mark.parametrize("written", ["2026-Q5", "2026-T4", "2026-H3", "2026-13", "2026-W54", "1999"])
def test_a_period_that_does_not_exist_is_answered_with_those_that_do(written: str) -> None:
    with pytest.raises(PeriodDoesNotExist) as refused:
        picture_period(written)

    for words in (refused.value.words.sv, refused.value.words.en):
        assert all(each in words for each in EVERY_KIND)


def test_no_refusal_speaks_of_a_week() -> None:
    plain = [refusals.PictureIsPublished(version=1), refusals.SentenceIsNotSuggested()]
    plain += [each() for each in vars(refusals).values() if _has_words_of_its_own(each)]

    assert len(plain) > 5
    for each in plain:
        assert not WEEKS.search(f"{each.words.sv} {each.words.en}"), each


def _has_words_of_its_own(found: object) -> bool:
    return (
        isinstance(found, type)
        and issubclass(found, Rejected)
        and isinstance(found.__dict__.get("words"), Words)
    )
