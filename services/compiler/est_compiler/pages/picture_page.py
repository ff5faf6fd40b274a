"""What the page of a week's picture shows: a drawn picture or a published version, in the same shape."""

from dataclasses import dataclass
from datetime import datetime

from est_chassis.web.parts import Choice, KeyFigure
from est_chassis.web.written import number, short_date
from est_compiler.domain.phrases import change_with_percent, reports_in_words
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.situation_picture import PublishedVersion
from est_compiler.domain.wording import headline, late_words, suggested_sentences
from est_compiler.pages.evidence import Evidence, evidence_of
from est_compiler.read_models.pictures import WeekNow
from est_compiler.read_models.published_pictures import picture_of
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    CollaborationDocument,
    CorrectionReason,
    Theme,
    Week,
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
    fingerprint: str
    #: The moment it is, while the week goes on.
    until: datetime | None
    #: The version that is shown, if it is a published one.
    version: PublishedVersion | None
    reason: str
    published_by: str

    @property
    def days(self) -> str:
        return days_of(self.picture.week)

    @property
    def silent(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.picture.silent_organisations)


def days_of(week: Week) -> str:
    """16–22 nov 2026, or 30 nov–6 dec 2026."""
    monday, sunday = week.days[0], week.days[-1]
    if monday.year != sunday.year:
        return f"{short_date(monday)} {monday.year}–{short_date(sunday)} {sunday.year}"
    first = str(monday.day) if monday.month == sunday.month else short_date(monday)
    return f"{first}–{short_date(sunday)} {sunday.year}"


def unbroken(text: str) -> str:
    """A week's number stays on the line of its "v."."""
    return text.replace("v. ", "v.\N{NO-BREAK SPACE}").replace("kl. ", "kl.\N{NO-BREAK SPACE}")


def drawn_page(found: WeekNow, document: CollaborationDocument | None, *, now: datetime) -> PicturePage:
    """The picture as it can be drawn from what is known."""
    drawn, until = found.drawn, found.until(now)
    picture = drawn.picture
    return PicturePage(
        picture=picture,
        headline=headline(picture, until=until).sv,
        sentences=tuple(unbroken(each.words.sv) for each in suggested_sentences(picture, until=until)),
        late_note=_swedish(late_words(drawn.late, of=picture.week)),
        key_figures=_key_figures(picture, until),
        evidence=evidence_of(picture, document, is_running=until is not None),
        made_from=drawn.made_from,
        fingerprint=drawn.fingerprint,
        until=until,
        version=None,
        reason="",
        published_by="",
    )


def published_page(version: PublishedVersion, document: CollaborationDocument | None) -> PicturePage:
    """A version as it was frozen."""
    picture, frozen = picture_of(version), version.frozen
    was_running = version.published_at < picture.week.ends_at
    until = version.published_at if was_running else None
    return PicturePage(
        picture=picture,
        headline=frozen.headline.sv,
        sentences=tuple(unbroken(words.sv) for words in frozen.sentences),
        late_note=_swedish(frozen.late_note),
        key_figures=_key_figures(picture, until),
        evidence=evidence_of(picture, document, is_running=until is not None),
        made_from=frozen.made_from,
        fingerprint=frozen.fingerprint,
        until=until,
        version=version,
        reason=CORRECTION_REASON_WORDS[version.reason].sv if version.reason else "",
        published_by=_title_of(version.published_by, document),
    )


def sentence_choices(found: WeekNow, *, now: datetime) -> list[Choice]:
    """The suggested sentences, to be kept or dropped."""
    suggested = suggested_sentences(found.drawn.picture, until=found.until(now))
    return [Choice(value=each.key, label=unbroken(each.words.sv)) for each in suggested]


def reason_choices() -> list[Choice]:
    return [Choice(value=each, label=CORRECTION_REASON_WORDS[each].sv) for each in CorrectionReason]


def since_words(found: WeekNow) -> str:
    """What a reader of a published picture should know of what has happened to its reports after it."""
    came_in, withdrawn = reports_in_words(found.came_in_since).sv, reports_in_words(found.withdrawn_since).sv
    told = [f"{came_in} har kommit in"] if found.came_in_since else []
    if found.withdrawn_since:
        told.append(f"{withdrawn} har återtagits")
    return f"{' och '.join(told)} om veckan sedan dess." if told else ""


def _title_of(function_id: str, document: CollaborationDocument | None) -> str:
    functions = document.functions if document else ()
    return next((each.title for each in functions if each.function_id == function_id), function_id)


def _key_figures(picture: Picture, until: datetime | None) -> tuple[KeyFigure, ...]:
    total = picture.total
    positive = next(each for each in picture.themes if each.theme is Theme.POSITIVE)
    reported = len(picture.organisations) - len(picture.silent_organisations)
    return (
        KeyFigure(
            "rapporter" if picture.reports != 1 else "rapport",
            picture.reports,
            _against(picture, total.now, total.previous, until),
        ),
        _severe_figure(picture, until),
        KeyFigure("organisationer har rapporterat", number(reported), f"av {len(picture.organisations)}"),
        KeyFigure(
            "positiva iakttagelser",
            positive.now.reports,
            _against(picture, positive.now, positive.previous, until),
        ),
    )


def _severe_figure(picture: Picture, until: datetime | None) -> KeyFigure:
    label, total = "bedömda som allvarliga (4–5)", picture.total
    if picture.reports and not picture.assessed:
        # Nobody has judged them: that is not the same as none being severe.
        return KeyFigure(label, None, "ingen rapport är bedömd")
    before = Count(reports=total.previous.severe) if total.previous else None
    return KeyFigure(
        label, total.now.severe, _against(picture, Count(reports=total.now.severe), before, until)
    )


def _against(picture: Picture, now: Count, before: Count | None, until: datetime | None) -> str:
    if before is None:
        return ""
    if until is not None:
        return f"hela v. {picture.week.previous.number}: {before.reports}"
    words = change_with_percent(now, before, than=picture.week.previous, seen_from=picture.week)
    return unbroken(words.sv)


def _swedish(words: Words | None) -> str | None:
    return unbroken(words.sv) if words else None
