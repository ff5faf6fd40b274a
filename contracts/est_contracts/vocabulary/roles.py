"""What a function may be in the collaboration."""

from enum import StrEnum

from est_contracts.vocabulary.wording import Words


class Role(StrEnum):
    """A role (roll): what a caller is allowed to do hangs on it."""

    REPORTER = "reporter"
    COORDINATOR = "coordinator"
    STRATEGIST = "strategist"
    DUTY_OFFICER = "duty_officer"
    RECIPIENT = "recipient"
    OPERATOR = "operator"
    PUBLIC = "public"


#: What a seat may be. Whoever runs the house, and the public, have no seat in a collaboration.
SEAT_ROLES: frozenset[Role] = frozenset(Role) - {Role.OPERATOR, Role.PUBLIC}
ROLE_WORDS: dict[Role, Words] = {
    Role.REPORTER: Words(sv="Rapportör", en="Reporter"),
    Role.COORDINATOR: Words(sv="Samordnare", en="Coordinator"),
    Role.STRATEGIST: Words(sv="Strateg", en="Strategist"),
    Role.DUTY_OFFICER: Words(sv="Tjänsteman i beredskap", en="Duty officer"),
    Role.RECIPIENT: Words(sv="Mottagare", en="Recipient"),
    Role.OPERATOR: Words(sv="Driftansvarig", en="Operator"),
    Role.PUBLIC: Words(sv="Allmänheten", en="The public"),
}
