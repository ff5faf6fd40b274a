"""What has been done with a compilation, act by act, in words; the texts themselves are not part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any

from est_compiler.domain.compiling.compilation import Compilation
from est_compiler.domain.compiling.work import PUBLIC_PLACE, SectionPlace
from est_contracts.vocabulary import (
    CORRECTION_REASON_WORDS,
    LEVEL_WORDS,
    PARTY_WORDS,
    THE_PARTY_WORDS,
    CorrectionReason,
    Level,
    Party,
    UnknownTemplate,
    Words,
    picture_template,
)


@dataclass(frozen=True, slots=True)
class CompilationStep:
    """One act (händelse i sammanställningen): when, by which function, what, and whose signatures fell."""

    at: datetime
    by: str
    act: str
    words: Words
    #: Where, for acts at one place.
    place: str | None = None
    area: str | None = None
    fallen: tuple[Party, ...] = ()


def steps_of(events: Sequence[Any]) -> list[CompilationStep]:
    """The acts in order, read from the compilation's own events."""
    steps: list[CompilationStep] = []
    compilation: Compilation | None = None
    for event in events:
        signed = set(compilation.signatures) if compilation else set()
        compilation = event.mutate(compilation)
        assert compilation is not None
        fallen = signed - set(compilation.signatures) if not _takes_back(event) else set()
        steps.append(_step(event, compilation, tuple(sorted(fallen))))
    return steps


def _takes_back(event: object) -> bool:
    return isinstance(event, Compilation.SignatureTakenBack)


def _step(event: Any, compilation: Compilation, fallen: tuple[Party, ...]) -> CompilationStep:
    place = _place_of(event)
    return CompilationStep(
        at=event.timestamp,
        by=event.by,
        act=str(event.TOPIC).rpartition(".")[2],
        words=_words(event, compilation),
        place=str(place) if place else None,
        area=place.area if place else getattr(event, "area", None),
        fallen=fallen,
    )


def _place_of(event: Any) -> SectionPlace | None:
    if isinstance(event, Compilation.SectionWritten):
        return SectionPlace.from_stored(event.place)
    if isinstance(event, Compilation.RowWritten):
        return SectionPlace(event.row["section"])
    return None


@singledispatch
def _words(_event: object, _compilation: Compilation) -> Words:
    return Words(sv="Ändrade sammanställningen.", en="Changed the compilation.")


@_words.register
def _(_event: Compilation.Opened, _compilation: Compilation) -> Words:
    return Words(sv="Öppnade sammanställningen.", en="Opened the compilation.")


@_words.register
def _(event: Compilation.SectionWritten, compilation: Compilation) -> Words:
    place = SectionPlace.from_stored(event.place)
    heading = _heading(compilation, place.section)
    part_sv = f" (egen del: {PARTY_WORDS[place.party].sv})" if place.party else ""
    part_en = f" (own part: {PARTY_WORDS[place.party].en})" if place.party else ""
    if event.text is None:
        return Words(
            sv=f"Tog bort texten under ”{heading.sv}”{part_sv}.",
            en=f"Took away the text under “{heading.en}”{part_en}.",
        )
    return Words(sv=f"Skrev under ”{heading.sv}”{part_sv}.", en=f"Wrote under “{heading.en}”{part_en}.")


@_words.register
def _(event: Compilation.PartContributed, _compilation: Compilation) -> Words:
    party = PARTY_WORDS[Party(event.party)]
    return Words(sv=f"Bidrog med sin del ({party.sv}).", en=f"Contributed its part ({party.en}).")


@_words.register
def _(event: Compilation.PartWithdrawn, _compilation: Compilation) -> Words:
    party = PARTY_WORDS[Party(event.party)]
    return Words(sv=f"Drog tillbaka sin del ({party.sv}).", en=f"Withdrew its part ({party.en}).")


@_words.register
def _(event: Compilation.AreaAssessed, _compilation: Compilation) -> Words:
    party = PARTY_WORDS[Party(event.party)]
    if event.value is None:
        return Words(
            sv=f"Tog tillbaka bedömningen av ett område ({party.sv}).",
            en=f"Took back the assessment of an area ({party.en}).",
        )
    return Words(
        sv=f"Bedömde ett område till {event.value} ({party.sv}).",
        en=f"Assessed an area as {event.value} ({party.en}).",
    )


