"""What analysis hears: every report may turn a theme in an area into a problem."""

from est_analysis.application import Analysis
from est_analysis.domain.history import WINDOW_WEEKS, MunicipalWeeks, Series
from est_analysis.read_models import collaborations, weekly_counts
from est_chassis.subscriptions import Subscriptions
from est_contracts.messages import IncidentReported, IncidentReportWithdrawn
from est_contracts.vocabulary import Week

subscriptions = Subscriptions("analysis", upstreams=("intake",))


@subscriptions.hears(IncidentReported)
def on_incident_reported(message: IncidentReported, app: Analysis) -> None:
    series = weekly_counts.series_of(message)
    if series is None:
        return
    week = Week.of(message.happened_at)
    if app.has_judged(series, week):
        return
    weeks = _weeks_around(app, municipality=message.municipality, week=week)
    # A late report also changes what later windows show.
    for judged in (week.before(-later) for later in range(WINDOW_WEEKS)):
        if judged == week or weeks.reports(series, judged):
            app.judge(series, week=judged, weeks=weeks, area_name=_area_name(app, series))


@subscriptions.hears(IncidentReportWithdrawn)
def on_incident_report_withdrawn(message: IncidentReportWithdrawn, app: Analysis) -> None:
    counted = weekly_counts.counted(
        app.work.cursor, municipality=message.municipality, report_id=message.report_id
    )
    if counted is None:
        return
    app.count_again(
        counted.series,
        week=counted.week,
        weeks_around=lambda week: _weeks_around(app, municipality=message.municipality, week=week),
        area_name=_area_name(app, counted.series),
    )


def _weeks_around(app: Analysis, *, municipality: str, week: Week) -> MunicipalWeeks:
    """Asked once for each week of a batch."""
    if (municipality, week) not in app.weeks_of:
        app.weeks_of[municipality, week] = weekly_counts.weeks_around(
            app.work.cursor, municipality=municipality, week=week
        )
    return app.weeks_of[municipality, week]


def _area_name(app: Analysis, series: Series) -> str:
    if series.municipality not in app.names_in:
        names = collaborations.names_in(app.work.cursor, series.municipality)
        app.names_in[series.municipality] = names.areas
    return app.names_in[series.municipality].get(series.area, series.area)
