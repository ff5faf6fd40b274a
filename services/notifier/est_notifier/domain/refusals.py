"""The facts that stand in the way."""

from typing import ClassVar

from est_contracts.vocabulary import Rejected, Words


class AlertIsAcknowledged(Rejected):
    """Another function has taken the alert."""

    code: ClassVar[str] = "alert_is_acknowledged"

    def __init__(self, function: str) -> None:
        super().__init__(
            Words(
                sv=f"Larmet är redan kvitterat av {function}. Du behöver inte göra något.",
                en=f"The alert is already acknowledged by {function}. There is nothing you need to do.",
            )
        )


class AlertIsStoodDown(Rejected):
    """There is nothing left to answer."""

    code: ClassVar[str] = "alert_is_stood_down"
    words = Words(
        sv="Larmet är avblåst: rapporten räknas inte längre som mycket allvarlig, eller problemet är bedömt."
        " Du behöver inte göra något.",
        en="The alert is stood down: the report no longer counts as very grave, or the problem is decided."
        " There is nothing you need to do.",
    )


class NotARecipient(Rejected):
    """The distribution was never meant for this function."""

    code: ClassVar[str] = "not_a_recipient"
    words = Words(
        sv="Utskicket gick inte till den funktionen.", en="The distribution did not go to that function."
    )


class LetterIsOnItsWay(Rejected):
    """What has been sent, or is about to be, is not sent again."""

    code: ClassVar[str] = "letter_is_on_its_way"
    words = Words(
        sv="Brevet är redan skickat eller på väg. Bara det som misslyckats eller hålls inne kan skickas om.",
        en="The letter is already sent or on its way. Only what failed or was held can be sent again.",
    )
