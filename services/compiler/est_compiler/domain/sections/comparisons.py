"""Counts against three earlier periods, in number and in severity, and what stayed low."""

from collections.abc import Callable

from est_compiler.domain.chance import PERCENT_FROM, clearly_more
from est_compiler.domain.picture import AreaCount, Compared, Count, Picture, ThemeCount
from est_compiler.domain.sections.parts import Basis, Line, Material, SectionTable, TableRow, same
from est_compiler.domain.wording.phrases import in_en, in_sv, written_period_name
from est_contracts.vocabulary import THEME_WORDS, PeriodKind, TemplateSection, Theme, Words, change_in_words

#: So few reports of a theme are a low level.
LOW = 2
#: Good news is counted, but it is no problem that could rise or stay low.
NOT_COMPARED = frozenset({Theme.POSITIVE})

NOW = Words(sv="Nu", en="Now")
TOTAL = "all"
ALL = Words(sv="Alla", en="All")
THEME = Words(sv="Tema", en="Theme")
AREA = Words(sv="Område", en="Area")
IN_NUMBER = Words(sv="Antal rapporter", en="Number of reports")
IN_SEVERITY = Words(sv="Allvarlighetsgrad: bedömda som 4–5", en="Severity: assessed as 4–5")
LAST_YEAR = Words(sv="samma period förra året", en="the same period last year")
THIN = Words(
    sv="Hälften eller färre av dem som skulle rapportera har hörts: jämförelsen säger lite.",
    en="Half or fewer of those who were to report have been heard: the comparison says little.",
)


def comparison_lines(material: Material, section: TemplateSection) -> tuple[Line, ...]:
    """One line for each theme that is not low; by area, one for each area with something to compare."""
    picture = material.picture
    cover = picture.coverage.now
    thin = (Line(f"{section.section_id}:thin", THIN),) if cover.due and cover.is_thin else ()
    if section.by_area:
        areas = (each for each in picture.areas if each.area is not None and _has_reports(each))
        return (*thin, *(_area_line(material, section, each) for each in areas))
    themes = (each for each in picture.themes if _is_compared(each, section) and not is_low(each))
    return (*thin, *(_theme_line(material, section, each) for each in themes))


def low_levels(material: Material, section: TemplateSection) -> tuple[Line, ...]:
    """The themes that nothing is said of above, in one line: low before, low still, and no escalation."""
    low = [each for each in material.picture.themes if _is_compared(each, section) and is_low(each)]
    if not low or not material.picture.is_known:
        return ()
    still = all(each.previous is not None and each.previous.reports <= LOW for each in low)
    sv = ", ".join(f"{THEME_WORDS[each.theme].sv} {each.now.reports}" for each in low)
    en = ", ".join(f"{THEME_WORDS[each.theme].en} {each.now.reports}" for each in low)
    begins = (
        Words(sv="Fortsatt låga nivåer", en="Levels still low")
        if still
        else Words(sv="Låga nivåer", en="Low levels")
    )
    words = Words(
        sv=f"{begins.sv} och ingen eskalering i övriga kategorier: {sv}.",
        en=f"{begins.en} and no escalation in other categories: {en}.",
    )
    number = sum(each.now.reports for each in low)
    basis = Basis(themes=tuple(each.theme for each in low))
    return (Line(f"{section.section_id}:low", words, number, basis),)


def is_low(compared: Compared) -> bool:
    """Few now; so few are never clearly more than before."""
    return compared.now.reports <= LOW


def comparison_tables(material: Material, section: TemplateSection) -> tuple[SectionTable, ...]:
    """The numbers and the severe ones among them, now and in the three periods they are held against."""
    picture = material.picture
    compared = _compared(picture, section)
    if not picture.is_known or not compared:
        return ()
    names = _period_names(picture)
    against = _held_against(picture)
    columns = (AREA if section.by_area else THEME, NOW, *(names[place - 1] for place in against))
    places = (0, *against)
    number = _rows(compared, _reports, places=places, keeps_all=section.by_area)
    severity = _rows(compared, _severe, places=places, keeps_all=section.by_area)
    return (
        SectionTable(f"{section.section_id}:number", IN_NUMBER, columns, number),
        SectionTable(f"{section.section_id}:severity", IN_SEVERITY, columns, severity),
    )


def _rows(
    compared: list[tuple[str, Words, Compared, Basis]],
    number_of: Callable[[Count | None], int | None],
    *,
    places: tuple[int, ...],
    keeps_all: bool,
) -> tuple[TableRow, ...]:
    """A theme that was nothing in all four periods stands among what is low and not here; the total stays."""
    rows = [
        TableRow(key, heading, tuple(number_of(_four(counts)[place]) for place in places), basis)
        for key, heading, counts, basis in compared
    ]
    return tuple(row for row in rows if keeps_all or row.key == TOTAL or any(row.values))


def _compared(picture: Picture, section: TemplateSection) -> list[tuple[str, Words, Compared, Basis]]:
    """What is held against earlier periods, row by row; the last row is all of it."""
    if section.by_area:
        return [
            (each.area, same(each.name), each, Basis(areas=(each.area,)))
            for each in picture.areas
            if each.area is not None
        ]
    rows: list[tuple[str, Words, Compared, Basis]] = [
        (str(each.theme), THEME_WORDS[each.theme], each, Basis(themes=(each.theme,)))
        for each in sorted(picture.themes, key=lambda each: list(Theme).index(each.theme))
        if not section.themes or each.theme in section.themes
    ]
    return rows if section.themes else [*rows, (TOTAL, ALL, picture.total, Basis())]


