"""What is not as it was when an earlier picture was published: what has changed, and what came in late."""

from collections.abc import Iterator

from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Block, Figure, Heading, Line, Lines
from est_compiler.domain.wording.sentences import late_words
from est_contracts.vocabulary import Words

SINCE_LAST = Words(sv="Sedan förra lägesbilden", en="Since the last picture")
LATE = Words(sv="Sent inkommet", en="Came in late")


def changed_blocks(brief: Brief) -> Iterator[Block]:
    """Problems, measures and the level since the picture before; then what came in late for earlier ones."""
    if brief.changes:
        yield Heading("since_last", 2, SINCE_LAST)
        lines = (Line(f"since_last:{index}", words) for index, words in enumerate(brief.changes))
        yield Lines("since_last_lines", tuple(lines))
    late = tuple(late_lines(brief))
    if late:
        yield Heading("late", 2, LATE)
        yield from late


def late_lines(brief: Brief) -> Iterator[Lines]:
    """How many reports count in earlier periods, whose pictures were published without them."""
    words = late_words(brief.late, of=brief.picture.picture_period)
    if words is not None:
        reports = Figure(sum(each.reports for each in brief.late))
        yield Lines("late_lines", (Line("late", words, reports),))
