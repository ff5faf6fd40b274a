"""The free words of a decision: kept beside the log, and never about a person."""

import re

from est_contracts.vocabulary import Words
from est_contracts.vocabulary.refusals import FieldError, Rejected

LONGEST = 500

# An e-mail address, or six digits with whatever people write between them: a telephone or identity number.
POINTS_AT_SOMEBODY = re.compile(r"\S@\S|(?:\d[\s.+–-]?){6}")


class WordsPointAtSomebody(Rejected):
    """EST is about places and problems, never about individuals."""

    code = "words_point_at_somebody"
    http_status = 422
    words = Words(
        sv="Texten verkar innehålla ett nummer eller en adress som pekar ut någon.",
        en="The text seems to hold a number or an address that points at somebody.",
    )
    errors = (
        FieldError(
            "words",
            Words(
                sv="Ta bort telefonnummer, personnummer och e-postadresser.",
                en="Remove telephone numbers, personal identity numbers and e-mail addresses.",
            ),
        ),
    )


def accepted_words(written: str | None) -> str | None:
    """The words as they are kept, or nothing; refused when they point at somebody."""
    words = " ".join((written or "").split())
    if POINTS_AT_SOMEBODY.search(words):
        raise WordsPointAtSomebody
    return words or None
