"""How the parts of intake fit together."""

from functools import partial

from est_chassis.clock import Clock
from est_chassis.service import Service
from est_intake import api, pages
from est_intake.application import BESIDE_TABLES, Intake, MetSetUps
from est_intake.publications import publications
from est_intake.read_models import (
    ApiKeys,
    Changes,
    Collaborations,
    CollaborationVersions,
    Consequences,
    ContributedCounts,
    Coverage,
    PeriodReturns,
    PublicReports,
    RecentReports,
    Seats,
)
from est_intake.read_models.collaborations import all_municipalities
from est_intake.read_models.public_reports import overdue
from est_intake.settings import IntakeSettings
from est_intake.subscriptions import subscriptions

__all__ = ["BESIDE_TABLES", "PREFIXES", "build"]

#: Which addresses of the house lead here.
PREFIXES = (
    "/",
    "/sign-in",
    "/sign-out",
    "/report",
    "/manifest.webmanifest",
    "/service-worker.js",
    "/reports",
    "/inbox",
    "/invitation",
    "/seat",
    "/seats",
    "/my-reports",
    "/v1/my-reports",
    "/return",
    "/counts",
    "/coverage",
    "/compilation",
    "/import",
    "/meeting",
    "/v1/reports",
    "/v1/reports:batch",
    "/v1/reports:test",
    "/v1/texts:check",
    "/keys",
    "/open311",
    "/public-reports",
    "/tips",
    "/v1/changes",
    "/v1/checklists",
    "/v1/keys",
    "/set-up",
    "/v1/municipalities/{code}/collaboration",
    "/v1/municipalities/{code}/areas",
    "/v1/municipalities/{code}/periods",
    "/v1/municipalities/{code}/invitations",
    "/v1/returns",
    "/v1/count-blocks",
    "/v1/imports",
    "/v1/municipalities/{code}/report-schema",
)


def build(settings: IntakeSettings, *, clock: Clock | None = None) -> Service[Intake]:
    """Intake, ready to be started."""
    issued_keys = api.IssuedKeys()
    service = Service(
        settings,
        application=partial(Intake, met=MetSetUps(), undecided_days=settings.public_undecided_days),
        read_models=(
            Collaborations(),
            CollaborationVersions(),
            RecentReports(),
            ApiKeys(),
            Changes(),
            PublicReports(),
            Coverage(),
            ContributedCounts(),
            PeriodReturns(),
            Seats(),
            Consequences(),
        ),
        subscriptions=subscriptions,
        publications=publications,
        routers=(*api.routers, pages.router),
        credentials=(issued_keys, pages.Devices()),
        clock=clock,
    )
    api.answer_questions(service, issued_keys)
    service.background(partial(_watch_periods, service))
    return service


async def _watch_periods(service: Service[Intake]) -> None:
    """Whatever was set up or came due while nobody watched, or lost its timers, is watched from now on."""
    for municipality in await service.ask(all_municipalities):
        await service.do(partial(_watch_next_period, municipality=municipality))
        await service.do(partial(_let_go_undecided, municipality=municipality))


def _let_go_undecided(app: Intake, *, municipality: str) -> None:
    app.public_reporting.let_go_undecided(municipality, overdue=overdue)


def _watch_next_period(app: Intake, *, municipality: str) -> None:
    app.reminding.watch_next_period(municipality)