def _held_against(picture: Picture) -> tuple[int, ...]:
    """Which of the earlier periods it is held against; a year ago and the year before are the same."""
    is_year = picture.picture_period.kind is PeriodKind.YEAR
    return (1, 2) if is_year else (1, 2, 3)


def _period_names(picture: Picture) -> tuple[Words, Words, Words]:
    """What the three periods are called; where one is not known, what it would have been."""
    period, known = picture.picture_period, picture.compared_with
    named = [
        written_period_name(written or str(other), seen_from=period) if written or other else LAST_YEAR
        for written, other in (
            (known.previous, period.previous),
            (known.before_previous, period.before(2)),
            (known.last_year, period.last_year),
        )
    ]
    return named[0], named[1], named[2]


def _theme_line(material: Material, section: TemplateSection, theme: ThemeCount) -> Line:
    name = THEME_WORDS[theme.theme]
    basis = Basis(themes=(theme.theme,))
    return Line(f"{section.section_id}:{theme.theme}", _told(material, name, theme), theme.now.reports, basis)


def _area_line(material: Material, section: TemplateSection, area: AreaCount) -> Line:
    assert area.area is not None
    words = _told(material, same(area.name), area)
    return Line(f"{section.section_id}:{area.area}", words, area.now.reports, Basis(areas=(area.area,)))


def _told(material: Material, name: Words, compared: Compared) -> Words:
    """Skadegörelse 9: +3 mot v. 46, ±0 mot v. 45, +2 mot v. 47 2025. Ingen tydlig ökning …"""
    now, risen = compared.now.reports, _escalation(compared)
    about = Words(sv=f"{name.sv} {in_sv(now)}", en=f"{name.en} {in_en(now)}")
    if material.is_running:
        about = Words(sv=f"{about.sv} hittills", en=f"{about.en} so far")
    against = _against(material, compared)
    if not against:
        return Words(sv=f"{about.sv}. {risen.sv}", en=f"{about.en}. {risen.en}")
    sv, en = ", ".join(each.sv for each in against), ", ".join(each.en for each in against)
    return Words(sv=f"{about.sv}: {sv}. {risen.sv}", en=f"{about.en}: {en}. {risen.en}")


def _against(material: Material, compared: Compared) -> list[Words]:
    """The difference to each earlier period that is known; while it goes on they are whole ones."""
    whole = ("hela ", "all of ") if material.is_running else ("", "")
    four, names, now = _four(compared), _period_names(material.picture), compared.now.reports
    return [
        Words(
            sv=f"{change_in_words(now - then.reports).sv} mot {whole[0]}{names[place - 1].sv}",
            en=f"{change_in_words(now - then.reports).en} on {whole[1]}{names[place - 1].en}",
        )
        for place in _held_against(material.picture)
        if (then := four[place]) is not None
    ]


def _escalation(compared: Compared) -> Words:
    """Whether it has clearly grown, in number or in severity, since either of the two periods before."""
    before = [each for each in (compared.previous, compared.before_previous) if each is not None]
    if not before:
        return Words(sv="Det finns inget att jämföra med.", en="There is nothing to compare with.")
    more = any(_has_risen(compared.now, each) for each in before)
    worse = any(_has_risen(_severe_count(compared.now), _severe_count(each)) for each in before)
    if more and worse:
        return Words(
            sv="Tydlig ökning i antal och i allvarlighetsgrad.", en="A clear rise in number and in severity."
        )
    if more:
        return Words(
            sv="Tydlig ökning i antal, men inte i allvarlighetsgrad.",
            en="A clear rise in number, but not in severity.",
        )
    if worse:
        return Words(
            sv="Tydlig ökning i allvarlighetsgrad, men inte i antal.",
            en="A clear rise in severity, but not in number.",
        )
    if all(max(compared.now.reports, each.reports) < PERCENT_FROM for each in before):
        return Words(sv="För få för att säga om det har ökat.", en="Too few to tell whether it has risen.")
    return Words(
        sv="Ingen tydlig ökning i antal eller allvarlighetsgrad.",
        en="No clear rise in number or severity.",
    )


def _has_risen(now: Count, then: Count | None) -> bool:
    return then is not None and clearly_more(now, then)


def _severe_count(count: Count) -> Count:
    return Count(reports=count.severe)


def _four(compared: Compared) -> tuple[Count | None, ...]:
    return compared.now, compared.previous, compared.before_previous, compared.last_year


def _reports(count: Count | None) -> int | None:
    return None if count is None else count.reports


def _severe(count: Count | None) -> int | None:
    return None if count is None else count.severe


def _is_compared(theme: ThemeCount, section: TemplateSection) -> bool:
    return theme.theme not in NOT_COMPARED and (not section.themes or theme.theme in section.themes)


def _has_reports(compared: Compared) -> bool:
    return any(each is not None and each.reports for each in _four(compared))
