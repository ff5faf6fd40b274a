"""How people come in: the duty officer's page, and the page of what was sent to whom."""

from est_notifier.pages import distributions, live, reminders

routers = (live.router, reminders.router, distributions.router)
