"""Homes in running text: a street with its number, a flat, a post box.

The street alone is welcome ("enskild adress på X-gatan"); the number makes it somebody's home.
What is pointed out is the number: without it the street may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from est_contracts.guard.plain_writing import Span

# A street as one word: Storgatan, Björkvägen. A compound of -väg is a road with a number, not a street.
_ENDINGS = """
    gatan gata vägen gränden gränd stigen stig torget torg backen backe allén alléen allé stråket leden
    esplanaden promenaden kajen svängen (?<!e)ringen slingan bågen kroken rundeln terrassen
"""
# Streets too, but also parks, fields and family names: only with a capital letter.
_PLACES = """
    strand stranden plan (?<!håll)(?<!lek)(?<!parkerings)(?<!återvinnings)platsen lund lunden äng ängen ängar
    hagen höjden dalen liden brinken vreten udden åsen berget näs holmen parken gärdet torpet kullen tomten
    (?<!(?i:in))(?<!(?i:ut))(?<!(?i:upp))(?<!(?i:över))(?<!(?i:om))gången
    (?<!skol)gården (?<!tåg)hamnen
"""
# Before these words a number counts something; it is no house.
_COUNTED_ENDINGS = """
    personer ungdomar elever bilar mopeder motorcyklar cyklar fordon bussar lampor lyktor stolpar armaturer
    fönster rutor bänkar soffor korgar containrar bränder inbrott incidenter händelser fall tillfällen väktare
    vakter poliser patruller olyckor stölder bråk slagsmål rån skadegörelser anmälningar samtal larm träd
    gungor dörrar skyltar stationer dagar veckor nätter kvällar timmar minuter sekunder månader meter steg
    taggar hundar barn gäng grupper besök klagomål
"""
_COUNTED = """
    person pers ungdom tonåringar killar kille tjejer tjej pojkar pojke flickor flicka vuxna män man kvinnor
    kvinna bil epor stycken st gånger gång ggr minut min tim timme h dygn dag vecka natt kväll m km lampa
    bänk brand okända maskerade yngre äldre unga misstänkta procent kronor kr tkr liter år åriga åring
    januari februari mars april maj juni juli augusti september oktober november december jan feb apr aug
    sept sep okt nov dec people persons youths boys girls men women cars mopeds times minutes hours days
    till av olika nya trasiga krossade brända stulna släckta mörka stora små andra ytterligare säckar kg
    graffiti klotter grannar boende par tr trappor
"""


def _any_of(words: str) -> str:
    return "|".join(words.split())


_HOUSE = r"[1-9]\d{0,2}(?!\d)(?:\s?[A-H]\b|[a-h]\b|:\d(?!\d))?"
#: A clock time, a decimal, a share, an age, something counted.
_NO_HOUSE = (
    r"(?!\d|[.:]\d\d(?!\d)|,\d|\s?%|:[eo]\b|:a\s(?:gång|dag|veck|natt|kväll|helg|period|plats|rapport)|-(?:tiden|åring|talet|sidan|sträckan|årsåldern)"
    rf"|(?:\s?-\s?\d{{1,3}}|\s(?:eller|à)\s\d{{1,3}})?\s?(?:\w*(?:{_any_of(_COUNTED_ENDINGS)})|{_any_of(_COUNTED)})\b)"
)
_ONE = rf"{_HOUSE}(?:-\d{{1,3}}[A-Ha-h]?\b)?{_NO_HOUSE}"
_MARK = r"(?:(?:nr|no)\b\.?|nummer|#|port(?:en)?|uppgång(?:en)?|hus(?:et)?)"
#: 12B; 12, 14 och 16; 12, 2 tr; 12 lgh 1102; 12, 702 10 Örebro.
NUMBER = (
    rf"(?P<number>(?:{_MARK}\s{{0,2}})?{_ONE}(?:\s?(?:,|och|samt|&|/)\s?{_ONE}(?![.,]?\s?\d\d))*"
    r"(?:,?\s\d{1,2}\s?tr(?:appor)?\b\.?)?(?:,?\s[1-9]\d\d\s?\d\d(?=\s+[A-ZÅÄÖ]))?)"
)

STREET = (
    rf"(?:\w{{1,40}}(?:{_any_of(_ENDINGS)})|(?:gatan|vägen|torget|gränden|stigen|backen|allén)"
    r"|(?-i:Ringen|Slingan|Esplanaden|Kajen|Leden)"
    # With a name before it: Drottning Kristinas väg, Slottsplatsen, Baker Street.
    r"|(?-i:[A-ZÅÄÖ])\w{1,30}(?:s\s(?:väg|gata|torg|gränd|stig|backe|plats|allé)|\s(?:street|road)))"
)
PLACE = rf"[A-ZÅÄÖ]\w{{1,30}}(?<!(?i:fotbolls))(?<!(?i:vånings))(?<!(?i:entré))(?:{_any_of(_PLACES)})"

HOUSE = re.compile(rf"\b{STREET}(?:,(?=\s{{1,2}}{_MARK}))?\s{{0,3}}{NUMBER}", re.IGNORECASE)
PLACED = re.compile(rf"\b{PLACE}\s{{1,3}}{NUMBER}")
#: Any name after a word of place, where the number ends what is said of it: på Munkbacka 5.
NAMED = re.compile(
    r"\b(?:på|utanför|adress(?:en)?|bor|bosatt|boende|inne på|bor i|bodde i|boende i)\s"
    r"(?:(?-i:[A-ZÅÄÖ])\w{1,30}\s)?"
    rf"(?-i:[A-ZÅÄÖ])[^\W\d_]{{4,30}}(?<!väg)(?<!led)(?<!spår)\s{NUMBER}(?=$|[.,;:!?)\n]"
    r"|\s(?:och|är|har|hade|som|där|igen|vid|men|brukar|säljer|luktar|störs?)\b)",
    re.IGNORECASE,
)
#: Storg. 12, Björkv. 4: only where the shortened word can hardly end a sentence.
SHORTENED = re.compile(rf"\b(?:[A-ZÅÄÖ]\w{{1,30}}[bdfhkmprst][gv]|Storg)\.\s{{0,2}}{NUMBER}")
#: Hus 4 på Storgatan.
BEFORE = re.compile(
    rf"\b(?P<number>(?:hus|port|uppgång|nr|nummer|trappuppgång)\.?\s?[1-9]\d{{0,2}}\s?[A-H]?|\d{{4}}:an)"
    rf"\s(?:på|vid|i|längs|utmed)\s{STREET}\b",
    re.IGNORECASE,
)
FLAT = re.compile(
    r"(?P<number>\b(?:lgh|lght|lägenhet|lägenheten|lägenhetsnummer|lägenhetsnr|apartment|apt|flat)\b[.:]?"
    r"\s{0,2}(?:nr\.?|nummer|no\.?)?[\s:]{0,2}\d{1,4}\b|\blgh\d{1,4}\b)",
    re.IGNORECASE,
)
#: A post box, with the town's number when it stands there.
BOX = re.compile(
    r"\b(?P<number>(?:(?:Box|Postbox|Boxadress) \d{2,5}\b(?:, ?\d{3} ?\d\d\b)?|box \d{2,5}, ?\d{3} ?\d\d\b))"
)

HOMES = (HOUSE, PLACED, NAMED, SHORTENED, BEFORE, FLAT, BOX)


def street_addresses(text: str) -> Iterator[Span]:
    for home in HOMES:
        yield from (match.span("number") for match in home.finditer(text))
