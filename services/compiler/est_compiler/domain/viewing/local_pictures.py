"""Organisation model B: what the local groups have published, in the strategic picture."""

from collections.abc import Iterator

from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import (
    Block,
    Heading,
    Line,
    Lines,
    Paragraph,
    ParagraphKind,
    named,
)
from est_contracts.vocabulary import LEVEL_WORDS, Words, picture_path

LOCAL_GROUPS = Words(sv="De lokala grupperna", en="The local groups")
NO_LEVEL = Words(sv="Ingen lägesnivå är satt.", en="No level is set.")
NOT_PUBLISHED = Words(
    sv="Har inte publicerat någon lägesbild av perioden.", en="Has published no picture of the period."
)


def local_picture_blocks(brief: Brief) -> Iterator[Block]:
    """Each group's level, headline and chosen sentences, with the way to the version; or that it has none."""
    if not brief.local_pictures:
        return
    yield Heading("local_pictures", 2, LOCAL_GROUPS)
    for each in brief.local_pictures:
        yield Heading(f"local_{each.group}", 3, named(each.name))
        if each.version is None:
            yield Paragraph(NOT_PUBLISHED, ParagraphKind.EMPTY)
        else:
            yield Lines(f"local_{each.group}_lines", tuple(_lines(brief, each)))


def _lines(brief: Brief, local: LocalPicture) -> Iterator[Line]:
    key = f"local:{local.group}"
    yield Line(f"{key}:level", LEVEL_WORDS[local.level] if local.level else NO_LEVEL)
    if local.headline is not None:
        yield Line(f"{key}:headline", local.headline)
    for place, sentence in enumerate(local.sentences):
        yield Line(f"{key}:sentence:{place}", sentence)
    picture = brief.picture
    yield Line(
        f"{key}:version",
        Words(
            sv=f"Gruppens lägesbild, version {local.version}",
            en=f"The group's picture, version {local.version}",
        ),
        path=picture_path(
            picture.municipality, period=picture.period, scope=local.group, version=str(local.version)
        ),
    )
