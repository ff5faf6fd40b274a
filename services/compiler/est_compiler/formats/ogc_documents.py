"""The documents of OGC API - Features, Part 1: Core, over the areas of pictures that are open to anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from est_compiler.domain.viewing.open_picture import OpenPlace
from est_compiler.domain.viewing.view import MapArea, View
from est_compiler.formats.as_geojson import feature

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
]
GEOJSON, JSON, OPENAPI = (
    "application/geo+json",
    "application/json",
    "application/vnd.oai.openapi+json;version=3.0",
)
OGC = "/ogc"
USUAL_LIMIT, LARGEST_LIMIT = 100, 1000
#: Schemas as the standard writes them: map programs read the limits out of the definition.
LIMIT = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": USUAL_LIMIT}
OFFSET = {"type": "integer", "minimum": 0, "default": 0}
BOX = {
    "type": "array",
    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    "items": {"type": "number"},
}


@dataclass(frozen=True, slots=True)
class PlacedFeature:
    """An area in one picture: where it lies, when, and its numbers."""

    area: MapArea
    view: View

    @property
    def feature_id(self) -> str:
        return f"{self.view.period}.{self.area.area}"

    def document(self, *, front_url: str) -> dict[str, Any]:
        told = feature(self.area, self.view)
        told["id"] = self.feature_id
        told["properties"] |= {
            "kind": self.view.kind,
            "first_day": self.view.first_day.isoformat(),
            "last_day": self.view.last_day.isoformat(),
            "version": self.view.stated.version,
            "picture": f"{front_url}{self.view.path}",
        }
        return told


@dataclass(frozen=True, slots=True)
class Page:
    """Which of many features are told at once."""

    offset: int
    limit: int
    #: How many there are on all pages.
    matched: int = 0


def link(href: str, rel: str, media_type: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def landing(front_url: str) -> dict[str, Any]:
    here = f"{front_url}{OGC}"
    return {
        "title": "EST: lägesbilder per område / situation pictures by area",
        "description": "Antal rapporter per område i publicerade lägesbilder, allmän utgåva."
        " / Reports by area in published pictures, general edition.",
        "links": [
            link(here, "self", JSON, "This document"),
            link(f"{here}/api", "service-desc", OPENAPI, "The API"),
            link(f"{here}/conformance", "conformance", JSON, "What is conformed to"),
            link(f"{here}/collections", "data", JSON, "The collections"),
        ],
    }


def collection_id(municipality: str) -> str:
    """areas-9901"""
    return f"areas-{municipality}"


def collection(place: OpenPlace, *, front_url: str) -> dict[str, Any]:
    """One municipality's areas: as far as they reach, and over the days that can be read of."""
    named = collection_id(place.municipality)
    here = f"{front_url}{OGC}/collections/{named}"
    extent: dict[str, Any] = {}
    if place.box is not None:
        extent["spatial"] = {"bbox": [place.box], "crs": CRS84}
    if place.first_day is not None:
        extent["temporal"] = {"interval": [[f"{place.first_day}T00:00:00Z", f"{place.last_day}T23:59:59Z"]]}
    return {
        "id": named,
        "title": f"{place.name}: områden med antal / areas with counts",
        "description": "Rapporter per område och publicerad period. / Reports by area and published period.",
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": [
            link(here, "self", JSON, "This collection"),
            link(f"{here}/items", "items", GEOJSON, "Its features"),
            link(f"{front_url}/open/{place.municipality}", "alternate", "text/html", "The pictures as pages"),
        ],
    }


def collections(described: Sequence[dict[str, Any]], *, front_url: str) -> dict[str, Any]:
    here = f"{front_url}{OGC}/collections"
    return {"links": [link(here, "self", JSON, "This document")], "collections": list(described)}


def feature_page(
    shown: Sequence[PlacedFeature], page: Page, *, here: str, asked: dict[str, str], now: datetime
) -> dict[str, Any]:
    """Some of the features, and the way to the next and the previous ones."""

    def at(offset: int) -> str:
        return f"{here}/items?{urlencode({**asked, 'limit': page.limit, 'offset': offset}, safe=',:/')}"

    links = [
        link(at(page.offset), "self", GEOJSON, "These features"),
        link(here, "collection", JSON, "The collection"),
    ]
    if page.offset + page.limit < page.matched:
        links.append(link(at(page.offset + page.limit), "next", GEOJSON, "The next features"))
    if page.offset:
        links.append(link(at(max(0, page.offset - page.limit)), "prev", GEOJSON, "The previous features"))
    return {
        "type": "FeatureCollection",
        "timeStamp": now.isoformat(timespec="seconds"),
        "numberMatched": page.matched,
        "numberReturned": len(shown),
        "features": [each.document(front_url=_front_url(here)) for each in shown],
        "links": links,
    }


def _front_url(here: str) -> str:
    """A map program shows an address as a link: it has to be whole."""
    return here.rpartition(f"{OGC}/collections/")[0]


def one_feature(placed: PlacedFeature, *, here: str) -> dict[str, Any]:
    document = placed.document(front_url=_front_url(here))
    document["links"] = [
        link(f"{here}/items/{placed.feature_id}", "self", GEOJSON, "This feature"),
        link(here, "collection", JSON, "The collection"),
    ]
    return document


def openapi(front_url: str) -> dict[str, Any]:
    """What can be asked, as OpenAPI 3.0."""

    def answer(described: str, media_type: str) -> dict[str, Any]:
        return {"200": {"description": described, "content": {media_type: {"schema": {"type": "object"}}}},
                "400": {"description": "A parameter cannot be read."},
                "404": {"description": "There is no such thing, or it is not open."}}  # fmt: skip

    named = _parameter("collectionId", "path", "areas-9901", required=True)
    asked = [
        _parameter("limit", "query", USUAL_LIMIT, schema=LIMIT),
        _parameter("offset", "query", 0, schema=OFFSET),
        _parameter("bbox", "query", [13.2, 58.9, 13.5, 59.0], schema=BOX),
        _parameter("datetime", "query", "2026-11-16T00:00:00Z/2026-11-22T23:59:59Z"),
        _parameter("kind", "query", "week"),
        _parameter("period", "query", "2026-W47"),
    ]
    item = _parameter("featureId", "path", "2026-W47.9901R001", required=True)
    paths = {
        "": ("getLandingPage", [], answer("The landing page", JSON)),
        "/conformance": ("getConformance", [], answer("Conformance classes", JSON)),
        "/collections": ("getCollections", [], answer("The collections", JSON)),
        "/collections/{collectionId}": ("describeCollection", [named], answer("A collection", JSON)),
        "/collections/{collectionId}/items": ("getFeatures", [named, *asked], answer("Features", GEOJSON)),
        "/collections/{collectionId}/items/{featureId}": (
            "getFeature", [named, item], answer("A feature", GEOJSON),
        ),
    }  # fmt: skip
    return {
        "openapi": "3.0.3",
        "info": {"title": "EST: OGC API - Features", "version": "1.0.0"},
        "servers": [{"url": f"{front_url}{OGC}"}],
        "paths": {
            path or "/": {"get": {"operationId": name, "parameters": parameters, "responses": responses}}
            for path, (name, parameters, responses) in paths.items()
        },
    }


def _parameter(
    name: str, place: str, example: object, *, required: bool = False, schema: dict[str, Any] | None = None
) -> dict[str, Any]:
    written = {"style": "form", "explode": False} if place == "query" else {}
    described = {"schema": schema or {"type": "string"}, "example": example}
    return {"name": name, "in": place, "required": required, **written, **described}
