"""What analysis hears: every report may turn a theme in an area into a problem."""

from collections.abc import Sequence
from functools import partial

from est_analysis.application import Analysis, Known
from est_analysis.domain.history import Series, SeriesWeeks
from est_analysis.domain.standing import Change
from est_analysis.read_models.collaborations import names_in
from est_analysis.read_models.weekly_counts import changes_after, changes_told_by, weeks_around
from est_chassis.event_store import Cursor
from est_chassis.fact_intake import known_until
from est_chassis.subscriptions import Subscriptions
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
    Message,
)
from est_contracts.vocabulary import Week

subscriptions = Subscriptions("analysis", upstreams=("intake",))


@subscriptions.hears(IncidentReported)
@subscriptions.hears(IncidentReportCorrected)
@subscriptions.hears(IncidentReportWithdrawn)
@subscriptions.hears(IncidentReportMarkedDuplicate)
@subscriptions.hears(IncidentReportReinstated)
def on_news_of_a_report(message: Message, app: Analysis) -> None:
    changes = changes_told_by(message, app.work.cursor)
    if changes:
        app.weigh(changes, known=_known_with(message, app.work.cursor))


def _known_with(message: Message, cursor: Cursor) -> Known:
    until = known_until(cursor, message)

    def weeks(series: Series, week: Week, without: Sequence[Change]) -> SeriesWeeks:
        return weeks_around(cursor, series, week, without=without)

    def area_name(series: Series) -> str:
        return names_in(cursor, series.municipality, until=until).area(series.area)

    return Known(until, partial(changes_after, cursor), weeks_around=weeks, area_name=area_name)
