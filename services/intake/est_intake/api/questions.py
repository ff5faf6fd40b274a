"""How programs come in over NATS: the same bodies as over HTTP, the key in the header Authorization."""

from typing import Any

from faststream.nats import NatsMessage, NatsResponse

from est_chassis.logs import get_logger
from est_chassis.service import Service
from est_chassis.web.access import Caller
from est_chassis.web.answers import problem_about
from est_chassis.web.api_keys import ApiKeys
from est_chassis.web.bodies import parse_json
from est_chassis.web.problems import Problem
from est_contracts.messages.earlier import SubmitReportV1
from est_contracts.messages.requests import SubmitReport
from est_contracts.vocabulary import FieldError, Role
from est_intake.api.callers import OTHER_MUNICIPALITY
from est_intake.api.issued_keys import IssuedKeys
from est_intake.api.reports import receipt_told, submitted
from est_intake.application import Intake, Receipt
from est_intake.domain.api_key import KeyScope

log = get_logger(__name__)


def answer_questions(service: Service[Intake], issued_keys: IssuedKeys) -> None:
    """Take reports by NATS request as well: the same body, the key in the header Authorization."""
    keys = ApiKeys(service.settings.api_keys_file)

    async def on_submit_report(message: NatsMessage) -> NatsResponse:
        try:
            caller = keys.caller(_token(message)) or await issued_keys.holder(service, _token(message))
            receipt = await _asked(service, caller, message)
        except Exception as raised:
            # Sorted as at the HTTP door; what is our own fault is answered, too, and says nothing of us.
            problem = problem_about(raised)
            if problem.status == 500:
                log.error("question_failed", error=type(raised).__name__, subject=SubmitReport.subjects())
            headers = {**problem.headers, "Est-Status": str(problem.status)}
            return NatsResponse(problem.document(), headers=headers)
        status = "200" if receipt.repeated else "201"
        return NatsResponse(receipt_told(receipt), headers={"Est-Status": status})

    # What was asked for first is answered as long as somebody asks so: it says less, and nothing else.
    for version in (SubmitReportV1, SubmitReport):
        service.broker.faststream.subscriber(
            version.subjects(),
            queue="intake",
            decoder=_as_it_came,
            title=f"intake: submit_report v{version.VERSION}",
        )(on_submit_report)


def _token(message: Any) -> str:
    return str((message.headers or {}).get("Authorization", "")).removeprefix("Bearer ")


async def _asked(service: Service[Intake], caller: Caller | None, message: Any) -> Receipt:
    if caller is None:
        raise Problem(401, "unauthorised")
    is_reporter = caller.has(Role.REPORTER, Role.COORDINATOR, Role.OPERATOR)
    if not (is_reporter and caller.may(KeyScope.REPORTS_WRITE)):
        raise Problem(403, "forbidden")
    service.quotas.use_key_of(caller)
    report = parse_json(message.body, SubmitReport)
    if message.raw_message.subject.split(".")[1] != report.municipality:
        raise Problem(422, "invalid", errors=(FieldError("municipality", OTHER_MUNICIPALITY),))
    return await submitted(service, report, caller)


async def _as_it_came(message: Any) -> Any:
    return message
