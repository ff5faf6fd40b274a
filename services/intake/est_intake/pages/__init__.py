"""How people come in: the start page, the phone page, the inbox, and the seats."""

from fastapi import APIRouter

from est_chassis.web.sign_in import sign_in_router
from est_intake.pages import coverage, meeting, party_part, program_keys, start
from est_intake.pages.counting import afterwards as counting_afterwards
from est_intake.pages.counting import page as counting
from est_intake.pages.importing import page as importing
from est_intake.pages.inbox import acts as inbox_acts
from est_intake.pages.inbox import page as inbox
from est_intake.pages.inbox import report as inbox_report
from est_intake.pages.public import reports as public_reports
from est_intake.pages.public import tips
from est_intake.pages.reporting import correction, my_reports, phone_app, receipts
from est_intake.pages.reporting import page as reporting
from est_intake.pages.returning import afterwards as returning_afterwards
from est_intake.pages.returning import page as returning
from est_intake.pages.seats import invitations, keeping
from est_intake.pages.seats.demo import seats_of
from est_intake.pages.seats.devices import Devices
from est_intake.pages.set_up import areas as set_up_areas
from est_intake.pages.set_up import page as set_up
from est_intake.pages.set_up import versions as set_up_versions

__all__ = ["Devices", "router"]

router = APIRouter(include_in_schema=False)
for room in (
    start.router,
    reporting.router,
    receipts.router,
    phone_app.router,
    inbox.router,
    inbox_acts.router,
    inbox_report.router,
    invitations.router,
    keeping.router,
    my_reports.router,
    correction.router,
    returning.router,
    returning_afterwards.router,
    set_up_versions.router,
    set_up_areas.router,
    set_up.router,
    counting.router,
    counting_afterwards.router,
    coverage.router,
    party_part.router,
    importing.router,
    meeting.router,
    program_keys.router,
    public_reports.router,
    tips.router,
    sign_in_router(seats_of),
):
    router.include_router(room)
