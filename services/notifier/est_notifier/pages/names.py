"""What things are called on a page: by the municipality's set-up and by the vocabulary."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from est_chassis.web.languages import Language, said
from est_chassis.web.written import full_moment, picture_period_name
from est_contracts.vocabulary import (
    LEVEL_WORDS,
    MEASURE_KIND_WORDS,
    SEVERITY_WORDS,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    CollaborationDocument,
    Level,
    MeasureKind,
    Theme,
    WithdrawalReason,
    Words,
    picture_path,
    place_sv,
)
from est_notifier.domain.distributions import Obstacle
from est_notifier.domain.live import LiveEntry
from est_notifier.domain.pictures import Depicted
from est_notifier.pages.obstacles import OBSTACLES

#: Alone at the top of an alert, the theme's own "Övrigt" would say nothing.
OTHER = Words(sv="Övrig händelse", en="Other incident")


class Names:
    """What the facts name by key, in the reader's language. What is not known is shown by its key."""

    def __init__(self, collaboration: CollaborationDocument | None, language: Language) -> None:
        areas = collaboration.areas if collaboration else ()
        functions = collaboration.functions if collaboration else ()
        self._areas = {area.area_id: area.name for area in areas}
        self._functions = {function.function_id: function.title for function in functions}
        self.municipality = collaboration.name if collaboration else ""
        self._collaboration = collaboration
        self._language = language

    def area(self, area_id: str | None) -> str:
        return self._areas.get(area_id, area_id) if area_id else ""

    def at(self, area_id: str | None) -> str:
        """The area with its preposition, to be set after what happened there."""
        area = self.area(area_id)
        return f" {self._language.say(place_sv(area), f'in {area}')}" if area else ""

    def function(self, function_id: str | None) -> str:
        return self._functions.get(function_id, function_id) if function_id else ""

    def theme(self, theme: str) -> str:
        return said(THEME_WORDS[Theme(theme)] if theme != Theme.OTHER else OTHER, self._language)

    def moment(self, written: str) -> str:
        return full_moment(datetime.fromisoformat(written), language=self._language)

    def severity(self, severity: int) -> str:
        return said(SEVERITY_WORDS[severity], self._language).lower()

    def picture(self, depicted: Depicted) -> str:
        """When and where a picture is of: kvartal 4 2026, Hulta."""
        period = picture_period_name(depicted.period, language=self._language)
        scope = depicted.scope.words(self._collaboration)
        return f"{period}, {said(scope, self._language)}" if scope else period

    def picture_told(self, told: Mapping[str, Any]) -> str:
        return self.picture(Depicted.read(told, period=told["period"]))

    def picture_path(self, entry: LiveEntry) -> str:
        told = entry.content
        return picture_path(entry.municipality, period=told["period"], scope=told["scope"])

    def level(self, level: str) -> Words:
        return LEVEL_WORDS[Level(level)]

    def measure(self, kind: str) -> Words:
        return MEASURE_KIND_WORDS[MeasureKind(kind)]

    def withdrawal(self, reason: str) -> str:
        return said(WITHDRAWAL_REASON_WORDS[WithdrawalReason(reason)], self._language).lower()

    def obstacle(self, obstacle: str) -> str:
        return said(OBSTACLES[Obstacle(obstacle)], self._language)
