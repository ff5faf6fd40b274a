"""The duty officer's edition (TIB): one page for whoever stands by until the next picture.

What happens elsewhere, measures of our own that may be met with anger, and what is expected always stand
there, at zero too: that nobody has said anything is worth knowing.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from est_compiler.domain.compiling.around import compiling_function
from est_compiler.domain.picture import Expected
from est_compiler.domain.viewing.around import THIN, ahead_lines
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.changed import late_lines
from est_compiler.domain.viewing.evidence import THEMES, themes_of, totals_table
from est_compiler.domain.viewing.signing import signature_line
from est_compiler.domain.viewing.tables import compared_table
from est_compiler.domain.viewing.view import (
    Block,
    Contact,
    Contacts,
    Figure,
    Heading,
    Line,
    Lines,
    Paragraph,
    ParagraphKind,
    with_figure,
)
from est_compiler.domain.wording.phrases import day_said
from est_contracts.vocabulary import (
    ChecklistEntry,
    CollaborationDocument,
    Function,
    Role,
    Scope,
    Tense,
    Theme,
    Words,
)

#: Entries that tell of what the parties themselves have done; the rest of the expected lies ahead of all.
OWN_MEASURES = frozenset({"boras.11", "gemensam.3", "malmo.14", "malmo.31"})
MOST_THEMES = 8
CHANGE = Words(sv="Läge och förändring", en="State and change")
ELSEWHERE = Words(sv="På annat håll", en="Elsewhere")
OWN = Words(sv="Egna åtgärder som kan väcka reaktioner", en="Measures of our own that may cause reactions")
EXPECTED = Words(sv="Väntat", en="Expected")
CALL = Words(sv="Kontakta", en="Whom to call")
FROM_AROUND = Words(sv="Rapporter ur omvärlden", en="Reports from the surroundings")
MEASURES_DECIDED = Words(sv="Insatser beslutade i perioden", en="Measures decided in the period")
EXPECTED_REPORTS = Words(sv="Rapporter om något väntat", en="Reports of something expected")
STANDS_BY = Words(sv="Tjänsteman i beredskap", en="Duty officer")
COMPILES = Words(sv="Sammanställer lägesbilden", en="Compiles the picture")


def duty_officer_blocks(brief: Brief) -> Iterator[Block]:
    """What has changed, what is expected until Monday, the three that always stand there, whom to call."""
    picture, with_change = brief.picture, not brief.is_running
    yield from signature_line(brief)
    yield Heading("change", 2, CHANGE)
    if picture.coverage.now.is_thin and picture.coverage.now.due:
        yield Paragraph(THIN, ParagraphKind.NOTE)
    yield totals_table(picture, with_change=with_change)
    busiest = themes_of(picture)[:MOST_THEMES]
    if busiest:
        yield compared_table(picture, busiest, THEMES, with_change=with_change)
    yield from late_lines(brief)
    yield from _until_monday(brief)
    yield Heading("elsewhere", 2, ELSEWHERE)
    yield Lines("elsewhere_lines", tuple(_elsewhere(brief)))
    yield Heading("own_measures", 2, OWN)
    yield Lines("own_measures_lines", tuple(_own_measures(brief)))
    yield Heading("expected", 2, EXPECTED)
    yield Lines("expected_lines", tuple(_expected(brief)))
    yield Heading("contacts", 2, CALL)
    yield Contacts("contacts_list", tuple(_contacts(brief)))


def next_monday(brief: Brief) -> date:
    """The Monday after the picture was made; of an old one, the Monday after its period."""
    last = max(brief.read_on, brief.picture.last_day)
    return last + timedelta(days=7 - last.weekday())


def _until_monday(brief: Brief) -> Iterator[Block]:
    monday = next_monday(brief)
    day = day_said(monday, seen_from=brief.picture.last_day)
    yield Heading(
        "until_monday",
        2,
        Words(sv=f"Till och med måndag {day.sv}", en=f"Until Monday {day.en}"),
    )
    lines = tuple(ahead_lines(brief.picture, since=brief.read_on, until=monday))
    if lines:
        yield Lines("until_monday_lines", lines)
    else:
        nothing = Words(sv="Inget särskilt väntas.", en="Nothing in particular is expected.")
        yield Paragraph(nothing, ParagraphKind.EMPTY)


def _elsewhere(brief: Brief) -> Iterator[Line]:
    """What other places may bring here, by the entries of the municipality's own lists."""
    listed = [each for each in _entries(brief.document) if each.scope is Scope.ELSEWHERE]
    yield from (_entry_line(brief, each) for each in listed)
    if not listed:
        reports = sum(each.now.reports for each in brief.picture.themes if each.theme is Theme.SURROUNDINGS)
        yield _counted("elsewhere", FROM_AROUND, reports)


def _own_measures(brief: Brief) -> Iterator[Line]:
    yield from (
        _entry_line(brief, each) for each in _entries(brief.document) if each.entry_id in OWN_MEASURES
    )
    picture = brief.picture
    decided = sum(
        picture.first_day <= measure.decided_on <= picture.last_day
        for problem in picture.problems
        for measure in problem.measures
    )
    yield _counted("measures_decided", MEASURES_DECIDED, decided)


def _expected(brief: Brief) -> Iterator[Line]:
    listed = [
        each
        for each in _entries(brief.document)
        if each.tense is Tense.EXPECTED and each.entry_id not in OWN_MEASURES
    ]
    yield from (_entry_line(brief, each) for each in listed)
    expected: list[Expected] = [each for period in brief.picture.ahead for each in period.expected]
    yield _counted("expected_reports", EXPECTED_REPORTS, sum(each.reports for each in expected))


def _entries(document: CollaborationDocument | None) -> list[ChecklistEntry]:
    return [each for listed in document.checklists_in_use() for each in listed.entries] if document else []


def _entry_line(brief: Brief, listed: ChecklistEntry) -> Line:
    """At zero too."""
    reports = sum(each.now.reports for each in brief.picture.cells if each.entry == listed.entry_id)
    line = _counted(listed.entry_id, listed.words, reports)
    return Line(line.key, line.words, line.figure, entries=(listed.entry_id,))


def _counted(key: str, words: Words, number: int) -> Line:
    figure = Figure(number)
    return Line(key, with_figure(words, figure), figure)


def _contacts(brief: Brief) -> Iterator[Contact]:
    """Who stands by and who compiles, as the set-up fills the seats on the day; functions, never persons."""
    document = brief.document
    if document is None:
        return
    for function in document.functions_with(Role.DUTY_OFFICER):
        yield _contact(
            document, document.function(document.filled_by(function.function_id, brief.read_on)), STANDS_BY
        )
    compiling = compiling_function(document, brief.picture.picture_period, brief.picture.picture_scope)
    functions = (
        [document.function(compiling)] if compiling else list(document.functions_with(Role.COORDINATOR))
    )
    for function in functions:
        yield _contact(document, function, COMPILES)


def _contact(document: CollaborationDocument, function: Function, purpose: Words) -> Contact:
    return Contact(
        function=function.function_id,
        title=function.title,
        organisation=document.organisation(function.organisation_id).name,
        purpose=purpose,
        telephone=function.telephone,
        email=function.email,
    )
