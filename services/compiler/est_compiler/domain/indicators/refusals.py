"""The facts that stand in the way of writing down a structural indicator."""

from est_compiler.domain.indicators.values import SourcedWords
from est_contracts.vocabulary import FieldError, Rejected, Words


class IndicatorDoesNotExist(Rejected):
    """There is no such structural indicator."""

    code = "indicator_does_not_exist"
    http_status = 422

    def __init__(self) -> None:
        words = Words(sv="Det finns ingen sådan indikator.", en="There is no such indicator.")
        super().__init__(words, errors=(FieldError("indicator", words),))


class IndicatorHasChanged(Rejected):
    """Somebody else has written the value down meanwhile. Both are at hand; none is overwritten."""

    code = "indicator_has_changed"

    def __init__(self, indicator: str, *, stands: SourcedWords, sent: SourcedWords) -> None:
        # What stands is told beside the words: sources are erasable, and refusals are logged.
        words = Words(
            sv="Någon annan har ändrat värdet sedan du läste. Båda visas; inget är överskrivet.",
            en="Somebody else has changed the value since you read it. Both are shown, none is overwritten.",
        )
        super().__init__(words, errors=(FieldError("value", words),))
        self.indicator = indicator
        self.stands = stands
        self.sent = sent


class SourceIsMissing(Rejected):
    """A value that comes from nowhere is worth nothing."""

    code = "source_is_missing"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Skriv var värdet kommer ifrån, med högst 200 tecken.",
            en="Write where the value comes from, in at most 200 characters.",
        )
        super().__init__(words, errors=(FieldError("source", words),))


class IndicatorTableIsUnreadable(Rejected):
    """The file as a whole cannot be understood."""

    code = "indicator_table_is_unreadable"
    http_status = 422

    def __init__(self, words: Words) -> None:
        super().__init__(words, errors=(FieldError("table", words),))


class PictureHasNoIndicators(Rejected):
    """The template has no heading for structural indicators."""

    code = "picture_has_no_indicators"
    words = Words(
        sv="Mallen har ingen rubrik för strukturella indikatorer.",
        en="The template has no heading for structural indicators.",
    )
