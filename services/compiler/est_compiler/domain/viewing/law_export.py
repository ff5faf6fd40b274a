"""The annual analysis in the order of the Act (2023:196): what answers each part, and which are missing."""

from dataclasses import dataclass

from est_compiler.domain.sections.parts import FilledSection, Material, SectionTable
from est_contracts.vocabulary import (
    LAW_PARTS,
    LAW_TITLE,
    CollaborationDocument,
    LawAnswer,
    LawPart,
    Party,
    Role,
    Words,
)


@dataclass(frozen=True, slots=True)
class Coordinating:
    """A function (never a person) that coordinates, as the set-up has it."""

    function: str
    title: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AnsweredPart:
    """A part of the law with the sections that answer it."""

    part: LawPart
    sections: tuple[FilledSection, ...]
    functions: tuple[Coordinating, ...]
    is_missing: bool


@dataclass(frozen=True, slots=True)
class LawDocument:
    """The document that the law asks for, as far as the annual analysis answers it."""

    title: Words
    municipality_name: str
    period: str
    parts: tuple[AnsweredPart, ...]

    @property
    def missing(self) -> tuple[Words, ...]:
        """The parts that nobody has answered yet."""
        return tuple(each.part.words for each in self.parts if each.is_missing)


def law_export(material: Material, sections: tuple[FilledSection, ...]) -> LawDocument:
    """The filled sections of an annual analysis, laid out as the law asks."""
    by_name = {each.section.section_id: each for each in sections}
    functions = _coordinating(material.document)
    return LawDocument(
        title=LAW_TITLE,
        municipality_name=material.picture.municipality_name,
        period=material.picture.period,
        parts=tuple(_answered(part, by_name, functions) for part in LAW_PARTS),
    )


def _answered(
    part: LawPart, by_name: dict[str, FilledSection], functions: tuple[Coordinating, ...]
) -> AnsweredPart:
    sections = tuple(by_name[name] for name in part.sections if name in by_name)
    own = functions if part.answered_by is LawAnswer.FUNCTIONS else ()
    written = any(has_words(each) for each in sections)
    match part.answered_by:
        case LawAnswer.WORDS:
            is_missing = not written
        case LawAnswer.ANYTHING:
            is_missing = not written and not any(has_numbers(each) for each in sections)
        case LawAnswer.FUNCTIONS:
            is_missing = not written and not own
    return AnsweredPart(part, sections, own, is_missing)


def has_words(section: FilledSection) -> bool:
    """Whether people have written something that can still be read."""
    texts = [text.text for part in section.parts for text in part.texts]
    return any(texts) or any(not row.is_erased and not row.words.is_blank for row in section.rows)


def has_numbers(section: FilledSection) -> bool:
    """A table in which every value is missing answers nothing."""
    return any(part.lines for part in section.parts) or any(_has_values(table) for table in section.tables)


def _has_values(table: SectionTable) -> bool:
    return any(
        value is not None and not isinstance(value, Words) for row in table.rows for value in row.values
    )


def _coordinating(document: CollaborationDocument | None) -> tuple[Coordinating, ...]:
    """The municipality's own coordinators: the law speaks to the municipality."""
    if document is None:
        return ()
    coordinators = document.functions_with(Role.COORDINATOR)
    return tuple(
        Coordinating(each.function_id, each.title, document.organisation(each.organisation_id).name)
        for each in coordinators
        if document.organisation(each.organisation_id).party is Party.MUNICIPALITY
    )
