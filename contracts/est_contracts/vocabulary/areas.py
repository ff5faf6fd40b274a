"""Where things are: areas within areas, named places in them, and points on the map."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from est_contracts.vocabulary.names import AreaId, PlaceId, QuarterName
from est_contracts.vocabulary.wording import Words

Title = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00-\x1f]+$")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Ring = Annotated[tuple[tuple[Longitude, Latitude], ...], Field(min_length=4)]

#: About ten metres: a street corner, not a door.
DECIMALS_OF_A_POINT = 4


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AreaKind(StrEnum):
    """How large an area is (geografisk nivå)."""

    DISTRICT = "district"
    SUB_AREA = "sub_area"


AREA_KIND_WORDS: dict[AreaKind, Words] = {
    AreaKind.DISTRICT: Words(sv="Stadsdel", en="District"),
    AreaKind.SUB_AREA: Words(sv="Delområde", en="Sub-area"),
}


class Area(_Fixed):
    """A district (stadsdel) or a sub-area (delområde); the municipality itself holds them all.

    A priority area (prioriterat område) is watched more closely; `PriorityAreas` says so quarter by quarter.
    """

    area_id: AreaId
    name: Title
    kind: AreaKind = AreaKind.SUB_AREA
    within: AreaId | None = Field(None, description="The district that it is part of.")
    priority: bool = False
    polygon: tuple[Ring, ...] = Field((), description="The outer ring first, then holes; WGS 84.")


def _rounded(degrees: float) -> float:
    return round(degrees, DECIMALS_OF_A_POINT)


class Coordinates(_Fixed):
    """A point on the map (WGS 84), no more exact than about ten metres."""

    longitude: Annotated[Longitude, AfterValidator(_rounded)]
    latitude: Annotated[Latitude, AfterValidator(_rounded)]


class NamedPlace(_Fixed):
    """A place that people know by its name (plats): a square, a school, a park; never a home."""

    place_id: PlaceId
    name: Title
    area_id: AreaId
    point: Coordinates | None = None


class PriorityAreas(_Fixed):
    """The areas watched more closely during a quarter (prioriterade områden)."""

    quarter: QuarterName
    area_ids: Annotated[tuple[AreaId, ...], Field(min_length=1)]
