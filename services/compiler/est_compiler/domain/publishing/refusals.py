"""The facts that stand in the way of publishing."""

from est_contracts.vocabulary import FieldError, PicturePeriod, Rejected, Words


class PictureIsPublished(Rejected):
    """A period is published once; after that it is corrected."""

    code = "picture_is_published"

    def __init__(self, *, version: int) -> None:
        super().__init__(
            Words(
                sv=f"Periodens lägesbild är redan publicerad (version {version}). Rätta den i stället.",
                en=f"The picture of this period is already published (version {version})."
                " Correct it instead.",
            )
        )


class PictureIsNotPublished(Rejected):
    """What has not been published can not be corrected."""

    code = "picture_is_not_published"
    words = Words(
        sv="Periodens lägesbild är inte publicerad än. Publicera den först.",
        en="The picture of this period is not published yet. Publish it first.",
    )


class AnotherVersionIsNext(Rejected):
    """Somebody else has corrected the picture meanwhile, or the number was never the next one."""

    code = "another_version_is_next"

    def __init__(self, *, next_version: int) -> None:
        words = Words(
            sv=f"Nästa version har nummer {next_version}. Läs den senaste versionen och försök igen.",
            en=f"The next version is number {next_version}. Read the latest version and try again.",
        )
        super().__init__(words, errors=(FieldError("version", words),))


class PictureHasChanged(Rejected):
    """The picture is no longer the one that the person who publishes it has looked at."""

    code = "picture_has_changed"
    http_status = 412
    words = Words(
        sv="Nya rapporter har ändrat lägesbilden sedan du läste den. Läs den igen och publicera sedan.",
        en="New reports have changed the picture since you read it. Read it again, then publish.",
    )


class PeriodHasNotBegun(Rejected):
    """There is nothing to publish of a period to come."""

    code = "week_has_not_begun"

    def __init__(self, period: PicturePeriod) -> None:
        super().__init__(
            Words(
                sv=f"Perioden ({period.name.sv}) har inte börjat än.",
                en=f"The period ({period.name.en}) has not begun yet.",
            )
        )


class CorrectionIsOlder(Rejected):
    """A correction is made from at least what the version before it knew."""

    code = "correction_is_older"
    words = Words(
        sv="Rättelsen bygger på äldre uppgifter än den publicerade versionen. Läs lägesbilden igen.",
        en="The correction is made from older facts than the published version. Read the picture again.",
    )


class SentenceIsNotSuggested(Rejected):
    """Only a sentence that the numbers give may stand in the picture."""

    code = "sentence_is_not_suggested"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Välj bland de meningar som föreslås för perioden.",
            en="Choose among the sentences suggested for the period.",
        )
        super().__init__(words, errors=(FieldError("sentences", words),))


class PositionIsNotReached(Rejected):
    """Nobody knows yet what will have been reported by then."""

    code = "position_is_not_reached"
    http_status = 422

    def __init__(self, field: str, *, latest: int) -> None:
        words = Words(
            sv=f"Så långt har inga uppgifter kommit in. Den senaste positionen är {latest}.",
            en=f"No facts have come in so far as that. The latest position is {latest}.",
        )
        super().__init__(words, errors=(FieldError(field, words),))


class PeriodDoesNotExist(Rejected):
    """There is no such period: only some years have a week 53, and no year has a fifth quarter."""

    code = "period_does_not_exist"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Ange en period som finns i kommunen, mellan 2000-W02 och 2100-W52: som 2026-W47, "
            "2026-W46-W47, 2026-11, 2026-Q4, 2026-T3, 2026-H2 eller 2026.",
            en="Give a period that the municipality has, between 2000-W02 and 2100-W52: as 2026-W47, "
            "2026-W46-W47, 2026-11, 2026-Q4, 2026-T3, 2026-H2 or 2026.",
        )
        super().__init__(words, errors=(FieldError("period", words),))


class AsOfCannotBeRead(Rejected):
    """Neither a moment nor a position."""

    code = "as_of_cannot_be_read"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Ange en tidpunkt med tidszon, som 2026-11-19T10:00:00+01:00, eller en position, som 1234.",
            en="Give a moment with its time zone, as in 2026-11-19T10:00:00+01:00, or a position: 1234.",
        )
        super().__init__(words, errors=(FieldError("as_of", words),))


class ScopeDoesNotExist(Rejected):
    """The collaboration has no such area or local group."""

    code = "scope_does_not_exist"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Ange områden eller lokala grupper i samverkan, med komma emellan, eller priority.",
            en="Name areas or local groups of the collaboration, with commas between them, or priority.",
        )
        super().__init__(words, errors=(FieldError("scope", words),))


class PictureIsNoAnnualAnalysis(Rejected):
    """What the law asks for is answered by the sections of an annual analysis."""

    code = "picture_is_no_annual_analysis"
    words = Words(
        sv="Lagens lägesbild görs av en årsanalys. Välj ett år som har mallen Årsanalys.",
        en="The picture that the Act asks for is made from an annual analysis. Choose a year that has one.",
    )
