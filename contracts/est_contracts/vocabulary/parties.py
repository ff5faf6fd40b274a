"""Who works together: the three parties, and the kinds of organisation around them."""

from enum import StrEnum

from est_contracts.vocabulary.wording import Words


class Party(StrEnum):
    """A party (part) of the collaboration."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    HOUSING = "housing"


PARTY_WORDS: dict[Party, Words] = {
    Party.MUNICIPALITY: Words(sv="Kommun", en="Municipality"),
    Party.POLICE: Words(sv="Polis", en="Police"),
    Party.HOUSING: Words(sv="Fastighetsföretag", en="Housing company"),
}

#: The same as the subject of a sentence: polisen har signerat.
THE_PARTY_WORDS: dict[Party, Words] = {
    Party.MUNICIPALITY: Words(sv="kommunen", en="the municipality"),
    Party.POLICE: Words(sv="polisen", en="the police"),
    Party.HOUSING: Words(sv="fastighetsföretagen", en="the housing companies"),
}


class OrganisationKind(StrEnum):
    """A kind of organisation in the network of reporters (rapportörsnätverk)."""

    MUNICIPALITY = "municipality"
    CIVIL_SOCIETY = "civil_society"
    SUPERVISION = "supervision"
    TRAFFIC_AND_SAFETY = "traffic_and_safety"
    BUSINESS = "business"
    HOUSING = "housing"
    POLICE = "police"


ORGANISATION_KIND_WORDS: dict[OrganisationKind, Words] = {
    OrganisationKind.MUNICIPALITY: Words(sv="Kommun", en="Municipality"),
    OrganisationKind.CIVIL_SOCIETY: Words(sv="Civilsamhälle", en="Civil society"),
    OrganisationKind.SUPERVISION: Words(sv="Tillsyn", en="Guards and supervision"),
    OrganisationKind.TRAFFIC_AND_SAFETY: Words(sv="Trafik och säkerhet", en="Traffic and safety"),
    OrganisationKind.BUSINESS: Words(sv="Näringsliv", en="Business"),
    OrganisationKind.HOUSING: Words(sv="Fastighetsbolag", en="Housing company"),
    OrganisationKind.POLICE: Words(sv="Polis", en="Police"),
}
