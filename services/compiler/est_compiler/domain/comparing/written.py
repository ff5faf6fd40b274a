"""What people have put to two pictures, side by side: level, headline, sentences, texts and assessments."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from est_compiler.domain.comparing.verdicts import ComparisonKind
from est_compiler.domain.compiling.work import PUBLIC_PLACE, CompiledWork, ProblemRow, WorkInWords
from est_compiler.domain.picture import Picture
from est_compiler.domain.sections.parts import same
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Said
from est_compiler.domain.wording.sentences import SentenceKey, sentence_candidates
from est_contracts.vocabulary import (
    INDICATORS,
    LEVEL_WORDS,
    PARTY_WORDS,
    PictureTemplate,
    TemplateSection,
    Words,
)

LEVEL = Words(sv="Lägesnivå", en="Level")
WHY_THE_LEVEL = Words(sv="Varför den nivån", en="Why that level")
HEADLINE = Words(sv="Rubrik", en="Headline")
SENTENCE = Words(sv="Mening", en="Sentence")
TO_THE_PUBLIC = Words(sv="Till allmänheten", en="To the public")
RISK_VALUE = Words(sv="Riskvärde", en="Risk value")
JOINT = Words(sv="gemensamt", en="jointly")
ROW = Words(sv="problembild", en="problem")
#: Section, area, party and row.
ROW_KEY = 4
_ENDS_A_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Mark(StrEnum):
    """How what stands in one picture is to what stands in the other (märkning)."""

    SAME = "same"
    CHANGED = "changed"
    #: Only in the first one, which is held against the other.
    ADDED = "added"
    REMOVED = "removed"


MARK_WORDS: dict[Mark, Words] = {
    Mark.SAME: Words(sv="oförändrat", en="unchanged"),
    Mark.CHANGED: Words(sv="ändrat", en="changed"),
    Mark.ADDED: Words(sv="tillagt", en="added"),
    Mark.REMOVED: Words(sv="borttaget", en="removed"),
}
#: Two areas or two periods have not become each other.
MARK_WORDS_BESIDE: dict[Mark, Words] = {
    Mark.SAME: Words(sv="lika", en="alike"),
    Mark.CHANGED: Words(sv="olika", en="different"),
    Mark.ADDED: Words(sv="bara i den första", en="only in the first"),
    Mark.REMOVED: Words(sv="bara i den andra", en="only in the second"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a text; whether the other text has it too."""

    words: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class ComparedWords:
    """The same place in both pictures; None where nothing stands there."""

    key: str
    name: Words
    one: Said | None
    other: Said | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Written:
    """Everything that is said in two pictures, place by place (det skrivna, sida vid sida)."""

    #: The level and why, the headline, what is said to the public.
    first: tuple[ComparedWords, ...]
    sentences: tuple[ComparedWords, ...]
    texts: tuple[ComparedWords, ...]
    #: Assessments of areas and priority areas, and the indicators that differ.
    values: tuple[ComparedWords, ...]


def mark_words(mark: Mark, kind: ComparisonKind) -> Words:
    """A mark as it is read: by a word, never by a colour alone."""
    return (MARK_WORDS if kind is ComparisonKind.VERSIONS else MARK_WORDS_BESIDE)[mark]


def compare_written(one: Brief, other: Brief) -> Written:
    """Hold what is said in one picture against what is said in another."""
    return Written(
        first=tuple(_first(one, other)),
        sentences=tuple(_sentences(one, other)),
        texts=tuple(_texts(one, other)),
        values=tuple(_values(one, other)),
    )


