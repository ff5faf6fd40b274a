"""What things are called on a page: by the municipality's set-up and by the vocabulary."""

from est_chassis.web.languages import Language, said
from est_contracts.vocabulary import (
    MEASURE_KIND_WORDS,
    SEVERITY_WORDS,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    CollaborationDocument,
    MeasureKind,
    Theme,
    WithdrawalReason,
    Words,
    place_sv,
)

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

    def severity(self, severity: int) -> str:
        return said(SEVERITY_WORDS[severity], self._language).lower()

    def measure(self, kind: str) -> Words:
        return MEASURE_KIND_WORDS[MeasureKind(kind)]

    def withdrawal(self, reason: str) -> str:
        return said(WITHDRAWAL_REASON_WORDS[WithdrawalReason(reason)], self._language).lower()
