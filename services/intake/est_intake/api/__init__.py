"""How programs come in: over HTTP, and with reports over NATS as well."""

from est_intake.api import (
    areas,
    changes,
    collaborations,
    count_blocks,
    imports,
    invitations,
    keys,
    my_reports,
    open311,
    periods,
    recorded_reports,
    report_schema,
    reports,
    returns,
    texts,
    trying,
    written_histories,
)
from est_intake.api.issued_keys import IssuedKeys
from est_intake.api.questions import answer_questions

__all__ = ["IssuedKeys", "answer_questions", "routers"]

routers = (
    reports.router,
    recorded_reports.router,
    my_reports.router,
    collaborations.router,
    areas.router,
    texts.router,
    keys.router,
    trying.router,
    trying.pages,
    changes.router,
    returns.router,
    count_blocks.router,
    written_histories.router,
    periods.router,
    imports.router,
    invitations.router,
    report_schema.router,
    open311.router,
)
