"""What intake hears, and when it is reminded."""

from est_chassis.subscriptions import Fired, Subscriptions
from est_intake.application import Intake
from est_intake.read_models.coverage import silent_functions
from est_intake.read_models.public_reports import overdue

#: What others make of the reports is shown to those who sent them; it changes nothing here.
subscriptions = Subscriptions("intake", upstreams=("compiler", "analysis"))


@subscriptions.at("return_reminder")
def on_return_reminder(fired: Fired, app: Intake) -> None:
    app.reminding.remind_silent(fired.municipality, fired.key, silence=silent_functions)


@subscriptions.at("return_deadline")
def on_return_deadline(fired: Fired, app: Intake) -> None:
    app.reminding.hand_over(fired.municipality, fired.key, silence=silent_functions)


@subscriptions.at("public_reports_overdue")
def on_public_reports_overdue(fired: Fired, app: Intake) -> None:
    app.public_reporting.let_go_undecided(fired.municipality, overdue=overdue)
