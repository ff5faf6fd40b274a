"""What people judge: each party's assessment of each area, and the risk values of the meetings."""

from collections.abc import Iterator

from est_compiler.domain.sections.values import assessment
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import UNKNOWN, Block, Column, Figure, Heading, Row, Table, Unit, named
from est_compiler.domain.wording.phrases import written_period_name
from est_contracts.vocabulary import PARTY_WORDS, Party, SectionKind, Words

ASSESSMENTS = Words(sv="Bedömningar", en="Assessments")


def assessment_blocks(brief: Brief) -> Iterator[Block]:
    """The parties' assessments of the areas, wherever any is given, and the risk values."""
    tables = [*_area_values(brief), *_risk_values(brief)]
    if tables:
        yield Heading("assessments", 2, ASSESSMENTS)
        yield from tables


def open_assessment_blocks(brief: Brief) -> Iterator[Block]:
    """For anyone: the risk values, which the parties give together.

    What one party thinks of one area is said so that the others can weigh it. It may rest on one person's
    word, and of a small area it is soon told as a fact; the level is what they stand for together.
    """
    tables = [*_risk_values(brief)]
    if tables:
        yield Heading("assessments", 2, ASSESSMENTS)
        yield from tables


def _area_values(brief: Brief) -> Iterator[Table]:
    """Where the template has a section for them, they stand there."""
    sections = brief.template.all_sections() if brief.template else ()
    if any(section.kind is SectionKind.AREA_VALUES for section in sections):
        return
    names = {each.area: each.name for each in brief.picture.areas if each.area is not None}
    names |= {each.area: each.name for each in brief.picture.returned.areas if each.area not in names}
    given = {
        (area, party): value
        for area in names
        for party in Party
        if (value := assessment(brief.picture, brief.work, area, party=party)) is not None
    }
    parties = [party for party in PARTY_WORDS if any(by is party for _area, by in given)]
    if given:
        yield Table(
            name="area_values",
            caption=Words(sv="Samlad bedömning per område (1–5)", en="Overall assessment by area (1–5)"),
            corner=Words(sv="Område", en="Area"),
            columns=tuple(Column(str(party), PARTY_WORDS[party], Unit.SCALE) for party in parties),
            rows=tuple(
                Row(area, named(name), tuple(Figure(given.get((area, party))) for party in parties))
                for area, name in names.items()
                if any(assessed == area for assessed, _by in given)
            ),
        )


def _risk_values(brief: Brief) -> Iterator[Table]:
    given, seen_from = brief.risk_series, brief.picture.picture_period
    if any(each.value is not None for each in given):
        yield Table(
            name="risk_values",
            caption=Words(sv="Riskvärde per rapporteringsperiod", en="Risk value by reporting period"),
            corner=Words(sv="Period", en="Period"),
            columns=(Column("risk", Words(sv="Riskvärde", en="Risk value"), Unit.SCALE),),
            rows=tuple(
                Row(
                    each.period,
                    written_period_name(each.period, seen_from=seen_from),
                    (UNKNOWN if each.value is None else Figure(each.value),),
                )
                for each in given
            ),
        )
