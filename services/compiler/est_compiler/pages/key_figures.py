"""The four numbers at the top of a picture, each with what it compares with."""

from datetime import datetime

from est_chassis.web.languages import Language
from est_chassis.web.parts import KeyFigure
from est_chassis.web.written import number
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.wording.phrases import change_with_percent, period_name
from est_compiler.pages.reading.unbroken import unbroken
from est_contracts.vocabulary import Theme


def key_figures(picture: Picture, *, until: datetime | None, language: Language) -> tuple[KeyFigure, ...]:
    """Reports, how many were severe, who has reported, and what went well."""
    return _KeyFigures(picture, until, language).all()


class _KeyFigures:
    def __init__(self, picture: Picture, until: datetime | None, language: Language) -> None:
        self.picture = picture
        self.until = until
        self.language = language

    def all(self) -> tuple[KeyFigure, ...]:
        picture, say = self.picture, self.language.say
        positive = next(each for each in picture.themes if each.theme is Theme.POSITIVE)
        return (
            KeyFigure(
                say("rapport", "report") if picture.reports == 1 else say("rapporter", "reports"),
                picture.reports,
                self._against(picture.total.now, picture.total.previous),
            ),
            self._severe(),
            self._reporting(),
            KeyFigure(
                say("positiva iakttagelser", "positive observations"),
                positive.now.reports,
                self._against(positive.now, positive.previous),
            ),
        )

    def _reporting(self) -> KeyFigure:
        known, say = len(self.picture.organisations), self.language.say
        reported = known - len(self.picture.silent_organisations)
        return KeyFigure(
            say("organisationer har rapporterat", "organisations have reported"),
            number(reported, language=self.language),
            say(f"av {known}", f"of {known}"),
        )

    def _severe(self) -> KeyFigure:
        picture, say = self.picture, self.language.say
        label = say("bedömda som allvarliga (4–5)", "judged severe (4–5)")
        if picture.reports and not picture.assessed:
            # Nobody has judged them: that is not the same as none being severe.
            return KeyFigure(label, None, say("ingen rapport är bedömd", "no report is judged"))
        total = picture.total
        before = Count(reports=total.previous.severe) if total.previous else None
        return KeyFigure(label, total.now.severe, self._against(Count(reports=total.now.severe), before))

    def _against(self, now: Count, before: Count | None) -> str:
        if before is None:
            return ""
        period = self.picture.picture_period
        if self.until is not None:
            whole = period_name(period.previous, seen_from=period)
            return self.language.say(
                f"hela {whole.sv}: {before.reports}", f"all of {whole.en}: {before.reports}"
            )
        words = change_with_percent(now, before, than=period.previous, seen_from=period)
        return unbroken(words, self.language)
