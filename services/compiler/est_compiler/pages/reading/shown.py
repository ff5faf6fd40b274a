"""What the page of a picture shows: one edition of it, drawn or published, in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime

from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice, KeyFigure
from est_chassis.web.written import short_date
from est_compiler.domain.publishing.situation_picture import suggested_now
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import Block, Heading, Standing, View
from est_compiler.domain.wording.phrases import reports_in_words
from est_compiler.formats.as_text import as_text
from est_compiler.formats.cells import written_words
from est_compiler.pages.reading.behind import ways_behind
from est_compiler.pages.reading.blocks import Section, sections_of
from est_compiler.pages.reading.figures import figures_of
from est_compiler.pages.reading.unbroken import unbroken
from est_compiler.questions.pictures import PictureNow
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    EDITION_WORDS,
    LEVEL_WORDS,
    CorrectionReason,
    Edition,
    PicturePeriod,
)

#: The headings with which a view turns from what people lay out to what the numbers say.
EVIDENCE_NAMES = frozenset({"since_last", "late", "numbers"})


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence, and where one finds what it rests on."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class PicturePage:
    """One edition of one picture, ready to be read."""

    view: View
    headline: str
    level: str
    level_words: str
    public_words: str
    sentences: tuple[ShownSentence, ...]
    figures: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
    #: The edition that is pasted into other programs; nothing else stands on its page.
    plain_text: str
    days: str
    reason: str
    note: str
    silent: tuple[str, ...]
    is_known: bool
    edition: str

    @property
    def is_published(self) -> bool:
        return self.view.stated.standing is Standing.PUBLISHED

    @property
    def is_running(self) -> bool:
        return self.view.stated.standing is Standing.RUNNING

    @property
    def is_internal(self) -> bool:
        return self.view.edition is Edition.INTERNAL


def shown_page(
    brief: Brief,
    edition: Edition,
    *,
    may_look_behind: bool,
    language: Language,
    front_url: str,
) -> PicturePage:
    """Everything that stands on the page comes from the edition's view."""
    view = view_of(brief, edition)
    links = may_look_behind and edition is Edition.INTERNAL
    is_text, is_internal = edition is Edition.PLAIN_TEXT, edition is Edition.INTERNAL
    stated, period = view.stated, view.picture_period
    behind = ways_behind(brief, view.sentences) if is_internal and may_look_behind else ()
    hrefs = behind or ("",) * len(view.sentences)
    return PicturePage(
        view=view,
        headline=said(view.headline, language),
        level=said(LEVEL_WORDS[view.level], language) if view.level else "",
        level_words=written_words(view.level_words, language) if view.level_words else "",
        public_words=written_words(view.public_words, language) if view.public_words else "",
        sentences=tuple(
            ShownSentence(unbroken(words, language), href)
            for words, href in zip(view.sentences, hrefs, strict=True)
        ),
        figures=() if is_text else figures_of(view, is_running=brief.is_running, language=language),
        sections=() if is_text else sections_of(_in_reading_order(brief, view), language, links=links),
        plain_text=as_text(view, language, front_url=front_url) if is_text else "",
        days=days_of(period, language=language),
        reason=said(stated.reason, language) if stated.reason else "",
        note=written_words(stated.note, language) if stated.note else "",
        silent=tuple(each.name for each in brief.picture.silent_organisations) if is_internal else (),
        is_known=brief.picture.is_known,
        edition=said(EDITION_WORDS[edition], language),
    )


def _in_reading_order(brief: Brief, view: View) -> tuple[Block, ...]:
    """Evidence comes before the template's sections where nobody has written anything in them."""
    evidence = next((place for place, block in enumerate(view.blocks) if _begins_evidence(block)), 0)
    if brief.work is not None or view.edition is not Edition.INTERNAL:
        return view.blocks
    return (*view.blocks[evidence:], *view.blocks[:evidence])


def _begins_evidence(block: Block) -> bool:
    return isinstance(block, Heading) and block.name in EVIDENCE_NAMES


def days_of(period: PicturePeriod, *, language: Language) -> str:
    """16–22 nov 2026, or 30 nov–6 dec 2026."""
    return days_between(period.first_day, period.last_day, language=language)


def days_between(first_day: date, last_day: date, *, language: Language) -> str:
    from_day, to_day = (short_date(day, language=language) for day in (first_day, last_day))
    if first_day.year != last_day.year:
        return f"{from_day} {first_day.year}–{to_day} {last_day.year}"
    first = str(first_day.day) if first_day.month == last_day.month else from_day
    return f"{first}–{to_day} {last_day.year}"


def sentence_choices(found: PictureNow, *, now: datetime, language: Language) -> list[Choice]:
    """The suggested sentences, to be kept or dropped."""
    suggested = suggested_now(found.drawn, now=now)
    return [Choice(value=each.key, label=unbroken(each.words, language)) for each in suggested]


def reason_choices(language: Language) -> list[Choice]:
    return [
        Choice(value=each, label=said(CORRECTION_REASON_WORDS[each], language)) for each in CorrectionReason
    ]


def since_words(found: PictureNow, language: Language) -> str:
    """What has happened to the reports of a published picture after it: "2 rapporter har kommit in"."""
    told = []
    if found.came_in_since:
        reports = said(reports_in_words(found.came_in_since), language)
        told.append(language.say(f"{reports} har kommit in", f"{reports} came in"))
    if found.changed_since:
        reports = said(reports_in_words(found.changed_since), language)
        told.append(
            language.say(f"{reports} har ändrats eller återtagits", f"{reports} changed or withdrawn")
        )
    return language.say(" och ", " and ").join(told)
