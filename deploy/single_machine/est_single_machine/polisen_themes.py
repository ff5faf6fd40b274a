"""What the police's types of events are to EST; docs/polisen-import.md shows the whole table."""

from enum import StrEnum


class NotEst(StrEnum):
    """Why a type of police event is not EST's business."""

    TRAFFIC = "traffic"
    RESCUE = "rescue, accidents and missing people"
    SUMMARY = "summaries and updates"
    NOTICE = "press notices and the police's own operations"
    PRIVATE = "fraud and crimes without a public place"
    ELSEWHERE = "animals, environment, sea, air, border and protected sites"


# The entry decides the theme. Örebro's list has one entry for violence, drugs and burglaries alike;
# the entries of Borås and Malmö keep them apart.
BURGLARY_THEFT = "boras.1"
VANDALISM = "boras.2"
FIRE = "boras.3"
EXPLOSIVES = "boras.4"
DRUGS = "boras.5"
AGAINST_STAFF = "boras.7"
UNREST = "boras.9"
EXTREMISM = "boras.10"
OTHER_CRIME = "boras.15"
VIOLENCE = "malmo.4"
SHOOTING = "malmo.5"
ROBBERY = "malmo.10"

CHECKLISTS = ("orebro", "boras", "malmo")

POLICE_TYPES: dict[str, str | NotEst] = {
    "Alkohollagen": OTHER_CRIME,
    "Anträffad död": NotEst.RESCUE,
    "Anträffat gods": NotEst.NOTICE,
    "Arbetsplatsolycka": NotEst.RESCUE,
    "Bedrägeri": NotEst.PRIVATE,
    "Bombhot": EXPLOSIVES,
    "Brand": FIRE,
    "Brand automatlarm": NotEst.RESCUE,
    "Bråk": VIOLENCE,
    "Detonation": EXPLOSIVES,
    "Djur": NotEst.ELSEWHERE,
    "Djur skadat/omhändertaget": NotEst.ELSEWHERE,
    "Efterlyst person": NotEst.NOTICE,
    "Ekobrott": NotEst.PRIVATE,
    "Explosion": EXPLOSIVES,
    "Farligt föremål, misstänkt": EXPLOSIVES,
    "Fjällräddning": NotEst.RESCUE,
    "Fylleri/LOB": UNREST,
    "Förfalskningsbrott": NotEst.PRIVATE,
    "Försvunnen person": NotEst.RESCUE,
    "Gränskontroll": NotEst.ELSEWHERE,
    "Hemfridsbrott": UNREST,
    "Hets mot folkgrupp": EXTREMISM,
    "Häleri": BURGLARY_THEFT,
    "Inbrott": BURGLARY_THEFT,
    "Inbrott, försök": BURGLARY_THEFT,
    "Knivlagen": VIOLENCE,
    "Kontroll person/fordon": NotEst.NOTICE,
    "Lagen om hundar och katter": NotEst.ELSEWHERE,
    "Larm Inbrott": BURGLARY_THEFT,
    "Larm Överfall": VIOLENCE,
    "Luftfartslagen": NotEst.ELSEWHERE,
    "Miljöbrott": NotEst.ELSEWHERE,
    "Missbruk av urkund": NotEst.PRIVATE,
    "Misshandel": VIOLENCE,
    "Misshandel, grov": VIOLENCE,
    "Mord/dråp": VIOLENCE,
    "Mord/dråp, försök": VIOLENCE,
    "Motorfordon, anträffat stulet": NotEst.NOTICE,
    "Motorfordon, stöld": BURGLARY_THEFT,
    "Narkotikabrott": DRUGS,
    "Naturkatastrof": NotEst.RESCUE,
    "Ofog barn/ungdom": UNREST,
    "Ofredande/förargelse": UNREST,
    "Olaga frihetsberövande/människorov": VIOLENCE,
    "Olaga hot": VIOLENCE,
    "Olaga intrång": UNREST,
    "Olaga intrång/hemfridsbrott": UNREST,
    "Olovlig körning": NotEst.TRAFFIC,
    "Ordningslagen": UNREST,
    "Polisinsats/kommendering": NotEst.NOTICE,
    "Rattfylleri": NotEst.TRAFFIC,
    "Rån": ROBBERY,
    "Rån väpnat": ROBBERY,
    "Rån övrigt": ROBBERY,
    "Rån, försök": ROBBERY,
    "Rånförsök": ROBBERY,
    "Räddningsinsats": NotEst.RESCUE,
    "Sabotage mot blåljusverksamhet": AGAINST_STAFF,
    "Sammanfattning dag": NotEst.SUMMARY,
    "Sammanfattning dygn": NotEst.SUMMARY,
    "Sammanfattning eftermiddag": NotEst.SUMMARY,
    "Sammanfattning förmiddag": NotEst.SUMMARY,
    "Sammanfattning helg": NotEst.SUMMARY,
    "Sammanfattning kväll": NotEst.SUMMARY,
    "Sammanfattning kväll och natt": NotEst.SUMMARY,
    "Sammanfattning natt": NotEst.SUMMARY,
    "Sammanfattning vecka": NotEst.SUMMARY,
    "Sedlighetsbrott": VIOLENCE,
    "Sexualbrott": VIOLENCE,
    "Sjukdom/olycksfall": NotEst.RESCUE,
    "Sjölagen": NotEst.ELSEWHERE,
    "Skadegörelse": VANDALISM,
    "Skottlossning": SHOOTING,
    "Skottlossning, misstänkt": SHOOTING,
    "Skyddslagen": NotEst.ELSEWHERE,
    "Spridning smitta/kemikalier": NotEst.RESCUE,
    "Stöld": BURGLARY_THEFT,
    "Stöld, försök": BURGLARY_THEFT,
    "Stöld, ringa": BURGLARY_THEFT,
    "Stöld/inbrott": BURGLARY_THEFT,
    "Tillfälligt obemannat": NotEst.NOTICE,
    "Trafikbrott": NotEst.TRAFFIC,
    "Trafikhinder": NotEst.TRAFFIC,
    "Trafikkontroll": NotEst.TRAFFIC,
    "Trafikolycka": NotEst.TRAFFIC,
    "Trafikolycka, personskada": NotEst.TRAFFIC,
    "Trafikolycka, singel": NotEst.TRAFFIC,
    "Trafikolycka, smitning från": NotEst.TRAFFIC,
    "Trafikolycka, vilt": NotEst.TRAFFIC,
    "Uppdatering": NotEst.SUMMARY,
    "Utlänningslagen": NotEst.ELSEWHERE,
    "Vapenlagen": VIOLENCE,
    "Varningslarm/haveri": NotEst.RESCUE,
    "Våld/hot mot tjänsteman": AGAINST_STAFF,
    "Våldtäkt": VIOLENCE,
    "Våldtäkt, försök": VIOLENCE,
    "Vållande till kroppsskada": NotEst.RESCUE,
    "Åldringsbrott": NotEst.PRIVATE,
    "Övrigt": NotEst.NOTICE,
}
