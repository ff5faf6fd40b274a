"""Where things happen in Valboås: how lively each area is, and places in it that have no house number."""

from typing import NamedTuple


class AreaPlaces(NamedTuple):
    """An area's weight among the others, and what people there call its places."""

    weight: float
    places: tuple[str, ...]


PLACES: dict[str, AreaPlaces] = {
    "9901R001": AreaPlaces(1.9, ("gågatan", "passagen vid biblioteket", "parkeringsgaraget", "stadsparken")),
    "9901R002": AreaPlaces(1.0, ("lekplatsen", "garagelängan", "gångvägen mot skolan", "tvättstugan")),
    "9901R003": AreaPlaces(0.7, ("skolgården", "cykelstället", "baksidan av gymnastiksalen", "busslingan")),
    "9901R004": AreaPlaces(1.2, ("torget", "bänkarna vid fontänen", "saluhallens baksida", "taxiplatsen")),
    "9901R005": AreaPlaces(0.7, ("kajen", "båtuppställningen", "magasinet", "badplatsen")),
    "9901R006": AreaPlaces(1.7, ("centrumhuset", "tunneln", "fotbollsplanen", "källargångarna")),
    "9901R007": AreaPlaces(0.8, ("kvarnparken", "vändplanen", "återvinningsstationen")),
    "9901R008": AreaPlaces(0.8, ("parkens scen", "dammen", "utegymmet", "gångvägen genom parken")),
    "9901R009": AreaPlaces(0.6, ("höjdens lekplats", "skogsstigen", "garagen")),
    "9901R010": AreaPlaces(0.8, ("innergården", "förskolans gård", "cykelrummen")),
    "9901R011": AreaPlaces(0.6, ("gamla bruket", "lastkajen", "bruksparken")),
    "9901R012": AreaPlaces(1.3, ("stationshuset", "gångtunneln", "cykelparkeringen", "bussterminalen")),
    "9901R013": AreaPlaces(0.4, ("bygdegården", "idrottsplanen", "pendlarparkeringen")),
    "9901R014": AreaPlaces(0.5, ("idrottsplatsen", "ishallen", "motionsspåret")),
    "9901R015": AreaPlaces(0.5, ("bensinstationen", "stormarknadens parkering", "gång- och cykelbron")),
    "9901R016": AreaPlaces(0.3, ("badplatsen", "vägskälet", "koloniområdet")),
}

#: What people call a place, and the named place of the set-up that they mean.
NAMED: dict[tuple[str, str], str] = {
    ("9901R001", "gågatan"): "gagatan",
    ("9901R001", "passagen vid biblioteket"): "biblioteket",
    ("9901R001", "parkeringsgaraget"): "galleria_valen",
    ("9901R001", "stadsparken"): "stadsparken",
    ("9901R002", "lekplatsen"): "norrangens_lekplats",
    ("9901R003", "skolgården"): "skolgarden",
    ("9901R003", "cykelstället"): "skolgarden",
    ("9901R004", "torget"): "stortorget",
    ("9901R004", "bänkarna vid fontänen"): "stortorget",
    ("9901R004", "saluhallens baksida"): "saluhallen",
    ("9901R005", "kajen"): "kajen",
    ("9901R005", "båtuppställningen"): "smabatshamnen",
    ("9901R006", "centrumhuset"): "lindangens_centrum",
    ("9901R006", "tunneln"): "lindangstunneln",
    ("9901R006", "fotbollsplanen"): "lindangens_fotbollsplan",
    ("9901R007", "kvarnparken"): "kvarnparken",
    ("9901R008", "parkens scen"): "ekparkens_scen",
    ("9901R011", "bruksparken"): "bruksparken",
    ("9901R012", "stationshuset"): "resecentrum",
    ("9901R012", "gångtunneln"): "gangtunneln",
    ("9901R012", "bussterminalen"): "bussterminalen",
    ("9901R013", "idrottsplanen"): "aslunda_idrottsplan",
    ("9901R014", "ishallen"): "ishallen",
    ("9901R015", "stormarknadens parkering"): "stormarknaden",
}
#: Where the stories of an area take place.
OF_A_STORY: dict[tuple[str, str], str] = {
    ("school", "9901R003"): "skolgarden",
    ("gathering", "9901R004"): "stortorget",
    ("gathering", "9901R012"): "resecentrum",
}
