"""How a page tells of what has happened to something: each step, and what it changed from what to what."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from est_chassis.web.languages import Language
from est_chassis.web.written import full_moment
from est_contracts.vocabulary import SEVERITY_WORDS, THEME_WORDS, WITHDRAWAL_REASON_WORDS, Coordinates, Words
from est_intake.application import HistoryLine
from est_intake.domain.incident_report import Incident
from est_intake.domain.report_steps import REPORT_STEP_WORDS
from est_intake.domain.words_change import WordsChange
from est_intake.pages.surroundings import Surroundings


@dataclass(frozen=True)
class HistoryView:
    """One line of the history, in words."""

    step: Words
    recorded_at: datetime
    position: int
    by: str
    details: Sequence[Words]


FIELD_WORDS: dict[str, Words] = {
    "checklist_entry": Words(sv="punkt", en="entry"),
    "theme": Words(sv="tema", en="theme"),
    "area": Words(sv="område", en="area"),
    "place": Words(sv="plats", en="place"),
    "point": Words(sv="punkt på kartan", en="point on the map"),
    "severity": Words(sv="allvarlighet", en="severity"),
    "happened_at": Words(sv="när", en="when"),
    "happened_until": Words(sv="till när", en="until when"),
}
NOT_SAID = Words(sv="inte angivet", en="not said")
WORDS_CHANGE_WORDS = {
    WordsChange.ADDED: Words(sv="ord har lagts till", en="words were added"),
    WordsChange.REMOVED: Words(
        sv="orden togs bort och är raderade", en="the words were removed and are erased"
    ),
    WordsChange.REWRITTEN: Words(
        sv="orden skrevs om; de tidigare orden är raderade",
        en="the words were written anew; the earlier ones are erased",
    ),
}


def report_line(line: HistoryLine, around: Surroundings) -> HistoryView:
    return HistoryView(
        step=REPORT_STEP_WORDS[line.step],
        recorded_at=line.recorded_at,
        position=line.position,
        by=around.function_title(line.by_function) if line.by_function else "",
        details=tuple(_details(line, around)),
    )


def from_to(field: Words, *, before: Words, after: Words) -> Words:
    """ "område: från Norrängen till Hamnen" - what was changed, from what to what."""
    return Words(
        sv=f"{field.sv}: från {before.sv} till {after.sv}",
        en=f"{field.en}: from {before.en} to {after.en}",
    )


def _details(line: HistoryLine, around: Surroundings) -> Iterator[Words]:
    if line.before is not None and line.incident is not None:
        for name in (each for each in line.changed if each in FIELD_WORDS):
            before, after = (_value(name, each, around) for each in (line.before, line.incident))
            yield from_to(FIELD_WORDS[name], before=before, after=after)
    if line.words_change is not None:
        yield WORDS_CHANGE_WORDS[line.words_change]
    if line.reason is not None:
        yield WITHDRAWAL_REASON_WORDS[line.reason]


def _value(name: str, incident: Incident, around: Surroundings) -> Words:
    """What an account says in one of its fields."""
    value = getattr(incident, name)
    if name == "area":
        return around.area_words(value)
    return NOT_SAID if value is None else SAID[name](value, around)


def _as_it_is(written: str) -> Words:
    return Words(sv=written, en=written)


def _entry(entry_id: str, around: Surroundings) -> Words:
    entry = around.set_up.entries.get(entry_id)
    return entry.words if entry else _as_it_is(entry_id)


def _severity(step: int, _around: Surroundings) -> Words:
    words = SEVERITY_WORDS[step]
    return Words(sv=f"{step} {words.sv.lower()}", en=f"{step} {words.en.lower()}")


def _point(point: Coordinates, _around: Surroundings) -> Words:
    return _as_it_is(f"{point.latitude}, {point.longitude}")


def _moment(moment: datetime, _around: Surroundings) -> Words:
    return Words(sv=full_moment(moment), en=full_moment(moment, language=Language.ENGLISH))


SAID: dict[str, Callable[[Any, Surroundings], Words]] = {
    "checklist_entry": _entry,
    "theme": lambda theme, _around: THEME_WORDS[theme],
    "place": lambda place_id, around: _as_it_is(around.place_name(place_id)),
    "point": _point,
    "severity": _severity,
    "happened_at": _moment,
    "happened_until": _moment,
}
