"""What the page of a week's picture shows: a drawn picture or a published version, in the same shape."""

from dataclasses import dataclass
from datetime import datetime

from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice, KeyFigure
from est_chassis.web.written import short_date
from est_compiler.domain.phrases import reports_in_words
from est_compiler.domain.picture import Picture
from est_compiler.domain.situation_picture import PublishedVersion
from est_compiler.domain.wording import headline, late_words, suggested_sentences
from est_compiler.pages.evidence import Evidence, evidence_of
from est_compiler.pages.key_figures import key_figures
from est_compiler.pages.unbroken import unbroken
from est_compiler.read_models.pictures import PictureNow
from est_compiler.read_models.published_pictures import picture_of
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    CollaborationDocument,
    CorrectionReason,
    PicturePeriod,
    Words,
)


@dataclass(frozen=True, slots=True)
class PicturePage:
    """One picture, ready to be read."""

    picture: Picture
    headline: str
    sentences: tuple[str, ...]
    late_note: str | None
    key_figures: tuple[KeyFigure, ...]
    evidence: Evidence
    made_from: int
    made_from_analysis: int
    fingerprint: str
    #: The moment it is, while the week goes on.
    until: datetime | None
    #: The version that is shown, if it is a published one.
    version: PublishedVersion | None
    reason: str
    published_by: str
    language: Language

    @property
    def days(self) -> str:
        return days_of(self.picture.picture_period, language=self.language)

    @property
    def silent(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.picture.silent_organisations)


def days_of(period: PicturePeriod, *, language: Language) -> str:
    """16–22 nov 2026, or 30 nov–6 dec 2026."""
    monday, sunday = period.first_day, period.last_day
    from_day, to_day = (short_date(day, language=language) for day in (monday, sunday))
    if monday.year != sunday.year:
        return f"{from_day} {monday.year}–{to_day} {sunday.year}"
    first = str(monday.day) if monday.month == sunday.month else from_day
    return f"{first}–{to_day} {sunday.year}"


def drawn_page(
    found: PictureNow, document: CollaborationDocument | None, *, now: datetime, language: Language
) -> PicturePage:
    """The picture as it can be drawn from what is known."""
    drawn, until = found.drawn, found.until(now)
    picture = drawn.picture
    return PicturePage(
        picture=picture,
        headline=said(headline(picture, until=until), language),
        sentences=tuple(unbroken(each.words, language) for each in suggested_sentences(picture, until=until)),
        late_note=_late_note(late_words(drawn.late, of=picture.picture_period), language),
        key_figures=key_figures(picture, until=until, language=language),
        evidence=evidence_of(picture, document, is_running=until is not None, language=language),
        made_from=drawn.made_from,
        made_from_analysis=drawn.known.analysis,
        fingerprint=drawn.fingerprint,
        until=until,
        version=None,
        reason="",
        published_by="",
        language=language,
    )


def published_page(
    version: PublishedVersion, document: CollaborationDocument | None, *, language: Language
) -> PicturePage:
    """A version as it was frozen."""
    picture, frozen = picture_of(version), version.frozen
    was_running = version.published_at < picture.picture_period.ends_at
    until = version.published_at if was_running else None
    return PicturePage(
        picture=picture,
        headline=said(frozen.headline, language),
        sentences=tuple(unbroken(words, language) for words in frozen.sentences),
        late_note=_late_note(frozen.late_note, language),
        key_figures=key_figures(picture, until=until, language=language),
        evidence=evidence_of(picture, document, is_running=until is not None, language=language),
        made_from=frozen.made_from,
        made_from_analysis=frozen.frame.made_from_analysis,
        fingerprint=frozen.fingerprint,
        until=until,
        version=version,
        reason=said(CORRECTION_REASON_WORDS[version.reason], language) if version.reason else "",
        published_by=_title_of(version.published_by, document),
        language=language,
    )


def sentence_choices(found: PictureNow, *, now: datetime, language: Language) -> list[Choice]:
    """The suggested sentences, to be kept or dropped."""
    suggested = suggested_sentences(found.drawn.picture, until=found.until(now))
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


def _title_of(function_id: str, document: CollaborationDocument | None) -> str:
    functions = document.functions if document else ()
    return next((each.title for each in functions if each.function_id == function_id), function_id)


def _late_note(words: Words | None, language: Language) -> str | None:
    return unbroken(words, language) if words else None
