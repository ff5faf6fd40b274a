"""Who may read pictures, and who may look at the reports behind them."""

from est_contracts.vocabulary import Role

READERS = (Role.REPORTER, Role.COORDINATOR, Role.STRATEGIST, Role.DUTY_OFFICER, Role.RECIPIENT, Role.OPERATOR)
LOOK_BEHIND = (Role.COORDINATOR, Role.STRATEGIST)
