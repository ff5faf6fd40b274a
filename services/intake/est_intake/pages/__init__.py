"""How people come in: the start page, the phone page, the inbox, and the seats."""

from fastapi import APIRouter

from est_chassis.web.sign_in import sign_in_router
from est_intake.pages import (
    counting,
    coverage,
    importing,
    inbox,
    inbox_acts,
    inbox_report,
    invitations,
    meeting,
    my_report_correction,
    my_reports,
    party_part,
    phone_app,
    program_keys,
    public_reports,
    receipts,
    reporting,
    returning,
    seat_keeping,
    set_up,
    set_up_areas,
    set_up_versions,
    start,
    tips,
)
from est_intake.pages.devices import Devices
from est_intake.pages.seats import seats_of

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
    seat_keeping.router,
    my_reports.router,
    my_report_correction.router,
    returning.router,
    set_up_versions.router,
    set_up_areas.router,
    set_up.router,
    counting.router,
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
