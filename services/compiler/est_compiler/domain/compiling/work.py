"""What people have put together for a picture (sammanställning): references to words, values, choices."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from est_compiler.domain.compiling.local_groups import LocalPicture
from est_contracts.vocabulary import IndicatorValue, Level, Party, Words

#: Where the words stand that go with the level; no section can have this name.
LEVEL_PLACE = "#level"
#: Where the words stand that are meant for anyone to read; no section can have this name either.
PUBLIC_PLACE = "#public"
#: What a published picture shows where words have been erased.
ERASED = Words(sv="Texten är gallrad.", en="The text is erased.")
#: What a picture as it was known then shows where words have been replaced that nobody published.
REPLACED = Words(
    sv="Texten som stod här då har bytts ut sedan dess. Den publicerades inte och finns inte kvar.",
    en="The text that stood here then has been replaced since. It was not published and is not kept.",
)


@dataclass(frozen=True, slots=True)
class TextReference:
    """A text that lies beside the log: its ID, and a digest that says nothing once the text is erased."""

    text_id: UUID
    digest: str
    #: Whether the writer stands by a plate or a name that the guard asked about.
    confirmed: bool = False

    def as_stored(self) -> dict[str, Any]:
        return {"text_id": str(self.text_id), "digest": self.digest, "confirmed": self.confirmed}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Self | None:
        if stored is None:
            return None
        return cls(UUID(stored["text_id"]), stored["digest"], stored["confirmed"])


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """Where in a picture words stand: a section, perhaps one area of it, perhaps one party's own part."""

    section: str
    area: str | None = None
    party: Party | None = None

    def __str__(self) -> str:
        return "/".join(part for part in (self.section, self.area, self.party) if part)

    @property
    def anchor(self) -> str:
        """Its name where a page leads to it."""
        return str(self).lstrip("#").replace("/", "-")

    def as_stored(self) -> dict[str, Any]:
        return {"section": self.section, "area": self.area, "party": self.party and str(self.party)}

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(stored["section"], stored["area"], Party(stored["party"]) if stored["party"] else None)


#: Till allmänheten: one text of the whole group, under no heading of a template.
TO_THE_PUBLIC = SectionPlace(PUBLIC_PLACE)


@dataclass(frozen=True, slots=True)
class SectionText:
    """The words at one place."""

    place: SectionPlace
    text: TextReference


@dataclass(frozen=True, slots=True)
class AreaValue:
    """How one party assesses one area, 1 to 5 (lägesbedömning)."""

    area: str
    party: Party
    value: int


