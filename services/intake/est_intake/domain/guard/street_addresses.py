"""Homes in running text: a street with its number, or a flat.

The street alone is welcome ("enskild adress på X-gatan"); the number makes it somebody's home.
"""

from __future__ import annotations

import re

# A street as one word: Storgatan, Björkvägen. A compound of -väg is a road with a number, not a street.
_ENDINGS = """
    gatan gata vägen gränden gränd stigen stig torget torg backen backe allén alléen allé stråket leden
    esplanaden promenaden kajen svängen (?<!e)ringen slingan bågen kroken rundeln terrassen
"""
# Before these words a number counts something; it is no house.
_COUNTED = """
    personer person pers ungdomar ungdom tonåringar killar kille tjejer tjej pojkar pojke flickor
    flicka barn elever vuxna män man kvinnor kvinna bilar bil mopeder moped epor epatraktorer cyklar
    cykel elsparkcyklar fordon bussar stycken st gånger gång ggr minuter minut min sekunder timmar
    timme tim h dagar dygn dag veckor vecka nätter kvällar månader meter m km lampor lampa lyktor
    lyktstolpar fönster rutor bänkar papperskorgar containrar bilbränder bränder brand inbrott
    incidenter händelser fall tillfällen okända maskerade yngre äldre unga misstänkta väktare
    ordningsvakter poliser patruller procent kronor kr januari februari mars april maj juni juli
    augusti september oktober november december jan feb apr aug sept sep okt nov dec people persons
    youths boys girls men women cars mopeds times minutes hours days till av olika nya trasiga
    krossade brända stulna
"""


def _any_of(words: str) -> str:
    return "|".join(words.split())


STREET = (
    rf"(?:\w{{2,40}}(?:{_any_of(_ENDINGS)})|(?:gatan|vägen|torget|gränden|stigen|backen|allén)"
    # With a name before it: Drottning Kristinas väg, Slottsplatsen, Baker Street.
    r"|(?-i:[A-ZÅÄÖ])\w{1,30}(?:s\s(?:väg|gata|torg|gränd|stig|backe|plats|allé)|platsen|\s(?:street|road)))"
)
NUMBER = (
    r"(?:nr\.?|nummer|no\.?)?\s{0,2}[1-9]\d{0,2}"
    rf"(?!\d|[.:]\d|\s?%|(?:\s?-\s?\d{{1,3}}|\s(?:eller|à)\s\d{{1,3}})?\s?(?:{_any_of(_COUNTED)})\b|-(?:tiden|åring|talet)|:[aeo]\b)"
)

HOUSE = re.compile(rf"\b{STREET}\s{{1,3}}{NUMBER}", re.IGNORECASE)
#: Storg. 12, Björkv. 4: only where the shortened word can hardly end a sentence.
SHORTENED = re.compile(rf"\b(?:[A-ZÅÄÖ]\w{{1,30}}[bdfhkmpst][gv]|Storg)\.\s{{0,2}}{NUMBER}")
FLAT = re.compile(
    r"\b(?:lgh|lght|lägenhet|lägenheten|lägenhetsnummer|lägenhetsnr|apartment|apt|flat)\b[.:]?"
    r"\s{0,2}(?:nr\.?|nummer|no\.?)?[\s:]{0,2}\d{1,4}\b|\blgh\d{1,4}\b",
    re.IGNORECASE,
)

HOMES = (HOUSE, SHORTENED, FLAT)


def names_a_home(text: str) -> bool:
    return any(home.search(text) for home in HOMES)
