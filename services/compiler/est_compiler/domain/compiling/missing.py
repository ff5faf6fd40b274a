"""What is missing before a picture is published: a list that the coordinators go through."""

from collections.abc import Iterator

from est_compiler.domain.compiling.around import Around
from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.compiling.missing_things import Missing, MissingKind
from est_compiler.domain.compiling.needs import needs_of_template
from est_compiler.domain.compiling.placing import values_risk
from est_compiler.domain.compiling.state import CompilationState
from est_compiler.domain.compiling.work import ChosenSentence, CompiledWork
from est_contracts.vocabulary import THE_PARTY_WORDS, Party, PictureTemplate, SectionKind, Words

__all__ = [
    "Missing",
    "MissingKind",
    "first_in_a_sentence",
    "missing_before_publication",
    "outdated_sentences",
    "signatures_missing",
]


def missing_before_publication(
    compilation: CompilationState,
    *,
    around: Around,
    template: PictureTemplate,
    suggested: tuple[ChosenSentence, ...] | None = None,
    flowing_in: tuple[LocalPicture, ...] = (),
) -> tuple[Missing, ...]:
    """All that is missing, in the order in which one sees to it. A week's empty sections are fine."""
    return (
        *_level(compilation),
        *_parts(compilation, around),
        *(_area_values(compilation, around) if _assesses_areas(template) else ()),
        *(_risk_value(compilation) if values_risk(template, around) else ()),
        *_local_pictures(compilation, flowing_in),
        *needs_of_template(compilation, around=around, template=template),
        *_sentences(compilation.work, suggested),
        *_public_text(compilation, around),
        *_signatures(compilation, around),
    )


def outdated_sentences(work: CompiledWork, suggested: tuple[ChosenSentence, ...]) -> tuple[str, ...]:
    """The adopted sentences that the numbers do not give, or not in these words."""
    return tuple(each.key for each in work.sentences if each not in suggested)


def signatures_missing(compilation: CompilationState, around: Around) -> tuple[Party, ...]:
    """Who has not signed what stands now."""
    return tuple(party for party in around.in_force.signatories if party not in compilation.signatures)


def _level(compilation: CompilationState) -> Iterator[Missing]:
    if compilation.level is None:
        yield Missing(MissingKind.LEVEL, Words(sv="Lägesnivån är inte satt.", en="The level is not set."))


def _parts(compilation: CompilationState, around: Around) -> Iterator[Missing]:
    for party in around.in_force.signatories:
        if party in compilation.contributed:
            continue
        name = first_in_a_sentence(party)
        yield Missing(
            MissingKind.PART,
            Words(
                sv=f"{name.sv} har inte bidragit med sin del.",
                en=f"Not contributed yet: the part of {THE_PARTY_WORDS[party].en}.",
            ),
            party=party,
        )


def _assesses_areas(template: PictureTemplate) -> bool:
    return any(section.kind is SectionKind.AREA_VALUES for section in template.all_sections())


def _area_values(compilation: CompilationState, around: Around) -> Iterator[Missing]:
    for party in around.in_force.signatories:
        areas = tuple(
            area for area in sorted(around.areas_to_assess) if (area, party) not in compilation.area_values
        )
        if areas:
            name, them, count = first_in_a_sentence(party), THE_PARTY_WORDS[party].en, len(areas)
            yield Missing(
                MissingKind.AREA_VALUE,
                Words(
                    sv=f"{name.sv} har {count} {'område' if count == 1 else 'områden'} kvar att bedöma.",
                    en=f"Left to assess by {them}: {count} {'area' if count == 1 else 'areas'}.",
                ),
                party=party,
                areas=areas,
            )


def _risk_value(compilation: CompilationState) -> Iterator[Missing]:
    if compilation.risk_value is None:
        yield Missing(
            MissingKind.RISK_VALUE, Words(sv="Riskvärdet är inte satt.", en="The risk value is not set.")
        )


def _local_pictures(compilation: CompilationState, flowing_in: tuple[LocalPicture, ...]) -> Iterator[Missing]:
    for each in flowing_in:
        if each.version is None:
            yield Missing(
                MissingKind.LOCAL_PICTURE,
                Words(
                    sv=f"{each.name} har inte publicerat sin lägesbild.",
                    en=f"Not published yet: the picture of {each.name}.",
                ),
            )
    if flowing_in != compilation.local_pictures:
        yield Missing(
            MissingKind.LOCAL_PICTURE,
            Words(
                sv="En lokal grupp har publicerat sedan bilderna togs in. Ta in dem på nytt.",
                en="A local group has published since the pictures were taken in. Take them in again.",
            ),
        )


def _sentences(work: CompiledWork, suggested: tuple[ChosenSentence, ...] | None) -> Iterator[Missing]:
    if suggested is not None and outdated_sentences(work, suggested):
        yield Missing(
            MissingKind.SENTENCE,
            Words(
                sv="En vald mening säger inte längre samma sak som siffrorna. Välj meningarna på nytt.",
                en="A chosen sentence no longer says what the numbers say. Choose the sentences again.",
            ),
            blocks=True,
        )


def _public_text(compilation: CompilationState, around: Around) -> Iterator[Missing]:
    """Where anyone may read the picture, its numbers alone say little."""
    key = around.key
    if around.in_force.opens(key.period.kind, key.scope) and compilation.work.public_text is None:
        yield Missing(
            MissingKind.PUBLIC_TEXT,
            Words(
                sv="Bilden blir öppen för alla, men inget är skrivet till allmänheten.",
                en="Anyone will be able to read the picture, but nothing is written to the public.",
            ),
        )


def _signatures(compilation: CompilationState, around: Around) -> Iterator[Missing]:
    for party in signatures_missing(compilation, around):
        name = first_in_a_sentence(party)
        yield Missing(
            MissingKind.SIGNATURE,
            Words(sv=f"{name.sv} har inte signerat.", en=f"Not signed yet by {THE_PARTY_WORDS[party].en}."),
            blocks=True,
            party=party,
        )


def first_in_a_sentence(party: Party) -> Words:
    """The party as the first word of a sentence."""
    name = THE_PARTY_WORDS[party]
    return Words(sv=name.sv[0].upper() + name.sv[1:], en=name.en[0].upper() + name.en[1:])
