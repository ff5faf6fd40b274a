"""Areas from a file: GeoJSON is read, its properties are understood, and what is wrong is named."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from est_contracts.vocabulary import Area, AreaKind, Words
from est_intake.application.area_shapes import (
    Polygon,
    ShapeTrouble,
    polygon_of,
    troubles_between,
)

MOST_FEATURES: Final = 500
MOST_CORNERS: Final = 20_000
LONGEST_CODE: Final = 20
#: Where Sweden lies, with some sea around it.
SWEDISH_LATITUDES: Final = (54.0, 70.0)
SWEDISH_LONGITUDES: Final = (9.0, 26.0)

#: What the properties are called in files that municipalities have, the likeliest first.
LIKELY_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "area_id": ("area_id", "omradeskod", "omrkod", "kod", "code", "regso", "deso", "id", "objectid"),
    "name": ("name", "namn", "omrade", "omradesnamn", "title", "benamning", "stadsdelsnamn", "regsonamn"),
    "kind": ("kind", "slag", "typ", "type", "niva"),
    "within": ("within", "ligger_i", "ingar_i", "stadsdel", "distrikt", "parent"),
    "priority": ("priority", "prioriterat"),
}
DISTRICTS: Final = frozenset({"district", "stadsdel", "distrikt", "kommundel"})
YES: Final = frozenset({"true", "1", "ja", "yes"})


@dataclass(frozen=True)
class AreaTrouble:
    """Something about one area of a file; a fault stands in the way, a remark does not."""

    area: str
    words: Words
    is_fault: bool = True


@dataclass(frozen=True)
class AreaFile:
    """What a file holds, and what is wrong with it; there are no areas as long as there are faults."""

    areas: tuple[Area, ...]
    troubles: tuple[AreaTrouble, ...]
    properties: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[AreaTrouble, ...]:
        return tuple(each for each in self.troubles if each.is_fault)


class FileIsNotAreas(ValueError):
    """The file as a whole cannot be used; what to do about it stands in `words`."""

    def __init__(self, *, sv: str, en: str) -> None:
        super().__init__(en)
        self.words = Words(sv=sv, en=en)


def read_areas(
    content: bytes,
    *,
    municipality: str,
    known: Sequence[Area] = (),
    properties: Mapping[str, str] | None = None,
    removes: bool = False,
) -> AreaFile:
    """The areas of a GeoJSON file. `properties` says which of the file's properties is which of ours.

    An area keeps its code when the file tells that code, or the name of an area that there is.
    Without `removes` the areas that the file does not have stay, and those of the file must get on with them.
    """
    features = _features(content)
    names = tuple(dict.fromkeys(name for each in features for name in _properties(each)))
    reading = _Reading(municipality, known, _mapping(names, properties or {}))
    drafts = [reading.draft(number, each) for number, each in enumerate(features, start=1)]
    _refuse_latitude_first(drafts)
    troubles = [trouble for draft in drafts for trouble in draft.troubles]
    troubles += _repeated(drafts)
    if any(each.is_fault for each in troubles):
        return AreaFile((), tuple(troubles), names)
    troubles += reading.nowhere(drafts)
    areas = reading.placed(drafts)
    staying = tuple(each for each in merged(known, areas, removes=removes) if each not in areas)
    troubles += [_told(trouble, areas) for trouble in troubles_between(areas, staying=staying)]
    return AreaFile(areas, tuple(troubles), names)


def merged(known: Sequence[Area], in_file: Sequence[Area], *, removes: bool) -> tuple[Area, ...]:
    """The areas that there are, each as the file has it, and then the new ones.

    With `removes`, areas that the file does not have are left out; otherwise they stay as they are.
    """
    found = {area.area_id: area for area in in_file}
    kept = [found.pop(area.area_id, None if removes else area) for area in known]
    return (*(area for area in kept if area is not None), *found.values())


@dataclass(frozen=True)
class _Draft:
    """One feature of the file, before it is known what lies in what."""

    label: str
    raw_id: str
    area_id: str
    name: str
    kind: AreaKind
    within: str
    priority: bool | None
    polygon: Polygon
    troubles: tuple[AreaTrouble, ...]


class _Reading:
    def __init__(self, municipality: str, known: Sequence[Area], mapping: Mapping[str, str]) -> None:
        self.municipality, self.mapping = municipality, mapping
        self.known = {area.area_id: area for area in known}
        self.known_by_name = {area.name.casefold(): area.area_id for area in known}

    def draft(self, number: int, feature: Mapping[str, Any]) -> _Draft:
        told = _properties(feature)
        raw_id = _plain(told.get(self.mapping.get("area_id", ""), feature.get("id")))
        name = _plain(told.get(self.mapping.get("name", ""))) or raw_id
        label = name or f"nr {number}"
        polygon, troubles = _polygon(label, feature)
        if not name or len(name) > 120:
            troubles = (*troubles, AreaTrouble(label, NO_NAME))
        return _Draft(
            label=label,
            raw_id=raw_id,
            area_id=self._code(raw_id, name),
            name=name,
            kind=self._kind(told),
            within=_plain(told.get(self.mapping.get("within", ""))),
            priority=self._priority(told),
            polygon=polygon,
            troubles=troubles,
        )

    def placed(self, drafts: Sequence[_Draft]) -> tuple[Area, ...]:
        """Districts are known by their code in the file, their code with us, or their name."""
        districts = self._districts(drafts)
        return tuple(
            Area(
                area_id=each.area_id,
                name=each.name,
                kind=each.kind,
                within=self._within(each, districts),
                priority=self._kept_priority(each),
                polygon=each.polygon,
            )
            for each in drafts
        )

    def nowhere(self, drafts: Sequence[_Draft]) -> Iterator[AreaTrouble]:
        """Areas that are said to lie in something that is no area: they then lie in none."""
        districts = self._districts(drafts)
        for each in drafts:
            if each.within and each.within.casefold() not in districts:
                yield AreaTrouble(each.label, IN_NO_AREA, is_fault=False)

    def _districts(self, drafts: Sequence[_Draft]) -> Mapping[str, str]:
        codes = (*self.known, *(each.area_id for each in drafts))
        named = {name.casefold(): each.area_id for each in drafts for name in (each.name, each.raw_id)}
        return {code.casefold(): code for code in codes} | self.known_by_name | named

    def _code(self, raw_id: str, name: str) -> str:
        if raw_id in self.known:
            return raw_id
        if name.casefold() in self.known_by_name:
            return self.known_by_name[name.casefold()]
        plain = unicodedata.normalize("NFKD", raw_id or name).encode("ascii", "ignore").decode()
        letters = re.sub(r"[^A-Za-z0-9_]", "", plain)
        code = letters if raw_id else letters.upper()
        return f"{self.municipality}{code.removeprefix(self.municipality)[:LONGEST_CODE] or 'OMR'}"

    def _kind(self, told: Mapping[str, Any]) -> AreaKind:
        written = _plain(told.get(self.mapping.get("kind", ""))).casefold()
        return AreaKind.DISTRICT if written in DISTRICTS else AreaKind.SUB_AREA

    def _priority(self, told: Mapping[str, Any]) -> bool | None:
        written = told.get(self.mapping.get("priority", ""))
        return None if written is None else _plain(written).casefold() in YES

    def _kept_priority(self, draft: _Draft) -> bool:
        if draft.priority is not None:
            return draft.priority
        return draft.area_id in self.known and self.known[draft.area_id].priority

    def _within(self, draft: _Draft, districts: Mapping[str, str]) -> str | None:
        found = districts.get(draft.within.casefold()) if draft.within else None
        if found is None and draft.area_id in self.known and "within" not in self.mapping:
            found = self.known[draft.area_id].within
        return None if found == draft.area_id else found


def _features(content: bytes) -> list[Mapping[str, Any]]:
    try:
        text = content.decode("utf-8-sig")
        told = json.loads(text)
        if "\\u" in text:
            # Half a character can be written so, and neither stored nor shown.
            json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise FileIsNotAreas(
            sv="Filen går inte att läsa som GeoJSON. Exportera områdena som GeoJSON i UTF-8.",
            en="The file cannot be read as GeoJSON. Export the areas as GeoJSON in UTF-8.",
        ) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise FileIsNotAreas(
            sv="Filen är ingen FeatureCollection. Exportera alla områden till en GeoJSON-fil.",
            en="The file is no FeatureCollection. Export all areas to one GeoJSON file.",
        )
    _refuse_other_systems(told, features)
    if not 0 < len(features) <= MOST_FEATURES:
        raise FileIsNotAreas(
            sv=f"Filen har {len(features)} områden. Den ska ha minst ett och högst {MOST_FEATURES}.",
            en=f"The file has {len(features)} areas. It must have at least one and at most {MOST_FEATURES}.",
        )
    corners = sum(1 for each in features for _ in _numbers(each.get("geometry"))) // 2
    if corners > MOST_CORNERS:
        raise FileIsNotAreas(
            sv=f"Gränserna har {corners} hörn, och högst {MOST_CORNERS} går att använda. Förenkla dem.",
            en=f"The borders have {corners} corners, and at most {MOST_CORNERS} can be used. Simplify them.",
        )
    return features


def _refuse_other_systems(told: Mapping[str, Any], features: Sequence[Mapping[str, Any]]) -> None:
    """GeoJSON is WGS 84; other coordinates are larger, or the file says so itself."""
    system = json.dumps(told.get("crs") or "")
    says_wgs_84 = system == '""' or "CRS84" in system or re.search(r"4326\D*$", system)
    beyond = any(abs(each) > 180 for feature in features for each in _numbers(feature.get("geometry")))
    if beyond or not says_wgs_84:
        raise FileIsNotAreas(
            sv="Koordinaterna är inte i WGS 84 (troligen SWEREF 99). Exportera i WGS 84 (EPSG:4326) och"
            " försök igen.",
            en="The coordinates are not WGS 84 (SWEREF 99 most likely). Export in WGS 84 (EPSG:4326) and"
            " try again.",
        )


def _refuse_latitude_first(drafts: Sequence[_Draft]) -> None:
    """All of Sweden the wrong way round: such a file is WGS 84, and would be drawn in the Indian Ocean."""
    corners = [corner for each in drafts for ring in each.polygon for corner in ring]
    if corners and all(_is_turned(corner) for corner in corners):
        raise FileIsNotAreas(
            sv="Latituden står före longituden. Exportera igen med longituden först, som i GeoJSON.",
            en="The latitude stands before the longitude. Export again, longitude first as in GeoJSON.",
        )


def _is_turned(corner: tuple[float, float]) -> bool:
    (south, north), (west, east) = SWEDISH_LATITUDES, SWEDISH_LONGITUDES
    return south <= corner[0] <= north and west <= corner[1] <= east


def _numbers(geometry: Any) -> Iterator[float]:
    """Longitudes and latitudes of a geometry, however deep they lie; a height is neither."""
    waiting = [geometry.get("coordinates")] if isinstance(geometry, dict) else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            is_position = bool(part) and not isinstance(part[0], list)
            waiting += part[:2] if is_position else part
        elif isinstance(part, int | float) and not isinstance(part, bool):
            # As it stands: an integer may be larger than any float.
            yield part


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    told = feature.get("properties")
    return told if isinstance(told, dict) else {}


def _mapping(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which property of the file is which of ours: as chosen, else the likeliest."""
    lowered = {name.casefold(): name for name in names}
    mapping = {
        ours: next((lowered[each] for each in likely if each in lowered), "")
        for ours, likely in LIKELY_NAMES.items()
    }
    mapping |= {ours: name for ours, name in chosen.items() if ours in LIKELY_NAMES and name}
    return {ours: name for ours, name in mapping.items() if name}


