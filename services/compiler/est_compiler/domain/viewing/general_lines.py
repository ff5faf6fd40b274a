"""A template's headings in the general edition: numbers by entry and organisation, small ones hidden."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from est_compiler.domain.picture import Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.suppression import is_small, parted
from est_compiler.domain.viewing.tables import NOW
from est_compiler.domain.viewing.view import (
    KEPT_BACK_WORDS,
    Block,
    Figure,
    Heading,
    Line,
    Lines,
    Paragraph,
    ParagraphKind,
    Table,
    named,
)
from est_contracts.vocabulary import (
    SectionKind,
    TemplateSection,
    Theme,
    UnknownChecklistEntry,
    Words,
    entry,
    number_in_words,
)

OTHERS = Words(sv="Andra", en="Others")
#: Nothing, or so little that it is not told which.
LITTLE = Words(sv="Inget, eller för få för att visas.", en="Nothing, or too few to be shown.")
SOME_LEFT = Words(sv="Små antal visas inte.", en="Small counts are not shown.")
FIRST_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What an organisation, or several that are small together (None), reports of one entry."""

    entry: str
    organisation: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class GuardedShares:
    """The shares of every theme that may be divided, and the themes that may not."""

    shares: dict[Theme, list[tuple[Share, Figure]]]
    #: Themes whose own number is hidden, or whose shares would tell a hidden one.
    undivided: frozenset[Theme]


def general_sections(brief: Brief, themes: Table) -> Iterator[Block]:
    """The headings under which reports are counted, in the template's order."""
    if brief.template is None:
        return
    guarded = guarded_shares(brief.picture, themes)
    yield from _sections(brief, brief.template.sections, guarded, level=FIRST_LEVEL)


def _sections(
    brief: Brief, sections: tuple[TemplateSection, ...], guarded: GuardedShares, *, level: int
) -> Iterator[Block]:
    for section in sections:
        below = list(_sections(brief, section.sections, guarded, level=level + 1))
        if section.kind is SectionKind.COUNTS:
            yield Heading(section.section_id, level, section.words)
            yield from _counted(brief, section, guarded)
        elif below:
            yield Heading(section.section_id, level, section.words)
        yield from below


def _counted(brief: Brief, section: TemplateSection, guarded: GuardedShares) -> Iterator[Block]:
    found = [
        (share, figure)
        for theme, shares in guarded.shares.items()
        for share, figure in shares
        if share.entry in section.entries or theme in section.themes
    ]
    lines = [_line(brief, section, share, figure) for share, figure in sorted(found, key=_in_order(section))]
    if lines:
        yield Lines(f"{section.section_id}_lines", tuple(lines))
    if _may_hold(section, guarded.undivided, brief):
        yield Paragraph(SOME_LEFT if lines else LITTLE, ParagraphKind.NOTE)
    elif not lines and brief.template is not None:
        yield Paragraph(brief.template.empty, ParagraphKind.EMPTY)


def _in_order(section: TemplateSection) -> Callable[[tuple[Share, Figure]], tuple[int, str, bool, str]]:
    """As the heading lists its entries, and under each the organisations by name."""
    places = {entry_id: place for place, entry_id in enumerate(section.entries)}
    return lambda found: (
        places.get(found[0].entry, len(places)),
        found[0].entry,
        found[0].organisation is None,
        found[0].organisation or "",
    )


def guarded_shares(picture: Picture, themes: Table) -> GuardedShares:
    """What each theme's own number is divided into; nothing where that number is not shown."""
    shares: dict[Theme, list[tuple[Share, Figure]]] = {}
    undivided = set()
    numbers = _now_by_theme(themes)
    for theme, parts in _shares(picture).items():
        figures = parted([each.reports for each in parts])
        if numbers[theme].hidden or (parts and all(each.hidden for each in figures)):
            undivided.add(theme)
        else:
            shares[theme] = list(zip(parts, figures, strict=True))
    return GuardedShares(shares, frozenset(undivided))


def _now_by_theme(themes: Table) -> dict[str, Figure]:
    """Nothing is known of a theme that does not stand in the table: nothing was reported of it."""
    now = [column.key for column in themes.columns].index(NOW)
    found: defaultdict[str, Figure] = defaultdict(lambda: Figure(0))
    for row in themes.rows:
        cell = row.cells[now]
        if isinstance(cell, Figure):
            found[row.key] = cell
    return found


def _shares(picture: Picture) -> dict[Theme, list[Share]]:
    """How much each organisation reports of each entry of a theme; small ones stand together."""
    counts: defaultdict[Theme, defaultdict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for cell in picture.cells:
        if cell.now.reports:
            counts[cell.theme][cell.entry, cell.organisation] += cell.now.reports
    return {theme: _merged(by_entry) for theme, by_entry in counts.items()}


def _merged(counts: dict[tuple[str, str], int]) -> list[Share]:
    others: defaultdict[str, int] = defaultdict(int)
    shares = []
    for (entry_id, organisation), reports in sorted(counts.items()):
        if is_small(reports):
            others[entry_id] += reports
        else:
            shares.append(Share(entry_id, organisation, reports))
    return [*shares, *(Share(entry_id, None, reports) for entry_id, reports in others.items())]


def _may_hold(section: TemplateSection, undivided: frozenset[Theme], brief: Brief) -> bool:
    """Whether something of an undivided theme could stand here; whether it does is not told."""
    return any(theme in undivided for theme in section.themes) or any(
        _theme_of(entry_id, brief) in undivided for entry_id in section.entries
    )


def _theme_of(entry_id: str, brief: Brief) -> Theme | None:
    """By the checklists, never by what was reported."""
    for own in brief.document.own_checklists if brief.document else ():
        for listed in own.entries:
            if listed.entry_id == entry_id:
                return listed.theme
    try:
        return entry(entry_id).theme
    except UnknownChecklistEntry:
        return None


def _line(brief: Brief, section: TemplateSection, share: Share, figure: Figure) -> Line:
    picture = brief.picture
    organisations = {each.organisation: each.name for each in picture.organisations}
    entries = {each.entry: each.name for each in picture.entries}
    who = (
        OTHERS
        if share.organisation is None
        else named(organisations.get(share.organisation, share.organisation))
    )
    what = None if section.entries == (share.entry,) else entries.get(share.entry)
    words = _reported(who, figure)
    if what is not None:
        words = Words(sv=f"{words.sv}: {what.sv}", en=f"{words.en}: {what.en}")
    return Line(
        key=f"{section.section_id}:{share.entry}:{share.organisation or 'others'}",
        words=words,
        figure=figure,
        organisation=share.organisation,
        entries=(share.entry,),
    )


def _reported(who: Words, figure: Figure) -> Words:
    """In the words of the source: AB Bostäder rapporterar om 13 fall."""
    if figure.small:
        return Words(sv=f"{who.sv} rapporterar om färre än 3 fall", en=f"{who.en} report fewer than 3 cases")
    if figure.hidden:
        return Words(
            sv=f"{who.sv} rapporterar om fall, antalet {KEPT_BACK_WORDS.sv}",
            en=f"{who.en} report cases, the number is {KEPT_BACK_WORDS.en}",
        )
    number = number_in_words(float(figure.value or 0))
    return Words(sv=f"{who.sv} rapporterar om {number.sv} fall", en=f"{who.en} report {number.en} cases")
