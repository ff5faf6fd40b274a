"""What people found of a problem when it was flagged before, so that it is used again."""

from collections.abc import Iterator

from est_compiler.domain.sections.problems import analysed_words
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Block, Heading, Line, Lines
from est_contracts.vocabulary import THEME_WORDS, Words

ANALYSED_BEFORE = Words(sv="Analyserat tidigare", en="Analysed before")


def analysed_before_blocks(brief: Brief) -> Iterator[Block]:
    """Each problem of the picture that has been analysed before, with the way to what was found."""
    lines = tuple(_lines(brief))
    if lines:
        yield Heading("analysed_before", 3, ANALYSED_BEFORE)
        yield Lines("analysed_before_lines", lines)


def _lines(brief: Brief) -> Iterator[Line]:
    problems = {each.problem: each for each in brief.picture.problems}
    for place, each in enumerate(brief.analysed_before):
        problem = problems[each.problem]
        theme, found = THEME_WORDS[problem.theme], analysed_words(each, seen_from=brief.picture.last_day)
        where = f", {problem.area_name}" if problem.area_name else ""
        yield Line(
            f"analysed_before:{each.problem}:{place}",
            Words(sv=f"{theme.sv}{where}: {found.sv}", en=f"{theme.en}{where}: {found.en}"),
            area=problem.area,
            path=f"/problems/{each.problem}",
        )
