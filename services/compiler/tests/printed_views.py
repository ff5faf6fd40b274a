"""Views to print: a week of Valboås with one of every kind of block, and one with far too much in it."""

from datetime import UTC, date, datetime, timedelta

from est_compiler.domain.picture import Known, YearMark
from est_compiler.domain.viewing.view import (
    HIDDEN,
    KEPT_BACK,
    Block,
    ChartBlock,
    ChartKind,
    Column,
    Contact,
    Contacts,
    Figure,
    Heading,
    Line,
    Lines,
    MapArea,
    MapBlock,
    Paragraph,
    ParagraphKind,
    Row,
    Standing,
    Stated,
    Table,
    Unit,
    View,
    named,
)
from est_contracts.vocabulary import CalendarKind, Edition, Level, PeriodKind, Week, Words

PUBLISHED = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
FINGERPRINT = "3f" * 32
NASTY = 'Hundra % av #alla *stjärnor*, <b>taggar</b>, $x$ och "citat" \\ { } @fot är text.'
THEMES = (
    Words(sv="Skadegörelse", en="Vandalism"),
    Words(sv="Stöld", en="Theft"),
    Words(sv="Brand", en="Fire"),
)
DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def themes(name: str = "themes") -> Table:
    columns = (
        Column("now", Words(sv="v. 47", en="w. 47")),
        Column("change", Words(sv="Förändring", en="Change"), Unit.CHANGE),
        Column("previous", Words(sv="v. 46", en="w. 46")),
    )
    numbers = ((9, 3, 6), (1234, -17, 1251), (0, 0, 0))
    rows = [
        Row(f"theme_{index}", words, tuple(Figure(each) for each in numbers[index]))
        for index, words in enumerate(THEMES)
    ]
    rows.append(Row("positive", Words(sv="Positivt", en="Positive"), (HIDDEN, KEPT_BACK, Figure(4))))
    caption = Words(sv="Rapporter per tema", en="Reports by theme")
    return Table(name, caption, Words(sv="Tema", en="Theme"), columns, tuple(rows))


def chart(
    kind: ChartKind, table: Table, *, marks: tuple[YearMark, ...] = (), begins: date | None = None
) -> ChartBlock:
    title = Words(sv=f"Diagram över {table.name}", en=f"Chart of {table.name}")
    says = Words(sv="Vad det visar.", en="What it shows.")
    return ChartBlock(f"chart_{table.name}", kind, title, says, table, marks, begins)


def hours(parts: int = 24) -> ChartBlock:
    long = 24 // parts
    columns = [
        Column(f"from_{part}", named(f"{part * long:02}–{(part + 1) * long:02}")) for part in range(parts)
    ]
    rows = [
        Row(str(day), named(name), tuple(Figure(day * part) for part in range(parts)))
        for day, name in enumerate(DAYS)
    ]
    table = Table("hours", named("Timmar"), named("Veckodag"), tuple(columns), tuple(rows))
    return chart(ChartKind.HEAT, table)


def weeks(*, later: timedelta = timedelta(0)) -> ChartBlock:
    """The weeks begin so many days after Monday, and all that is marked happens as much later."""
    columns = (
        Column("reports", Words(sv="Rapporter", en="Reports")),
        Column("due", Words(sv="Väntade svar", en="Due"), Unit.RETURNS),
        Column("heard", Words(sv="Inkomna svar", en="Heard"), Unit.RETURNS),
    )
    first = Week.parse("2025-W47")
    names = [str(Week.of_day(date.fromordinal(first.monday.toordinal() + 7 * each))) for each in range(53)]
    rows = [
        Row(name, named(name), (Figure(None if each == 9 else 30 + each % 7), Figure(12), Figure(11)))
        for each, name in enumerate(names)
    ]
    table = Table("weeks", named("Ett år"), Words(sv="Vecka", en="Week"), columns, tuple(rows))
    autumn = (date(2026, 10, 26) + later, date(2026, 10, 30) + later)
    break_days = YearMark(CalendarKind.SCHOOL_BREAK, named("Höstlov"), *autumn)
    measure = YearMark(None, named("Belysning"), date(2026, 9, 10) + later, date(2026, 9, 10) + later)
    return chart(ChartKind.WEEKS, table, marks=(break_days, measure), begins=first.monday + later)


