"""A view in one language, as the typesetter takes it: text and drawings, nothing left to decide."""

from datetime import date, datetime, time
from typing import Any, Final

from est_chassis.web.languages import Language
from est_chassis.web.written import clock_time, full_date
from est_compiler.domain.viewing.view import STANDING_WORDS, TO_THE_PUBLIC, Said, Standing, View
from est_compiler.formats.cells import written_words
from est_compiler.formats.pdf.blocks import ROOMS, Blocks, Fields, OnOnePage
from est_compiler.formats.pdf.letters import legible
from est_contracts.vocabulary import EDITION_WORDS, LEVEL_WORDS, STOCKHOLM, Edition, Level

REGIONS: Final = {Language.SWEDISH: "se", Language.ENGLISH: "gb"}


def sheet_of(view: View, language: Language, *, front_url: str = "") -> Fields:
    """Everything that stands in the document."""
    cleaned: Fields = _legible(_Sheet(view, language, front_url).written())
    return cleaned


class _Sheet:
    """One view in one language."""

    def __init__(self, view: View, language: Language, front_url: str) -> None:
        self.view = view
        self.language = language
        self.front_url = front_url.rstrip("/")
        self.is_one_page = view.edition is Edition.DUTY_OFFICER
        self.blocks = OnOnePage(language) if self.is_one_page else Blocks(language)

    def written(self) -> Fields:
        view = self.view
        return {
            "lang": self.language.value,
            "region": REGIONS[self.language],
            "document": self._document(),
            "title": self._said(view.title),
            "head": self._head(),
            "level": self._level(view.level) if view.level else None,
            "to_the_public": self._to_the_public(),
            "headline": self._said(view.headline),
            "sentences": self.blocks.sentences(view.sentences),
            "blocks": self._parts(self.blocks),
            "shorter": self._shorter() if self.is_one_page else [],
            "appendix": self.blocks.appendix,
            "closing": self._closing(),
            "footer": {"standing": self._standing(), "fingerprint": view.fingerprint},
            "words": self._words(),
        }

    def _parts(self, blocks: Blocks) -> list[Fields]:
        return [part for block in self.view.blocks for part in blocks.parts(block)]

    def _shorter(self) -> list[list[Fields]]:
        """The same blocks with less in each, for when they do not fit on the page."""
        return [self._parts(OnOnePage(self.language, room=room)) for room in ROOMS[1:]]

    def _document(self) -> Fields:
        view = self.view
        at = day_of(view)
        return {
            "title": " · ".join(
                (self._said(view.title), self._period(), view.municipality_name, self._edition())
            ),
            "author": view.municipality_name,
            "description": self._said(view.headline),
            "keywords": ["EST", self._say("lägesbild", "situation picture"), view.period],
            "date": {"year": at.year, "month": at.month, "day": at.day},
        }

    def _head(self) -> Fields:
        view = self.view
        return {
            "municipality": view.municipality_name,
            "edition": self._edition(),
            "period": self._period(),
            "days": f"{self._date(view.first_day)} – {self._date(view.last_day)}",
            "scope": self._said(view.scope_name) if view.scope_name else None,
            "standing": self._standing(),
            "remarks": [
                self._said(each)
                for each in (view.stated.then_words, view.stated.reason, view.stated.note)
                if each
            ],
        }

    def _level(self, level: Level) -> Fields:
        words = self.view.level_words
        return {
            "sentence": self._level_sentence(level),
            "words": self._said(words) if words else None,
            "steps": [
                {"colour": each.value, "name": self._colour(each), "chosen": each is level} for each in Level
            ],
        }

    def _level_sentence(self, level: Level) -> str:
        """ "Läge: gul, förhöjd uppmärksamhet" """
        colour, _, meaning = self._said(LEVEL_WORDS[level]).partition(": ")
        return f"{self._say('Läge', 'Level')}: {colour.lower()}, {meaning}"

    def _colour(self, level: Level) -> str:
        return self._said(LEVEL_WORDS[level]).partition(":")[0]

    def _to_the_public(self) -> Fields | None:
        """Over the rest in the general edition; in the others the parties' own reading comes first."""
        words = self.view.public_words
        if words is None:
            return None
        return {
            "heading": self._said(TO_THE_PUBLIC),
            "text": self._said(words),
            "first": self.view.edition is Edition.GENERAL,
        }

    def _closing(self) -> list[str]:
        known, path = self.view.known, self.view.path
        made_from = self._say(
            f"Gjord av det som var känt vid position {known.intake} i kartläggningens logg "
            f"och position {known.analysis} i analysens.",
            f"Made from what was known at position {known.intake} of intake's log "
            f"and position {known.analysis} of analysis' log.",
        )
        where = self._say("Lägesbilden finns på", "The picture is at")
        return [made_from, f"{where} {self.front_url}{path}"]

    def _standing(self) -> str:
        """ "Version 2, publicerad torsdag 19 november 2026 kl. 10.00" """
        stated = self.view.stated
        words = self._said(STANDING_WORDS[stated.standing])
        if stated.standing is Standing.PUBLISHED and stated.version is not None:
            words = f"Version {stated.version}, {words[:1].lower()}{words[1:]}"
        if stated.moment is None:
            return words
        at = clock_time(stated.moment, language=self.language)
        return f"{words} {self._date(stated.moment)}{self._say(f' kl. {at}', f', {at}')}"

    def _words(self) -> Fields:
        return {
            "fingerprint": self._say("fingeravtryck", "fingerprint"),
            "page": self._say("Sida", "Page"),
            "of": self._say("av", "of"),
            "see_table": self._say("Talen står i en tabell sist.", "The numbers are in a table at the end."),
            "numbers_behind": self._say("Talen bakom diagrammen", "The numbers behind the charts"),
        }

    def _period(self) -> str:
        """ "Vecka 47" """
        name = self._said(self.view.period_name)
        return f"{name[:1].upper()}{name[1:]}"

    def _edition(self) -> str:
        return self._said(EDITION_WORDS[self.view.edition])

    def _date(self, day: date) -> str:
        return full_date(day, language=self.language)

    def _said(self, words: Said) -> str:
        return written_words(words, self.language)

    def _say(self, sv: str, en: str) -> str:
        return self.language.say(sv, en)


def day_of(view: View) -> datetime:
    """When the picture became what it is; what has no such moment is dated by the period's last day."""
    moment = view.stated.moment or datetime.combine(view.last_day, time(), STOCKHOLM)
    return moment.astimezone(STOCKHOLM)


def _legible(written: object) -> Any:
    """The same with every text in letters that the fonts have; drawings too."""
    if isinstance(written, str):
        return legible(written)
    if isinstance(written, dict):
        return {key: _legible(each) for key, each in written.items()}
    if isinstance(written, list):
        return [_legible(each) for each in written]
    return written
