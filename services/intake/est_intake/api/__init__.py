"""How programs come in: over HTTP, and with reports over NATS as well."""

from est_intake.api import collaborations, reports, texts
from est_intake.api.questions import answer_questions

__all__ = ["answer_questions", "routers"]

routers = (reports.reports_router, reports.router, collaborations.router, texts.router)
