"""The annual analysis as the document that the Act (2023:196) asks for: a view, for every format."""

from collections.abc import Iterator
from dataclasses import replace

from est_compiler.domain.publishing.refusals import PictureIsNoAnnualAnalysis
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.law_export import (
    AnsweredPart,
    LawDocument,
    has_numbers,
    has_words,
    law_export,
)
from est_compiler.domain.viewing.sections import blocks_under
from est_compiler.domain.viewing.signing import signature_blocks
from est_compiler.domain.viewing.view import Block, Heading, Line, Lines, Paragraph, ParagraphKind, View
from est_contracts.vocabulary import LAW_PARTS, Edition, Words

NOT_ANSWERED = Words(sv="Saknas i årsanalysen.", en="Missing in the annual analysis.")
ALL_ANSWERED = Words(
    sv="Alla delar som lagen frågar efter är besvarade.", en="All parts that the Act asks for are answered."
)
#: Under the parts of the law.
SECTION_LEVEL = 3


def law_view(brief: Brief) -> View:
    """The parts of the law in order, with the sections that answer them; what is missing is named first.

    Last stands who has signed, or is to.
    """
    material = brief.material
    named = {name for part in LAW_PARTS for name in part.sections}
    if material is None or not named <= {each.section_id for each in material.template.all_sections()}:
        raise PictureIsNoAnnualAnalysis
    document = law_export(material, fill_sections(material))
    around = view_of(brief, Edition.INTERNAL)
    return replace(around, title=document.title, blocks=(*_blocks(document), *signature_blocks(brief)))


def _blocks(document: LawDocument) -> Iterator[Block]:
    yield _summary(document)
    for answered in document.parts:
        yield Heading(f"law_{answered.part.part_id}", 2, answered.part.words)
        yield Paragraph(answered.part.help, ParagraphKind.NOTE)
        yield from _answer(answered)


def _summary(document: LawDocument) -> Paragraph:
    if not document.missing:
        return Paragraph(ALL_ANSWERED)
    sv, en = (", ".join(getattr(words, language) for words in document.missing) for language in ("sv", "en"))
    return Paragraph(Words(sv=f"Ännu inte besvarat: {sv}.", en=f"Not answered yet: {en}."))


def _answer(answered: AnsweredPart) -> Iterator[Block]:
    if answered.is_missing:
        yield Paragraph(NOT_ANSWERED, ParagraphKind.EMPTY)
    if answered.functions:
        yield Lines(
            f"law_{answered.part.part_id}_functions",
            tuple(
                Line(each.function, Words(sv=told, en=told))
                for each in answered.functions
                for told in (f"{each.title}, {each.organisation}",)
            ),
        )
    for filled in answered.sections:
        if has_words(filled) or has_numbers(filled):
            if filled.words != answered.part.words:
                yield Heading(filled.section.section_id, SECTION_LEVEL, filled.words)
            yield from blocks_under(replace(filled, depth=1))