@_words.register
def _(event: Compilation.PriorityValued, _compilation: Compilation) -> Words:
    if event.value is None:
        return Words(
            sv="Tog tillbaka värdet på ett prioriterat område.",
            en="Took back the value of a priority area.",
        )
    return Words(
        sv=f"Gav ett prioriterat område värdet {event.value}.",
        en=f"Gave a priority area the value {event.value}.",
    )


@_words.register
def _(event: Compilation.LevelSet, _compilation: Compilation) -> Words:
    if event.level is None:
        return Words(sv="Tog bort lägesnivån.", en="Took away the level.")
    level = LEVEL_WORDS[Level(event.level)]
    return Words(sv=f"Satte lägesnivån: {level.sv}.", en=f"Set the level: {level.en}.")


@_words.register
def _(event: Compilation.SentenceAdopted, _compilation: Compilation) -> Words:
    return Words(sv=f"Valde meningen ”{event.words['sv']}”", en=f"Chose the sentence “{event.words['en']}”")


@_words.register
def _(_event: Compilation.SentenceDropped, _compilation: Compilation) -> Words:
    return Words(sv="Valde bort en föreslagen mening.", en="Left out a suggested sentence.")


@_words.register
def _(event: Compilation.RowWritten, compilation: Compilation) -> Words:
    heading = _heading(compilation, event.row["section"])
    if event.revision == 1:
        return Words(sv=f"La till en rad under ”{heading.sv}”.", en=f"Added a row under “{heading.en}”.")
    return Words(sv=f"Skrev om en rad under ”{heading.sv}”.", en=f"Rewrote a row under “{heading.en}”.")


@_words.register
def _(_event: Compilation.RowRemoved, _compilation: Compilation) -> Words:
    return Words(sv="Tog bort en rad.", en="Removed a row.")


@_words.register
def _(event: Compilation.IndicatorsTaken, _compilation: Compilation) -> Words:
    count = len(event.indicators)
    return Words(
        sv=f"Hämtade strukturella indikatorer ({count} st).",
        en=f"Took in structural indicators ({count} in all).",
    )


@_words.register
def _(event: Compilation.LocalPicturesTaken, _compilation: Compilation) -> Words:
    count, groups = sum(each["version"] is not None for each in event.pictures), len(event.pictures)
    return Words(
        sv=f"Tog in de lokala gruppernas lägesbilder ({count} av {groups} är publicerade).",
        en=f"Took in the local groups' pictures ({count} of {groups} are published).",
    )


@_words.register
def _(event: Compilation.RiskValued, _compilation: Compilation) -> Words:
    if event.value is None:
        return Words(sv="Tog tillbaka riskvärdet.", en="Took back the risk value.")
    return Words(sv=f"Satte riskvärdet till {event.value}.", en=f"Set the risk value to {event.value}.")


@_words.register
def _(event: Compilation.Signed, _compilation: Compilation) -> Words:
    party = THE_PARTY_WORDS[Party(event.party)]
    if event.in_meeting:
        return Words(
            sv=f"Signerade för {party.sv} under mötet.", en=f"Signed for {party.en} during the meeting."
        )
    return Words(sv=f"Signerade för {party.sv}.", en=f"Signed for {party.en}.")


@_words.register
def _(event: Compilation.SignatureTakenBack, _compilation: Compilation) -> Words:
    party = PARTY_WORDS[Party(event.party)]
    return Words(sv=f"Tog tillbaka sin signatur ({party.sv}).", en=f"Took back its signature ({party.en}).")


@_words.register
def _(event: Compilation.PublishedAs, _compilation: Compilation) -> Words:
    number = event.version_number
    if event.reason:
        why = CORRECTION_REASON_WORDS[CorrectionReason(event.reason)]
        return Words(
            sv=f"Publicerade version {number}: {why.sv.lower()}.",
            en=f"Published version {number}: {why.en.lower()}.",
        )
    return Words(sv=f"Publicerade version {number}.", en=f"Published version {number}.")


@_words.register
def _(_event: Compilation.TextErased, _compilation: Compilation) -> Words:
    return Words(sv="Gallrade en text.", en="Erased a text.")


def _heading(compilation: Compilation, section_id: str) -> Words:
    """The section's heading by the template as it is today."""
    if section_id == PUBLIC_PLACE:
        return Words(sv="Till allmänheten", en="To the public")
    try:
        sections = picture_template(compilation.template).all_sections()
    except UnknownTemplate:
        sections = ()
    found = (each.words for each in sections if each.section_id == section_id)
    return next(found, Words(sv=section_id, en=section_id))
