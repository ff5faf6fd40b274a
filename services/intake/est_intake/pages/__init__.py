"""How people come in: the start page, the phone page, the list of reports, and the seats of the demo."""

from fastapi import APIRouter

from est_chassis.web.sign_in import sign_in_router
from est_intake.pages import reporting, reports, start
from est_intake.pages.seats import seats_of

router = APIRouter(include_in_schema=False)
for room in (start.router, reporting.router, reports.router, sign_in_router(seats_of)):
    router.include_router(room)
