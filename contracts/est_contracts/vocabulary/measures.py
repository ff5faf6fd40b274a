"""What can be done about a problem, in fixed choices: a message carries no free text."""

from enum import StrEnum

from est_contracts.vocabulary.wording import Words


class MeasureKind(StrEnum):
    """A kind of measure (insats)."""

    LIGHTING = "lighting"
    VEGETATION = "vegetation"
    REBUILDING = "rebuilding"
    CLEANING = "cleaning"
    CAMERAS = "cameras"
    POLICE_PRESENCE = "police_presence"
    GUARDS = "guards"
    FIELD_WORK = "field_work"
    ACTIVITIES = "activities"
    DIALOGUE = "dialogue"
    NEIGHBOURHOOD_WATCH = "neighbourhood_watch"
    OTHER = "other"


MEASURE_KIND_WORDS: dict[MeasureKind, Words] = {
    MeasureKind.LIGHTING: Words(sv="Belysningen åtgärdas", en="The lighting is mended"),
    MeasureKind.VEGETATION: Words(sv="Växtligheten gallras", en="The greenery is thinned out"),
    MeasureKind.REBUILDING: Words(sv="Platsen byggs om", en="The place is rebuilt"),
    MeasureKind.CLEANING: Words(sv="Städning och klottersanering", en="Cleaning and removal of graffiti"),
    MeasureKind.CAMERAS: Words(sv="Kameror", en="Cameras"),
    MeasureKind.POLICE_PRESENCE: Words(sv="Mer polis på plats", en="More police on the spot"),
    MeasureKind.GUARDS: Words(sv="Väktare eller ordningsvakter", en="Guards"),
    MeasureKind.FIELD_WORK: Words(sv="Fältarbete bland unga", en="Field work among the young"),
    MeasureKind.ACTIVITIES: Words(sv="Aktiviteter på fritiden", en="Activities for leisure time"),
    MeasureKind.DIALOGUE: Words(sv="Samtal med dem som berörs", en="Talks with those concerned"),
    MeasureKind.NEIGHBOURHOOD_WATCH: Words(sv="Grannsamverkan", en="Neighbourhood watch"),
    MeasureKind.OTHER: Words(sv="Annan insats", en="Another measure"),
}
