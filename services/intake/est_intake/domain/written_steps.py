"""What can happen to what was handed in for a period, as its history tells it."""

from enum import StrEnum

from est_contracts.vocabulary import Words
from est_intake.domain.count_block import CountBlock
from est_intake.domain.period_return import PeriodReturn


class WrittenStep(StrEnum):
    """A step in the history of a return or a block of counts (händelse i periodens historik)."""

    HANDED_IN = "handed_in"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    TEXT_ERASED = "text_erased"


WRITTEN_STEP_WORDS: dict[WrittenStep, Words] = {
    WrittenStep.HANDED_IN: Words(sv="Lämnad", en="Handed in"),
    WrittenStep.REVISED: Words(sv="Ändrad", en="Changed"),
    WrittenStep.WITHDRAWN: Words(sv="Återtagen", en="Withdrawn"),
    WrittenStep.TEXT_ERASED: Words(sv="Orden gallrade", en="Words erased"),
}

WRITTEN_STEPS: dict[type[PeriodReturn.Event] | type[CountBlock.Event], WrittenStep] = {
    PeriodReturn.Returned: WrittenStep.HANDED_IN,
    PeriodReturn.Revised: WrittenStep.REVISED,
    PeriodReturn.TextErased: WrittenStep.TEXT_ERASED,
    CountBlock.Contributed: WrittenStep.HANDED_IN,
    CountBlock.Revised: WrittenStep.REVISED,
    CountBlock.Withdrawn: WrittenStep.WITHDRAWN,
    CountBlock.TextErased: WrittenStep.TEXT_ERASED,
}
