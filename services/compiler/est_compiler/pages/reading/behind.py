"""Where one finds what a sentence rests on."""

from urllib.parse import urlencode

from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.wording.sentences import Behind, BehindKind, sentence_candidates
from est_compiler.questions.periods import RHYTHMIC
from est_contracts.vocabulary import PicturePeriod, Words


def ways_behind(brief: Brief, sentences: tuple[Words, ...]) -> tuple[str, ...]:
    """For each sentence the address of what is behind it; none where the numbers do not suggest it."""
    picture, moment = brief.picture, brief.stated.moment
    period = picture.picture_period
    until = moment if moment and moment < period.ends_at else None
    known = {
        (each.words.sv, each.words.en): each.behind for each in sentence_candidates(picture, until=until)
    }
    found = [known.get((words.sv, words.en)) for words in sentences]
    return tuple(address_behind(each, period=period) if each else "" for each in found)


def address_behind(behind: Behind, *, period: PicturePeriod) -> str:
    """The inbox with its filters, the coverage, the problems, or what lies ahead on the page itself."""
    if behind.kind is BehindKind.COVERAGE:
        return "/coverage"
    if behind.kind is BehindKind.PROBLEMS:
        return f"/problems/{behind.problems[0]}" if len(behind.problems) == 1 else "/problems"
    if behind.kind is BehindKind.CALENDAR:
        return "#ahead"
    return inbox_address(
        period,
        area=",".join(behind.areas),
        theme=str(behind.theme or ""),
        place=behind.place or "",
        severity=str(behind.severity_at_least or ""),
    )


def inbox_address(period: PicturePeriod, **filters: str) -> str:
    """The inbox of a picture's days; what is left out does not limit.

    Weeks and fortnights go by their days: their names mean other days, or none, when the rhythm has changed.
    """
    when = f"{period.first_day}/{period.last_day}" if period.kind in RHYTHMIC else str(period)
    wanted = {"period": when, **filters}
    return f"/inbox?{urlencode({name: value for name, value in wanted.items() if value}, safe=',/')}"
