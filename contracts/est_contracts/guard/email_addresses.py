"""E-mail addresses in running text, also when the sign is written in letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_contracts.guard.plain_writing import Span

_SIGN = (
    r"(?:\s{0,2}@\s{0,2}"
    r"|\s{0,2}[(\[{]\s?(?:at|snabel-?\s?a|alfakrull)\s?[)\]}]\s{0,2}|[(\[{]a[)\]}]"
    r"|\s(?:snabel-?\s?a|alfakrull)\s)"
)
_DOT = r"(?:\s?(?:\.|[(\[{]\s?(?:dot|punkt)\s?[)\]}])\s?|\s(?:dot|punkt)\s)"

#: Without any of these there is no address; the expression itself is slow to say so.
SIGNS = ("@", "(", "[", "{", "snabel", "alfakrull", " at ", "_at_")
#: From the sign on: what stands before it is looked for only where there is a sign.
SIGN_AND_DOMAIN = re.compile(
    rf"(?<=[\w.+'-])(?:{_SIGN}[\w-]{{1,63}}{_DOT}[\w-]{{2,63}}"
    # Without a dot, too, or with a comma for one, where nothing parts the sign from what is around it.
    r"|@[\w-]{2,63}(?:[.,][\w-]{2,63})?|(?<=[^\W_])_at_[\w-]{1,63}\.[\w-]{2,63}"
    # In plain English words only where both of them stand.
    r"|\sat\s[\w-]{1,63}\s(?:dot|punkt)\s[\w-]{2,63})(?:\.[\w-]{2,63})*",
    re.IGNORECASE,
)
LOCAL_PART = re.compile(r"(?:mailto:)?[\w.+'-]{1,64}\Z", re.IGNORECASE)
LONGEST_LOCAL_PART = 64 + len("mailto:")


def email_addresses(text: str) -> Iterator[Span]:
    small = text.casefold()
    if not any(sign in small for sign in SIGNS):
        return
    for match in SIGN_AND_DOMAIN.finditer(text):
        before = text[max(0, match.start() - LONGEST_LOCAL_PART) : match.start()]
        local = LOCAL_PART.search(before)
        yield match.start() - (len(local.group()) if local else 0), match.end()
