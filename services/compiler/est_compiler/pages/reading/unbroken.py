"""Sentences as they stand on a page: a number stays on the line of the word that it belongs to."""

import re

from est_chassis.web.languages import Language, said
from est_contracts.vocabulary import Words

BEFORE_A_NUMBER = re.compile(r"(?<!\w)(v\.|kl\.|week|at) (?=\d)")


def unbroken(words: Words, language: Language) -> str:
    """In the reader's language, "v. 46" on one line."""
    return BEFORE_A_NUMBER.sub("\\1\N{NO-BREAK SPACE}", said(words, language))
