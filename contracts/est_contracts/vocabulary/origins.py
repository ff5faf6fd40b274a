"""By which door a report came in."""

from enum import StrEnum

from est_contracts.vocabulary.wording import Words


class Origin(StrEnum):
    """The door a report came through (inrapporteringsväg)."""

    FORM = "form"
    PROGRAM = "program"
    IMPORT = "import"
    MEETING = "meeting"
    PUBLIC = "public"


ORIGIN_WORDS: dict[Origin, Words] = {
    Origin.FORM: Words(sv="Rapportsidan", en="The report page"),
    Origin.PROGRAM: Words(sv="Anslutet system", en="A connected program"),
    Origin.IMPORT: Words(sv="Inläst fil", en="An imported file"),
    Origin.MEETING: Words(sv="Förd till protokollet på möte", en="Entered during a meeting"),
    Origin.PUBLIC: Words(sv="Allmänheten", en="The public"),
}


class ReminderCause(StrEnum):
    """Why a function is reminded of a return that is missing (påminnelse)."""

    SCHEDULE = "schedule"
    COORDINATOR = "coordinator"
    STANDING_IN = "standing_in"


REMINDER_CAUSE_WORDS: dict[ReminderCause, Words] = {
    ReminderCause.SCHEDULE: Words(sv="Stopptiden närmar sig", en="The deadline is near"),
    ReminderCause.COORDINATOR: Words(sv="Samordnaren påminner", en="The coordinator reminds you"),
    ReminderCause.STANDING_IN: Words(sv="Du är ersättare", en="You stand in"),
}