def _plain(written: Any) -> str:
    if written is None or isinstance(written, dict | list):
        return ""
    text = str(written).strip()
    return re.sub(r"[\x00-\x1f]+", " ", text)


def _polygon(label: str, feature: Mapping[str, Any]) -> tuple[Polygon, tuple[AreaTrouble, ...]]:
    try:
        polygon, parts = polygon_of(feature.get("geometry"))
    except ShapeTrouble as trouble:
        return (), (AreaTrouble(label, trouble.words),)
    if parts == 1:
        return polygon, ()
    told = Words(
        sv=f"Området består av {parts} skilda delar. Bara den största ritas.",
        en=f"The area consists of {parts} separate parts. Only the largest is drawn.",
    )
    return polygon, (AreaTrouble(label, told, is_fault=False),)


def _repeated(drafts: Sequence[_Draft]) -> Iterator[AreaTrouble]:
    seen: dict[str, str] = {}
    for draft in drafts:
        if draft.area_id in seen:
            first = seen[draft.area_id]
            yield AreaTrouble(
                draft.label,
                Words(
                    sv=f"Koden {draft.area_id} finns redan på {first}. Varje område behöver en egen.",
                    en=f"The code {draft.area_id} is that of {first} already. Each area needs its own.",
                ),
            )
        seen.setdefault(draft.area_id, draft.label)


def _told(trouble: ShapeTrouble, areas: Sequence[Area]) -> AreaTrouble:
    names = {area.area_id: area.name for area in areas}
    return AreaTrouble(names.get(trouble.area_id, ""), trouble.words, is_fault=False)


NO_NAME = Words(
    sv="Området saknar namn, eller så är namnet för långt. Ange vilken egenskap i filen som är namnet.",
    en="The area has no name, or too long a one. Say which property of the file is the name.",
)
IN_NO_AREA = Words(
    sv="Det som området sägs ligga i är inget område här. Området läggs för sig självt.",
    en="What the area is said to lie in is no area here. The area is left by itself.",
)