def pieces(one: Said | None, other: Said | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts sentence by sentence, each sentence with whether it stands in both, in the same order."""
    mine, theirs = _split(one), _split(other)
    in_mine, in_theirs = set[int](), set[int]()
    for block in SequenceMatcher(a=mine, b=theirs, autojunk=False).get_matching_blocks():
        in_mine |= set(range(block.a, block.a + block.size))
        in_theirs |= set(range(block.b, block.b + block.size))
    return (
        tuple(Piece(words, place in in_mine) for place, words in enumerate(mine)),
        tuple(Piece(words, place in in_theirs) for place, words in enumerate(theirs)),
    )


def _split(told: Said | None) -> list[str]:
    if not isinstance(told, str):
        return []
    return [each.strip() for each in _ENDS_A_SENTENCE.split(told) if each.strip()]


def _first(one: Brief, other: Brief) -> Iterator[ComparedWords]:
    levels = [LEVEL_WORDS[each.level] if each.level else None for each in (one, other)]
    yield from _said("level", LEVEL, levels[0], levels[1])
    yield from _said("level_words", WHY_THE_LEVEL, one.level_words, other.level_words)
    yield from _said("headline", HEADLINE, one.headline, other.headline)
    yield from _said("public_text", TO_THE_PUBLIC, one.public_words, other.public_words)


def _sentences(one: Brief, other: Brief) -> Iterator[ComparedWords]:
    """Those of the first in their order, each beside what the other says of the same; then its others."""
    about, about_other = _what_they_are_about(one), _what_they_are_about(other)
    left = [each for each in other.sentences if each not in one.sentences]
    pairs = list[tuple[Words | None, Words | None]]()
    for words in one.sentences:
        key = about.get(words.sv)
        same = [each for each in left if key is not None and about_other.get(each.sv) is key]
        pairs.append((words, words if words in other.sentences else next(iter(same), None)))
        left = [each for each in left if each not in same[:1]]
    for number, (mine, theirs) in enumerate([*pairs, *((None, each) for each in left)], start=1):
        yield from _said(f"sentence_{number}", SENTENCE, mine, theirs)


def _what_they_are_about(brief: Brief) -> dict[str, SentenceKey]:
    """By their words: a frozen picture keeps what its sentences say, and its numbers still tell of what."""
    return {each.words.sv: each.key for each in sentence_candidates(brief.picture, until=None)}


def _texts(one: Brief, other: Brief) -> Iterator[ComparedWords]:
    """Every place of the templates where somebody has written in any of the two, in their order."""
    mine = _placed(one)
    theirs = _with_the_same_problems(mine, _placed(other))
    names = _area_names(one.picture, other.picture)
    for section in _sections(one.template, other.template):
        for key in _in_order(mine, theirs):
            if key[0] == section.section_id:
                name = _place_name(section, key, names)
                yield from _said("/".join(filter(None, key)), name, mine.get(key), theirs.get(key))


def _values(one: Brief, other: Brief) -> Iterator[ComparedWords]:
    mine, theirs = _valued(one), _valued(other)
    names = _area_names(one.picture, other.picture)
    for key in _in_order(mine, theirs):
        kind, *about = key
        if kind == "indicator" and mine.get(key) == theirs.get(key):
            continue
        yield from _said("/".join(key), _value_name(kind, about, names), mine.get(key), theirs.get(key))


def _said(key: str, name: Words, one: Said | None, other: Said | None) -> Iterator[ComparedWords]:
    """Where nothing stands in either, nothing is compared."""
    if one is not None or other is not None:
        yield ComparedWords(key, name, one, other, _mark(one, other))


def _mark(one: Hashable, other: Hashable) -> Mark:
    if other is None:
        return Mark.ADDED
    if one is None:
        return Mark.REMOVED
    return Mark.SAME if one == other else Mark.CHANGED


def _placed(brief: Brief) -> dict[tuple[str, ...], Said]:
    """What stands where: by section, area, party or row."""
    work = brief.work
    if work is None:
        return {}
    found: dict[tuple[str, ...], Said] = {
        (each.place.section, each.place.area or "", str(each.place.party or "")): (
            work.words_or_why(each.text) or ""
        )
        for each in work.work.texts
        if each.place.section != PUBLIC_PLACE
    }
    return found | {(row.section, "", "", str(row.row_id)): _row(work, row) for row in work.work.rows}


def _with_the_same_problems(
    mine: dict[tuple[str, ...], Said], theirs: dict[tuple[str, ...], Said]
) -> dict[tuple[str, ...], Said]:
    """A problem that goes on has a row in each picture: the same words, or the same "what", are the same."""
    free = {key: said for key, said in mine.items() if len(key) == ROW_KEY and key not in theirs}
    names = {key: key for key in theirs}
    left = [key for key in theirs if len(key) == ROW_KEY and key not in mine]
    for alike in (_said_in_full, _what_it_is_about):
        for key in left:
            told = alike(theirs[key])
            own = [each for each, said in free.items() if each[0] == key[0] and told and alike(said) == told]
            if own and names[key] == key:
                names[key] = own[0]
                del free[own[0]]
    return {names[key]: said for key, said in theirs.items()}


def _said_in_full(said: Said) -> str:
    return said if isinstance(said, str) else ""


def _what_it_is_about(said: Said) -> str:
    """What a row begins with."""
    return _said_in_full(said).partition("\n")[0]


def _row(work: WorkInWords, row: ProblemRow) -> Said:
    if row.text is not None and work.is_erased(row.text):
        return work.instead_of(row.text)
    return "\n".join(words for _name, words in work.row_words(row).fields if words)


def _valued(brief: Brief) -> dict[tuple[str, ...], Said]:
    work: CompiledWork | None = brief.work.work if brief.work else None
    if work is None:
        return {}
    found: dict[tuple[str, ...], Said] = {}
    for area_value in work.area_values:
        found["area", area_value.area, str(area_value.party)] = str(area_value.value)
    for priority in work.priorities:
        found["priority", priority.area] = str(priority.value)
    if work.risk_value is not None:
        found["risk_value",] = str(work.risk_value)
    for taken in work.indicators:
        found["indicator", taken.indicator, str(taken.year)] = format(taken.value, "f")
    return found


def _in_order(
    mine: Mapping[tuple[str, ...], Said], theirs: Mapping[tuple[str, ...], Said]
) -> tuple[tuple[str, ...], ...]:
    return (*mine, *(each for each in theirs if each not in mine))


def _sections(one: PictureTemplate | None, other: PictureTemplate | None) -> tuple[TemplateSection, ...]:
    mine, theirs = (each.all_sections() if each else () for each in (one, other))
    known = {each.section_id for each in mine}
    return (*mine, *(each for each in theirs if each.section_id not in known))


def _place_name(section: TemplateSection, key: tuple[str, ...], names: Mapping[str, str]) -> Words:
    """Operativa mål, Hamnen, polis."""
    _section, area, party, *row = key
    whose = next((words for each, words in PARTY_WORDS.items() if each == party), None)
    told = [section.words, *([same(names.get(area, area))] if area else [])]
    told += [whose] if whose else [ROW] if row else [JOINT]
    return Words(sv=", ".join(each.sv for each in told), en=", ".join(each.en for each in told))


def _value_name(kind: str, about: list[str], names: Mapping[str, str]) -> Words:
    if kind == "risk_value":
        return RISK_VALUE
    if kind == "indicator":
        name, year = INDICATORS[about[0]].words, about[1]
        return Words(sv=f"{name.sv}, {year}", en=f"{name.en}, {year}")
    area = names.get(about[0], about[0])
    if kind == "priority":
        return Words(sv=f"{area}, prioriterat område", en=f"{area}, priority area")
    of = next(words for each, words in PARTY_WORDS.items() if each == about[1])
    return Words(sv=f"{area}, {of.sv}", en=f"{area}, {of.en}")


def _area_names(*pictures: Picture) -> dict[str, str]:
    return {each.area: each.name for picture in pictures for each in picture.areas if each.area}
