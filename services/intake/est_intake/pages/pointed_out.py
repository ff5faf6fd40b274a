"""Where something was pointed out: on the same map of the areas wherever a coordinator meets a point."""

from collections.abc import Sequence

from est_chassis.charts import AreaShape, Caption, Chart, MapPin, area_map
from est_chassis.web.languages import Language, said
from est_contracts.vocabulary import Coordinates, Words
from est_intake.pages.surroundings import Surroundings


def pin_at(point: Coordinates, what: Words, language: Language) -> MapPin:
    return MapPin((point.longitude, point.latitude), said(what, language))


def map_of_points(
    name: str, pins: Sequence[MapPin], around: Surroundings, *, says: Words, language: Language
) -> Chart:
    """The points among the areas; without numbers, for nothing is counted here."""
    caption = Caption(
        name, language.say("Platsen på kartan", "The place on the map"), said(says, language), language
    )
    shapes = [AreaShape(each.area_id, each.name, each.polygon) for each in around.set_up.document.areas]
    return area_map(caption, areas=shapes, value_label="", pins=pins)
