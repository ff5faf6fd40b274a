"""What analysis hears: every report may turn a theme in an area into a problem."""

from functools import partial
from uuid import UUID

from est_analysis.application import Analysis
from est_analysis.domain.history import WINDOW_WEEKS, Series, SeriesWeeks, Totals
from est_analysis.read_models import collaborations, weekly_counts
from est_chassis.subscriptions import Subscriptions
from est_contracts.messages import (
    IncidentReportCorrected,
    IncidentReported,
    IncidentReportMarkedDuplicate,
    IncidentReportReinstated,
    IncidentReportWithdrawn,
)
from est_contracts.vocabulary import Week

subscriptions = Subscriptions("analysis", upstreams=("intake",))


@subscriptions.hears(IncidentReported)
def on_incident_reported(message: IncidentReported, app: Analysis) -> None:
    _judge_what_is_said(message, app)


@subscriptions.hears(IncidentReportCorrected)
def on_incident_report_corrected(message: IncidentReportCorrected, app: Analysis) -> None:
    _count_again(message.municipality, message.report_id, app)
    _judge_what_is_said(message, app)


@subscriptions.hears(IncidentReportWithdrawn)
def on_incident_report_withdrawn(message: IncidentReportWithdrawn, app: Analysis) -> None:
    _count_again(message.municipality, message.report_id, app)


@subscriptions.hears(IncidentReportMarkedDuplicate)
def on_incident_report_marked_duplicate(message: IncidentReportMarkedDuplicate, app: Analysis) -> None:
    _count_again(message.municipality, message.report_id, app)


@subscriptions.hears(IncidentReportReinstated)
def on_incident_report_reinstated(message: IncidentReportReinstated, app: Analysis) -> None:
    counted = weekly_counts.counted(
        app.work.cursor, municipality=message.municipality, report_id=message.report_id
    )
    for place in counted:
        _judge(place.series, place.week, app)


def _judge_what_is_said(message: IncidentReported | IncidentReportCorrected, app: Analysis) -> None:
    series = weekly_counts.series_of(message)
    if series is not None:
        _judge(series, Week.of(message.happened_at), app)


def _judge(series: Series, week: Week, app: Analysis) -> None:
    if app.has_judged(series, week):
        return
    weeks = _weeks_around(app, series, week)
    # A late report also changes what later windows show.
    for judged in (week.before(-later) for later in range(WINDOW_WEEKS)):
        if judged == week or weeks.reports(judged):
            app.judge(weeks, week=judged, area_name=_area_name(app, series))


def _count_again(municipality: str, report_id: UUID, app: Analysis) -> None:
    """Evidence that rested on what a report said is renewed, wherever it was counted."""
    for place in weekly_counts.counted(app.work.cursor, municipality=municipality, report_id=report_id):
        app.count_again(
            place.series,
            week=place.week,
            weeks_until=partial(_weeks_around, app, place.series),
            area_name=_area_name(app, place.series),
        )


def _weeks_around(app: Analysis, series: Series, week: Week) -> SeriesWeeks:
    return SeriesWeeks(
        series,
        counts=weekly_counts.around(app.work.cursor, series, week=week),
        first=_first_week(app, series.municipality),
        totals_before=lambda window_starts: _totals(app, series.municipality, window_starts),
    )


def _totals(app: Analysis, municipality: str, window_starts: Week) -> Totals:
    """Asked once in a batch."""
    known = app.totals
    if (municipality, window_starts) not in known:
        known[municipality, window_starts] = weekly_counts.totals_before(
            app.work.cursor, municipality, week=window_starts
        )
    return known[municipality, window_starts]


def _first_week(app: Analysis, municipality: str) -> Week | None:
    if municipality not in app.first_weeks:
        app.first_weeks[municipality] = weekly_counts.first_week(app.work.cursor, municipality)
    return app.first_weeks[municipality]


def _area_name(app: Analysis, series: Series) -> str:
    if series.municipality not in app.names_in:
        names = collaborations.names_in(app.work.cursor, series.municipality)
        app.names_in[series.municipality] = names.areas
    return app.names_in[series.municipality].get(series.area, series.area)