@dataclass(frozen=True, slots=True)
class PriorityValue:
    """The value of a priority area on the template's own scale."""

    area: str
    value: int


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of the table of problems; its words lie beside the log, all under one ID."""

    section: str
    row_id: UUID
    text: TextReference | None
    responsible: str | None
    #: Whether the problem goes on from the period before.
    continues: bool

    def as_stored(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "row_id": str(self.row_id),
            "text": self.text.as_stored() if self.text else None,
            "responsible": self.responsible,
            "continues": self.continues,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["section"],
            UUID(stored["row_id"]),
            TextReference.from_stored(stored["text"]),
            stored["responsible"],
            stored["continues"],
        )


@dataclass(frozen=True, slots=True)
class ChosenSentence:
    """A suggested sentence that has been adopted, in the words that the numbers gave it."""

    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class TakenIndicator:
    """The value of a structural indicator as it was taken into a picture, with its source."""

    indicator: str
    year: int
    value: Decimal
    source: TextReference

    def as_stored(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator,
            "year": self.year,
            "value": format(self.value, "f"),
            "source": self.source.as_stored(),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        source = TextReference.from_stored(stored["source"])
        assert source is not None
        return cls(stored["indicator"], stored["year"], Decimal(stored["value"]), source)


@dataclass(frozen=True, slots=True)
class CompiledWork:
    """All that people add to the numbers of a picture, as it is signed and frozen."""

    template: str
    template_version: int
    level: Level | None = None
    level_text: TextReference | None = None
    texts: tuple[SectionText, ...] = ()
    area_values: tuple[AreaValue, ...] = ()
    priorities: tuple[PriorityValue, ...] = ()
    rows: tuple[ProblemRow, ...] = ()
    sentences: tuple[ChosenSentence, ...] = ()
    #: The parties whose own parts are in it.
    contributed: tuple[Party, ...] = ()
    indicators: tuple[TakenIndicator, ...] = ()
    #: Organisation model B: the local groups' pictures that flowed into the strategic one.
    local_pictures: tuple[LocalPicture, ...] = ()
    #: Where the meeting gives the period a risk value (riskvärde).
    risk_value: int | None = None

    @property
    def content(self) -> str:
        """The one way to write it: the same work is always the same bytes."""
        return json.dumps(self.as_stored(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def public_text(self) -> TextReference | None:
        """What is said to anyone who reads the picture."""
        return next((each.text for each in self.texts if each.place == TO_THE_PUBLIC), None)

    @property
    def references(self) -> tuple[tuple[str, TextReference], ...]:
        """Every text in it, and where it stands."""
        level = [(LEVEL_PLACE, self.level_text)] if self.level_text else []
        rows = [(f"{row.section}/{row.row_id}", row.text) for row in self.rows if row.text]
        sources = [(f"indicators/{each.indicator}/{each.year}", each.source) for each in self.indicators]
        return (*level, *((str(each.place), each.text) for each in self.texts), *rows, *sources)

    def as_stored(self) -> dict[str, Any]:
        return {
            "template": self.template,
            "template_version": self.template_version,
            "level": self.level and str(self.level),
            "level_text": self.level_text.as_stored() if self.level_text else None,
            "texts": [{**each.place.as_stored(), "text": each.text.as_stored()} for each in self.texts],
            "area_values": [
                {"area": each.area, "party": str(each.party), "value": each.value}
                for each in self.area_values
            ],
            "priorities": [{"area": each.area, "value": each.value} for each in self.priorities],
            "rows": [each.as_stored() for each in self.rows],
            "sentences": [{"key": each.key, "words": each.words.model_dump()} for each in self.sentences],
            "contributed": [str(party) for party in self.contributed],
            "indicators": [each.as_stored() for each in self.indicators],
            **self._what_few_have,
        }

    @property
    def _what_few_have(self) -> dict[str, Any]:
        """Left out where there is none: work that was signed before stays the same bytes."""
        local = [each.as_stored() for each in self.local_pictures]
        risk = {} if self.risk_value is None else {"risk_value": self.risk_value}
        return risk | ({"local_pictures": local} if local else {})

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            template=stored["template"],
            template_version=stored["template_version"],
            level=Level(stored["level"]) if stored["level"] else None,
            level_text=TextReference.from_stored(stored["level_text"]),
            texts=tuple(_section_text(each) for each in stored["texts"]),
            area_values=tuple(
                AreaValue(each["area"], Party(each["party"]), each["value"]) for each in stored["area_values"]
            ),
            priorities=tuple(PriorityValue(each["area"], each["value"]) for each in stored["priorities"]),
            rows=tuple(ProblemRow.from_stored(each) for each in stored["rows"]),
            sentences=tuple(
                ChosenSentence(each["key"], Words(**each["words"])) for each in stored["sentences"]
            ),
            contributed=tuple(Party(each) for each in stored["contributed"]),
            indicators=tuple(TakenIndicator.from_stored(each) for each in stored.get("indicators", ())),
            local_pictures=tuple(LocalPicture.from_stored(each) for each in stored.get("local_pictures", ())),
            risk_value=stored.get("risk_value"),
        )


def _section_text(stored: Mapping[str, Any]) -> SectionText:
    text = TextReference.from_stored(stored["text"])
    assert text is not None
    return SectionText(SectionPlace.from_stored(stored), text)


@dataclass(frozen=True, slots=True)
class WorkInWords:
    """The work beside the words that it refers to; words that have been erased are not there."""

    work: CompiledWork
    words: Mapping[UUID, str] = field(default_factory=dict)
    #: Those whose words have been replaced by others; the rest of those without words are erased.
    replaced: frozenset[UUID] = frozenset()

    def of(self, text: TextReference | None) -> str | None:
        """The words; None where nothing was written, and where they are erased."""
        return self.words.get(text.text_id) if text else None

    def is_erased(self, text: TextReference | None) -> bool:
        return text is not None and text.text_id not in self.words

    def instead_of(self, text: TextReference) -> Words:
        """What is shown where the words are gone."""
        return REPLACED if text.text_id in self.replaced else ERASED

    def words_or_why(self, text: TextReference | None) -> str | Words | None:
        """The words, or why they are not there; None where nothing was written."""
        return (self.of(text) or self.instead_of(text)) if text else None

    @property
    def indicators(self) -> tuple[IndicatorValue, ...]:
        """The structural indicators as they were taken into the picture."""
        return tuple(
            IndicatorValue(each.indicator, each.year, each.value, self.words.get(each.source.text_id, ""))
            for each in self.work.indicators
        )

    def row_words(self, row: ProblemRow) -> "RowWords":
        written = self.of(row.text)
        return RowWords.from_written(written) if written else RowWords()


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a row of the table of problems says: Problembild – Troliga orsaker – Insatser."""

    what: str = ""
    where: str = ""
    how: str = ""
    when: str = ""
    causes: str = ""
    measures: str = ""
    purpose: str = ""

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Each part by its name, in the order of the table."""
        return tuple((name, getattr(self, name)) for name in self.__slots__)

    @property
    def is_blank(self) -> bool:
        return not any(words for _name, words in self.fields)

    @property
    def as_written(self) -> str:
        """One text, as it lies beside the log."""
        return json.dumps(dict(self.fields), ensure_ascii=False)

    @classmethod
    def from_written(cls, written: str) -> Self:
        return cls(**json.loads(written))
