"""The general edition: what anyone may read. No number that could point to somebody, and no free words.

Each table divides the same total in one way, and no table divides it in two ways at once: whatever is hidden
in one of them cannot be worked out from another. Only the reports of a theme are divided once more, by entry
and organisation, and only where the theme's own number is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from est_compiler.domain.picture import Picture
from est_compiler.domain.viewing.around import ahead_blocks, coverage_blocks, problem_blocks
from est_compiler.domain.viewing.assessments import open_assessment_blocks
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.evidence import (
    AREAS,
    EVIDENCE,
    REPORTS_ROW,
    THEMES,
    TOTALS,
    map_block,
    severities_chart,
    severity_parts,
    themes_chart,
)
from est_compiler.domain.viewing.general_lines import general_sections
from est_compiler.domain.viewing.signing import signature_line
from est_compiler.domain.viewing.suppression import alone, is_small, parted
from est_compiler.domain.viewing.tables import Counted, compared_table, count_in, slots_of, summed
from est_compiler.domain.viewing.times import parts_of_day_blocks, weeks_chart
from est_compiler.domain.viewing.view import (
    UNKNOWN,
    Block,
    Figure,
    Heading,
    Paragraph,
    ParagraphKind,
    Table,
    figures_in,
    named,
)
from est_contracts.vocabulary import THEME_WORDS, PeriodKind, Theme, Words

ABOUT = Words(
    sv="Antal under tre visas inte, och inte heller tal som skulle avslöja dem. "
    "Det som parterna skriver till varandra finns bara i den interna utgåvan.",
    en="Counts under three are not shown, nor numbers that would give them away. "
    "What the parties write to each other stands in the internal edition only.",
)
WHOLE = Words(sv="Hela kommunen", en="The whole municipality")
#: Zero, and what is not known, say the same as a row that is not there.
NOTHING = (Figure(0), UNKNOWN)
TOO_FEW = Words(
    sv="För få rapporter för att visa hur de fördelar sig.",
    en="Too few reports to show how they are distributed.",
)


def general_blocks(brief: Brief) -> Iterator[Block]:
    """Totals, themes, areas, severity, parts of the day and weeks, each guarded by itself."""
    picture = brief.picture
    with_change = not brief.is_running
    yield from signature_line(brief)
    yield Paragraph(ABOUT, ParagraphKind.NOTE)
    themes = general_themes(brief)
    yield from general_sections(brief, themes)
    yield Heading("numbers", 2, EVIDENCE)
    yield general_totals(picture, with_change=with_change)
    if is_small(picture.reports):
        yield Paragraph(TOO_FEW, ParagraphKind.NOTE)
    else:
        yield from _divided(brief, themes)
    if _weeks_tell_nothing_hidden(picture):
        yield weeks_chart(picture, is_general=True)
    yield from coverage_blocks(picture, names_the_silent=False)
    yield from open_assessment_blocks(brief)
    yield from ahead_blocks(picture, is_general=True)
    yield from problem_blocks(picture, is_general=True)


def general_totals(picture: Picture, *, with_change: bool) -> Table:
    """All reports of each period."""
    return compared_table(
        picture,
        [Counted("reports", REPORTS_ROW, picture.total)],
        TOTALS,
        show=_alone,
        with_change=with_change,
    )


def general_themes(brief: Brief) -> Table:
    """The reports of each period, divided by theme; a theme that nothing was reported of is left out."""
    picture = brief.picture
    table = compared_table(
        picture, _every_theme(picture), THEMES, show=parted, with_change=not brief.is_running
    )
    return replace(
        table, rows=tuple(row for row in table.rows if any(each not in NOTHING for each in row.cells))
    )


def _divided(brief: Brief, themes: Table) -> Iterator[Block]:
    """The same total, divided in one way after the other."""
    picture = brief.picture
    with_change = not brief.is_running
    yield themes_chart(themes, is_running=brief.is_running)
    severities = parted(severity_parts(picture))
    if picture.assessed and not _is_blank(severities):
        yield severities_chart(picture, list(severities))
    if any(each.area is not None for each in picture.areas):
        areas = compared_table(picture, _every_area(brief), AREAS, show=parted, with_change=with_change)
        yield map_block(brief, areas, with_severity=False)
        yield areas
    parts_of_day = list(parts_of_day_blocks(picture))
    if not _is_blank([figure for block in parts_of_day for figure in figures_in(block)]):
        yield from parts_of_day


def _every_theme(picture: Picture) -> list[Counted]:
    """All of them, always in the same order: neither a place in it nor an absence tells a hidden number."""
    counts = {each.theme: each for each in picture.themes}
    return [Counted(str(theme), THEME_WORDS[theme], counts[theme]) for theme in Theme if theme in counts]


def _every_area(brief: Brief) -> list[Counted]:
    """The areas of the set-up, and all that has none of them in one last row, though there be nothing."""
    listed = {each.area_id for each in (brief.document.areas if brief.document else ())}
    areas = [each for each in brief.picture.areas if each.area in listed]
    others = [each for each in brief.picture.areas if each.area not in listed]
    rows = [
        Counted(each.area or "", named(each.name), each, is_marked=each.priority)
        for each in sorted(areas, key=lambda each: each.area or "")
    ]
    return [*rows, Counted("whole", WHOLE, summed(others, like=brief.picture.total))]


def _alone(parts: Sequence[int | None]) -> Sequence[Figure]:
    return [alone(part) for part in parts]


def _weeks_tell_nothing_hidden(picture: Picture) -> bool:
    """A week's picture holds its weeks beside each other; a longer one is made of them.

    The weeks of a longer period add up to its total, so they stand there only when none of them is hidden.
    """
    if picture.kind is PeriodKind.WEEK:
        return True
    weeks = [each.count.reports for each in picture.recent_weeks if each.count]
    totals = [count.reports for key, _words in slots_of(picture) if (count := count_in(picture.total, key))]
    return not any(is_small(each) for each in (*weeks, *totals))


def _is_blank(figures: Sequence[Figure]) -> bool:
    return all(each.hidden for each in figures)
