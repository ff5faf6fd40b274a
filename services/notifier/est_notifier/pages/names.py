"""What things are called on a page: by the municipality's set-up and by the vocabulary."""

from est_contracts.vocabulary import (
    SEVERITY_WORDS,
    THEME_WORDS,
    WITHDRAWAL_REASON_WORDS,
    CollaborationDocument,
    Theme,
    WithdrawalReason,
    place_sv,
)

#: Alone at the top of an alert, the theme's own "Övrigt" would say nothing.
OTHER = "Övrig händelse"


class Names:
    """Swedish names of what the facts name by key. What is not known is shown by its key."""

    def __init__(self, collaboration: CollaborationDocument | None) -> None:
        areas = collaboration.areas if collaboration else ()
        functions = collaboration.functions if collaboration else ()
        self._areas = {area.area_id: area.name for area in areas}
        self._functions = {function.function_id: function.title for function in functions}
        self.municipality = collaboration.name if collaboration else ""

    def area(self, area_id: str | None) -> str:
        return self._areas.get(area_id, area_id) if area_id else ""

    def at(self, area_id: str | None) -> str:
        """The area with its preposition, to be set after what happened there."""
        return f" {place_sv(self.area(area_id))}" if area_id else ""

    def function(self, function_id: str | None) -> str:
        return self._functions.get(function_id, function_id) if function_id else ""

    def theme(self, theme: str) -> str:
        return THEME_WORDS[Theme(theme)].sv if theme != Theme.OTHER else OTHER

    def severity(self, severity: int) -> str:
        return SEVERITY_WORDS[severity].sv.lower()

    def withdrawal(self, reason: str) -> str:
        return WITHDRAWAL_REASON_WORDS[WithdrawalReason(reason)].sv.lower()
