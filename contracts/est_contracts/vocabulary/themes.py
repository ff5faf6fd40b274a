"""The common themes: what every checklist maps to, so that series outlive a change of wording."""

from enum import StrEnum

from est_contracts.vocabulary.wording import Words


class Theme(StrEnum):
    """A theme (tema): what a report is about, the same in every municipality."""

    DRUGS = "drugs"
    VIOLENCE = "violence"
    VANDALISM = "vandalism"
    UNDUE_INFLUENCE = "undue_influence"
    GATHERING = "gathering"
    FIRE = "fire"
    BURGLARY_THEFT = "burglary_theft"
    UNSAFE_PLACE = "unsafe_place"
    POSITIVE = "positive"
    SURROUNDINGS = "surroundings"
    OTHER = "other"


THEME_WORDS: dict[Theme, Words] = {
    Theme.DRUGS: Words(sv="Narkotika", en="Drugs"),
    Theme.VIOLENCE: Words(sv="Våld", en="Violence"),
    Theme.VANDALISM: Words(sv="Skadegörelse", en="Vandalism"),
    Theme.UNDUE_INFLUENCE: Words(sv="Otillåten påverkan", en="Undue influence"),
    Theme.GATHERING: Words(sv="Samlingsplats", en="Gathering place"),
    Theme.FIRE: Words(sv="Brand", en="Fire"),
    Theme.BURGLARY_THEFT: Words(sv="Inbrott och stöld", en="Burglary and theft"),
    Theme.UNSAFE_PLACE: Words(sv="Otrygg plats", en="Unsafe place"),
    Theme.POSITIVE: Words(sv="Positivt", en="Positive"),
    Theme.SURROUNDINGS: Words(sv="Omvärld", en="Surroundings"),
    Theme.OTHER: Words(sv="Övrigt", en="Other"),
}
