"""What the page of two pictures shows: each of them, their numbers row by row, their words by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from est_chassis.web.languages import Language, said
from est_chassis.web.written import number, signed
from est_compiler.domain.comparing.comparison import Comparison, Difference
from est_compiler.domain.comparing.verdicts import VERDICT_WORDS, ComparisonKind
from est_compiler.domain.comparing.written import ComparedWords, Mark, Piece, mark_words, pieces
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import STANDING_WORDS, Said, Standing
from est_compiler.formats.cells import written_words
from est_compiler.pages.reading.shown import days_of
from est_compiler.pages.reading.unbroken import unbroken
from est_compiler.questions.comparisons import ComparedPair
from est_compiler.questions.editions import WhichPicture
from est_contracts.vocabulary import Level, Words, picture_path


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One thing in both pictures: reports, the difference and what it is worth, and the severe ones."""

    name: str
    one: str
    other: str
    difference: str
    percent: str
    verdict: str
    severe: tuple[str, str]
    differs: bool


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """Rows of one sort."""

    name: str
    caption: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two pictures."""

    name: str
    days: str
    #: Published, a draft, or as it was known.
    standing: str
    is_published: bool
    headline: str
    level: Level | None
    href: str
    reports: int
    severe: int
    coverage: str


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One place in both pictures, sentence by sentence; a sentence that only one has is marked by a word."""

    name: str
    mark: str
    is_same: bool
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A short value in both pictures, in a row of a table."""

    name: str
    one: str
    other: str
    mark: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The page, ready to be read."""

    headline: str
    notes: tuple[str, ...]
    sides: tuple[ComparedSide, ComparedSide]
    first: tuple[ComparedText, ...]
    sentences: tuple[ComparedValue, ...]
    texts: tuple[ComparedText, ...]
    values: tuple[ComparedValue, ...]
    #: Whether anybody has put words or values to any of the two.
    has_work: bool
    tables: tuple[ComparedTable, ...]
    changes: tuple[str, ...]
    last_year: str
    versions: tuple[tuple[str, str], ...]


def shown_pair(
    pair: ComparedPair, language: Language, *, versions: tuple[tuple[str, str], ...]
) -> ComparePage:
    """Everything that stands on the page."""
    found, written, kind = pair.comparison, pair.written, pair.comparison.kind
    last_year = pair.one.picture.picture_period.last_year
    names = (found.one.name, found.other.name)
    sides = [
        _side(brief, name, which, language=language)
        for brief, name, which in zip((pair.one, pair.other), names, pair.which, strict=True)
    ]
    return ComparePage(
        headline=unbroken(found.headline, language),
        notes=tuple(unbroken(each, language) for each in pair.notes),
        sides=(sides[0], sides[1]),
        first=tuple(_text(each, kind, language) for each in written.first),
        sentences=tuple(_value(each, kind, language) for each in written.sentences),
        texts=tuple(_text(each, kind, language) for each in written.texts),
        values=tuple(_value(each, kind, language) for each in written.values),
        has_work=pair.one.work is not None or pair.other.work is not None,
        tables=tuple(each for each in _tables(found, language) if each.rows),
        changes=tuple(said(each, language) for each in found.changes),
        last_year=str(last_year) if last_year else "",
        versions=versions,
    )


def _side(brief: Brief, name: Words, which: WhichPicture, *, language: Language) -> ComparedSide:
    picture, stated = brief.picture, brief.stated
    total, cover = picture.total.now, picture.coverage.now
    came, due = (number(each, language=language) for each in (cover.heard, cover.due))
    written, standing = said(name, language), said(STANDING_WORDS[stated.standing], language)
    return ComparedSide(
        name=written[0].upper() + written[1:],
        days=days_of(picture.picture_period, language=language),
        standing=f"{standing}, version {stated.version}" if stated.version else standing,
        is_published=stated.standing is Standing.PUBLISHED,
        headline=said(brief.headline, language),
        level=brief.level,
        href=_path(which),
        reports=total.reports,
        severe=total.severe,
        coverage=language.say(f"{came} av {due} svar", f"{came} of {due} returns") if cover.due else "",
    )


def _path(which: WhichPicture) -> str:
    asked = {"version": which.version, "as_of": which.as_of or ""}
    return picture_path(
        which.municipality,
        period=which.period,
        scope=str(which.scope),
        **{name: value for name, value in asked.items() if value},
    )


def _text(compared: ComparedWords, kind: ComparisonKind, language: Language) -> ComparedText:
    one, other = (_written(each, language) for each in (compared.one, compared.other))
    mine, theirs = pieces(one, other)
    return ComparedText(
        name=said(compared.name, language),
        mark=said(mark_words(compared.mark, kind), language),
        is_same=compared.mark is Mark.SAME,
        one=mine,
        other=theirs,
    )


def _value(compared: ComparedWords, kind: ComparisonKind, language: Language) -> ComparedValue:
    one, other = (_written(each, language) for each in (compared.one, compared.other))
    mark = said(mark_words(compared.mark, kind), language)
    return ComparedValue(said(compared.name, language), one or "–", other or "–", mark)


def _written(words: Said | None, language: Language) -> str | None:
    return None if words is None else written_words(words, language)


def _tables(compared: Comparison, language: Language) -> Sequence[ComparedTable]:
    say = language.say
    listed = (
        ("teman", say("Teman", "Themes"), (*compared.themes, compared.total)),
        ("punkter", say("Punkter", "Entries"), compared.entries),
        ("omraden", say("Områden", "Areas"), compared.areas),
        ("organisationer", say("Organisationer", "Organisations"), compared.organisations),
    )
    return [
        ComparedTable(name, caption, tuple(_row(each, language) for each in rows if _says_anything(each)))
        for name, caption, rows in listed
    ]


def _says_anything(row: Difference) -> bool:
    return any(count is not None and count.reports for count in (row.one, row.other))


def _row(row: Difference, language: Language) -> ComparedRow:
    def count(quantity: int | None) -> str:
        return number(quantity, language=language)

    return ComparedRow(
        name=_name(row, language),
        one=count(row.one.reports if row.one else None),
        other=count(row.other.reports if row.other else None),
        difference=signed(row.reports, language=language),
        percent=said(row.percent, language) if row.percent else "",
        verdict=said(VERDICT_WORDS[row.verdict], language),
        severe=(count(row.one.severe if row.one else None), count(row.other.severe if row.other else None)),
        differs=row.differs,
    )


def _name(row: Difference, language: Language) -> str:
    return language.say("Totalt", "In all") if row.key == "total" else said(row.name, language)
