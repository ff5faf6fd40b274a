"""Making an edition: the same picture, told to another reader."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from est_compiler.domain.sections.headers import lines_under_the_title, title_of
from est_compiler.domain.sections.parts import same
from est_compiler.domain.viewing.analysed_before import analysed_before_blocks
from est_compiler.domain.viewing.around import ahead_blocks, coverage_blocks, problem_blocks
from est_compiler.domain.viewing.assessments import assessment_blocks
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.changed import changed_blocks
from est_compiler.domain.viewing.duty_officer import duty_officer_blocks
from est_compiler.domain.viewing.evidence import (
    AREAS,
    EVIDENCE,
    THEMES,
    areas_of,
    evidence_blocks,
    themes_of,
    totals_table,
)
from est_compiler.domain.viewing.general import general_blocks, general_themes, general_totals
from est_compiler.domain.viewing.general_words import general_headline, general_sentences
from est_compiler.domain.viewing.local_pictures import local_picture_blocks
from est_compiler.domain.viewing.sections import section_blocks
from est_compiler.domain.viewing.signing import signature_blocks
from est_compiler.domain.viewing.suppression import is_small
from est_compiler.domain.viewing.tables import compared_table
from est_compiler.domain.viewing.view import Block, Heading, Paragraph, View
from est_contracts.vocabulary import Edition, Words, picture_path

PICTURE = Words(sv="Lägesbild", en="Situation picture")


def view_of(brief: Brief, edition: Edition) -> View:
    """One edition of a picture."""
    picture = brief.picture
    general = edition is Edition.GENERAL
    material = brief.material
    return View(
        edition=edition,
        municipality=picture.municipality,
        municipality_name=picture.municipality_name,
        period=picture.period,
        kind=picture.kind,
        first_day=picture.first_day,
        last_day=picture.last_day,
        period_name=picture.picture_period.name,
        scope=picture.scope,
        scope_name=same(picture.scope_name) if picture.scope_name else None,
        template=brief.template.template_id if brief.template else None,
        title=title_of(material) if material else PICTURE,
        stated=replace(brief.stated, note=None) if general else brief.stated,
        level=brief.level,
        # What people write about the level is for those who take part.
        level_words=None if general else brief.level_words,
        # The duty officer's page has room for what the duty officer needs.
        public_words=None if edition is Edition.DUTY_OFFICER else brief.public_words,
        headline=general_headline(brief) if general else brief.headline,
        sentences=_general_sentences(brief) if general else brief.sentences,
        blocks=tuple(BLOCKS[edition](brief)),
        known=brief.known,
        # Whoever guesses at a hidden number could try the guess against it.
        fingerprint=None if general else brief.fingerprint,
        path=picture_path(picture.municipality, period=picture.period, scope=picture.scope),
    )


def _general_sentences(brief: Brief) -> tuple[Words, ...]:
    with_change = not brief.is_running
    totals = general_totals(brief.picture, with_change=with_change)
    themes = None if is_small(brief.picture.reports) else general_themes(brief)
    return general_sentences(brief.picture, totals, themes)


def _internal(brief: Brief) -> Iterator[Block]:
    """The template's sections first, then all the evidence."""
    yield from _under_the_title(brief)
    yield from section_blocks(brief)
    yield from local_picture_blocks(brief)
    yield from signature_blocks(brief)
    yield from changed_blocks(brief)
    yield from evidence_blocks(brief)
    yield from coverage_blocks(brief.picture, names_the_silent=True)
    yield from assessment_blocks(brief)
    yield from ahead_blocks(brief.picture)
    yield from problem_blocks(brief.picture)
    yield from analysed_before_blocks(brief)


def _plain(brief: Brief) -> Iterator[Block]:
    """To be pasted: the sections, and the numbers that fit beside each other."""
    picture, with_change = brief.picture, not brief.is_running
    yield from _under_the_title(brief)
    yield from section_blocks(brief)
    yield from local_picture_blocks(brief)
    yield from signature_blocks(brief)
    yield from changed_blocks(brief)
    yield Heading("numbers", 2, EVIDENCE)
    yield totals_table(picture, with_change=with_change)
    yield compared_table(picture, themes_of(picture), THEMES, with_change=with_change)
    if any(each.area is not None for each in picture.areas):
        yield compared_table(picture, areas_of(picture), AREAS, with_change=with_change)
    yield from coverage_blocks(picture, names_the_silent=True)
    yield from assessment_blocks(brief)
    yield from ahead_blocks(picture)
    yield from problem_blocks(picture)
    yield from analysed_before_blocks(brief)


def _under_the_title(brief: Brief) -> Iterator[Block]:
    material = brief.material
    if material is not None:
        yield from (Paragraph(words) for words in lines_under_the_title(material))


BLOCKS: Mapping[Edition, Callable[[Brief], Iterator[Block]]] = {
    Edition.INTERNAL: _internal,
    Edition.GENERAL: general_blocks,
    Edition.DUTY_OFFICER: duty_officer_blocks,
    Edition.PLAIN_TEXT: _plain,
}
