"""Who in Valboås has said that there was nothing to report: most of the silent, week by week."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from random import Random
from typing import NamedTuple

from est_contracts.messages import SubmitReport
from est_contracts.vocabulary import STOCKHOLM, CollaborationDocument, Role

#: So many weeks back; before that Valboås had not agreed to answer when there was nothing to tell.
WEEKS = 60
#: How many of the silent answer; the rest are what coverage is for.
ANSWER = 0.8


class NothingToReport(NamedTuple):
    """A function's return for a period in which it had nothing to report."""

    function: str
    period: str


def nothing_to_report(
    reports: Iterable[SubmitReport], *, document: CollaborationDocument, today: datetime, seed: int
) -> Iterator[NothingToReport]:
    """The returns of the weeks that are over, the oldest first; the same seed always gives the same."""
    rhythm = document.rhythm
    told: defaultdict[str, set[str | None]] = defaultdict(set)
    for report in reports:
        told[str(rhythm.period_of(report.happened_at))].add(report.function)
    period = rhythm.period_of_day(today.astimezone(STOCKHOLM).date())
    over = [period := period.previous for _week in range(WEEKS)]
    for each in reversed(over):
        for function in document.functions_with(Role.REPORTER):
            # Their own generator each: one more function changes nobody else's answer.
            answers = Random(f"{seed}:{each}:{function.function_id}").random() < ANSWER  # noqa: S311
            if answers and function.function_id not in told[str(each)]:
                yield NothingToReport(function.function_id, str(each))
