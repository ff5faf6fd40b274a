"""E-mail addresses in running text, also when the sign is written in letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_intake.domain.guard.plain_writing import Span

_SIGN = (
    r"(?:\s{0,2}@\s{0,2}"
    r"|\s{0,2}[(\[{]\s?(?:at|snabel-?\s?a|alfakrull)\s?[)\]}]\s{0,2}"
    r"|[(\[{]a[)\]}]"
    r"|\s(?:snabel-?\s?a|alfakrull)\s)"
)
_DOT = r"(?:\s?(?:\.|[(\[{]\s?(?:dot|punkt)\s?[)\]}])\s?|\s(?:dot|punkt)\s)"

EMAIL_ADDRESS = re.compile(
    rf"(?:mailto:)?[\w.+'-]{{1,64}}(?:{_SIGN}[\w-]{{1,63}}{_DOT}[\w-]{{2,63}}"
    # Without a dot, too, or with a comma for one, where nothing parts the sign from what is around it.
    r"|(?<=\w)@[\w-]{2,63}(?:[.,][\w-]{2,63})?|(?<=\w)_at_[\w-]{1,63}\.[\w-]{2,63}"
    # In plain English words only where both of them stand.
    r"|\sat\s[\w-]{1,63}\s(?:dot|punkt)\s[\w-]{2,63})(?:\.[\w-]{2,63})*",
    re.IGNORECASE,
)

#: Without any of these there is no address; the expression itself is slow to say so.
SIGNS = re.compile(r"[@(\[{]|snabel|alfakrull|\sat\s|_at_", re.IGNORECASE)


def email_addresses(text: str) -> Iterator[Span]:
    if SIGNS.search(text):
        yield from (match.span() for match in EMAIL_ADDRESS.finditer(text))