def area_map() -> MapBlock:
    corner = ((13.0, 58.0), (13.1, 58.0), (13.1, 58.1), (13.0, 58.1))
    areas = (
        MapArea("9901R001", "Centrum", None, True, (corner,), Figure(12), Figure(9), Figure(1)),
        MapArea("9901R002", "Norrängen", None, False, (), HIDDEN, Figure(3), KEPT_BACK),
    )
    return MapBlock("map", named("Var"), named("Rapporter per område."), areas)


def problems() -> Table:
    columns = (
        Column("causes", Words(sv="Troliga orsaker", en="Likely causes"), Unit.WORDS),
        Column("measures", Words(sv="Insatser", en="Measures"), Unit.WORDS),
    )
    row = Row("p1", named("Klotter vid skolan, kvällar"), ("Dålig belysning.", "Lagas före fredag."))
    return Table("problems", Words(sv="Problembild", en="Problems"), named("Vad"), columns, (row,))


def contacts() -> Contacts:
    purpose = Words(sv="Om lägesbilden", en="About the picture")
    return Contacts(
        "contacts",
        (Contact("f1", "Samordnare", "Kommunen", purpose, "08-465 004 02", "est@valboas.example"),),
    )


def every_block() -> tuple[Block, ...]:
    return (
        Heading("unsafe", 2, Words(sv="Otrygga miljöer", en="Unsafe places")),
        Paragraph(NASTY, ParagraphKind.WRITTEN, Words(sv="Polisen", en="The police")),
        Lines("lines", (Line("one", Words(sv="Polisen: 13 stölder", en="Police: 13 thefts"), Figure(13)),)),
        Heading("deep", 4, Words(sv="Extremism", en="Extremism")),
        Paragraph(Words(sv="Inget inrapporterat.", en="Nothing reported."), ParagraphKind.EMPTY),
        Heading("evidence", 2, Words(sv="Underlag", en="Evidence")),
        problems(), themes(), chart(ChartKind.BARS, themes("bars")), hours(), area_map(), weeks(),
        Heading("whom", 2, Words(sv="Vem man når", en="Whom to reach")),
        contacts(),
    )  # fmt: skip


def view_of_week_47(
    edition: Edition = Edition.INTERNAL,
    *,
    blocks: tuple[Block, ...] | None = None,
    level: Level = Level.YELLOW,
) -> View:
    """Valboås, week 47 of 2026, in its second version."""
    return View(
        edition=edition, municipality="9901", municipality_name="Valboås",
        period="2026-W47", kind=PeriodKind.WEEK, first_day=date(2026, 11, 16), last_day=date(2026, 11, 22),
        period_name=Words(sv="vecka 47", en="week 47"), scope="", scope_name=None, template="boras_weekly",
        title=Words(sv="Lägesbild", en="Situation picture"),
        stated=Stated(Standing.PUBLISHED, PUBLISHED, 2, reason=Words(sv="Sena rapporter", en="Late reports")),
        level=level, level_words="Skolan kräver närvaro.", public_words="Lamporna är lagade.",
        headline=Words(sv="Skadegörelse 9, +3 mot v. 46", en="Vandalism 9, +3 on w. 46"),
        sentences=(Words(sv="43 rapporter.", en="43 reports."), Words(sv="Mest sent.", en="Mostly late.")),
        blocks=every_block() if blocks is None else blocks,
        known=Known(1234, 56), fingerprint=None if edition is Edition.GENERAL else FINGERPRINT,
        path="/pictures/9901/2026-W47",
    )  # fmt: skip


def far_too_much() -> tuple[Block, ...]:
    """What no page has room for."""
    long_words = " ".join(["Folksamling på torget"] * 20)
    lines = tuple(Line(f"line_{each}", long_words) for each in range(60))
    heading = Words(sv="Väntas till måndag", en="Expected until Monday")
    rows = tuple(Row(f"row_{each}", named(f"Rad {each}"), (Figure(each),)) for each in range(900))
    return (
        Heading("expected", 2, heading),
        Lines("lines", lines),
        Table("rows", named("Rader"), named("Rad"), (Column("now", named("Nu")),), rows),
        Paragraph(long_words, ParagraphKind.WRITTEN),
        weeks(),
        contacts(),
    )
