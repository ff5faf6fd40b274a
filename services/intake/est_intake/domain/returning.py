"""What must be true of a return before it is recorded: a list of named clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from est_contracts.vocabulary import Origin, Rejected, ReportingPeriod, Words
from est_intake.domain.collaboration import Reporter, SetUpInUse
from est_intake.domain.objections import individuals_in, objection, unfit_period, unknown_area
from est_intake.domain.period_return import AssessedArea, EntryAnswer, ReturnContent
from est_intake.domain.submission import Circumstances, Errors, Sender, function_is_the_senders


@dataclass(frozen=True)
class AnswerSubmitted:
    """What is said of one entry, with its words: which, what and where, and what has been done."""

    checklist_entry: str
    area: str | None = None
    value: int | None = None
    text: str | None = None
    measures: str | None = None


@dataclass(frozen=True)
class AssessmentSubmitted:
    """How an area is judged as a whole."""

    area: str
    value: int
    text: str | None = None


@dataclass(frozen=True)
class ReturnSubmission:
    """A return as it is handed in."""

    municipality: str
    period: str
    checklist: str | None = None
    nothing_to_report: bool = False
    answers: tuple[AnswerSubmitted, ...] = ()
    area_assessments: tuple[AssessmentSubmitted, ...] = ()
    risk_value: int | None = None
    function: str | None = None
    origin: Origin = Origin.PROGRAM

    def signed_by(self, sender: Sender) -> str | None:
        return self.function if self.function is not None else sender.function

    def period_in(self, set_up: SetUpInUse) -> ReportingPeriod | None:
        return set_up.period_named(self.period)

    def reporter(self, set_up: SetUpInUse, sender: Sender) -> Reporter:
        return set_up.reporters[self.signed_by(sender) or ""]

    def content(self, set_up: SetUpInUse) -> ReturnContent:
        return ReturnContent(
            nothing_to_report=self.nothing_to_report,
            answers=tuple(
                EntryAnswer(
                    checklist_entry=each.checklist_entry,
                    theme=set_up.entries[each.checklist_entry].theme,
                    area=each.area,
                    value=each.value,
                    has_text=bool(each.text),
                    has_measures=bool(each.measures),
                )
                for each in self.answers
            ),
            area_assessments=tuple(
                AssessedArea(each.area, each.value, bool(each.text)) for each in self.area_assessments
            ),
            risk_value=self.risk_value,
        )


class ReturnIsRefused(Rejected):
    """The return cannot be recorded as it stands; each field that stands in the way is named."""

    code = "return_is_refused"
    http_status = 422
    words = Words(
        sv="Periodrapporten är inte registrerad. Rätta det som står nedan och skicka igen.",
        en="The return is not recorded. Correct what is said below and send it again.",
    )


def check_return(submission: ReturnSubmission, around: Circumstances) -> None:
    """Raise a refusal that names every field in the way, or nothing."""
    errors = [error for clause in CLAUSES for error in clause(submission, around)]
    if errors:
        raise ReturnIsRefused(errors=errors)


Clause = Callable[[ReturnSubmission, Circumstances], Errors]


def period_is_the_municipalitys(submission: ReturnSubmission, around: Circumstances) -> Errors:
    return unfit_period(submission.period, around)


def says_something_or_nothing(submission: ReturnSubmission, _around: Circumstances) -> Errors:
    says_something = bool(
        submission.answers or submission.area_assessments or submission.risk_value is not None
    )
    if says_something and submission.nothing_to_report:
        return objection(
            "nothing_to_report",
            sv="Inget att rapportera går inte ihop med svar. Ta bort det ena.",
            en="Nothing to report does not go together with answers. Remove one of them.",
        )
    if not says_something and not submission.nothing_to_report:
        return objection(
            "answers",
            sv="Periodrapporten är tom. Fyll i något, eller välj Inget att rapportera.",
            en="The return is empty. Fill in something, or choose Nothing to report.",
        )
    return ()


def checklist_is_in_use(submission: ReturnSubmission, around: Circumstances) -> Errors:
    if submission.nothing_to_report and submission.checklist is None:
        return ()
    if submission.nothing_to_report:
        return objection(
            "checklist",
            sv="Inget att rapportera gäller alla listor. Utelämna checklistan.",
            en="Nothing to report is about every list. Leave the checklist out.",
        )
    if submission.checklist in around.set_up.checklists:
        return ()
    in_use = ", ".join(around.set_up.checklists)
    return objection(
        "checklist",
        sv=f"Ange en av kommunens checklistor ({in_use}).",
        en=f"Name one of the municipality's checklists ({in_use}).",
    )


def answers_are_to_its_entries(submission: ReturnSubmission, around: Circumstances) -> Errors:
    checklist = around.set_up.checklists.get(submission.checklist or "")
    if checklist is None:
        return ()
    entry_ids = {entry.entry_id for entry in checklist.entries}
    return tuple(
        error
        for place, answer in enumerate(submission.answers)
        if answer.checklist_entry not in entry_ids
        for error in objection(
            f"answers.{place}.checklist_entry",
            sv="Punkten finns inte i checklistan.",
            en="The entry is not in the checklist.",
        )
    )


def areas_are_known(submission: ReturnSubmission, around: Circumstances) -> Errors:
    answers = (
        error
        for place, answer in enumerate(submission.answers)
        for error in unknown_area(f"answers.{place}.area", answer.area, around)
    )
    assessments = (
        error
        for place, assessment in enumerate(submission.area_assessments)
        for error in unknown_area(f"area_assessments.{place}.area", assessment.area, around)
    )
    return (*answers, *assessments)


def nothing_is_said_twice(submission: ReturnSubmission, _around: Circumstances) -> Errors:
    answered = Counter((each.checklist_entry, each.area) for each in submission.answers)
    assessed = Counter(each.area for each in submission.area_assessments)
    answers = (
        error
        for place, each in enumerate(submission.answers)
        if answered[each.checklist_entry, each.area] > 1
        for error in objection(
            f"answers.{place}.checklist_entry",
            sv="Punkten är besvarad två gånger för samma område.",
            en="The entry is answered twice for the same area.",
        )
    )
    assessments = (
        error
        for place, each in enumerate(submission.area_assessments)
        if assessed[each.area] > 1
        for error in objection(
            f"area_assessments.{place}.area",
            sv="Området är bedömt två gånger.",
            en="The area is assessed twice.",
        )
    )
    return (*answers, *assessments)


def answers_say_something(submission: ReturnSubmission, _around: Circumstances) -> Errors:
    return tuple(
        error
        for place, answer in enumerate(submission.answers)
        if answer.value is None and not answer.text and not answer.measures
        for error in objection(
            f"answers.{place}.value",
            sv="Svaret är tomt. Välj ett värde, skriv något, eller utelämna punkten.",
            en="The answer is empty. Choose a value, write something, or leave the entry out.",
        )
    )


def values_are_on_a_scale(submission: ReturnSubmission, around: Circumstances) -> Errors:
    entries = around.set_up.entries
    return tuple(
        error
        for place, answer in enumerate(submission.answers)
        if answer.value is not None
        and answer.checklist_entry in entries
        and entries[answer.checklist_entry].scale is None
        for error in objection(
            f"answers.{place}.value",
            sv="Punkten har ingen skala. Skriv i stället.",
            en="The entry has no scale. Write instead.",
        )
    )


def risk_value_is_on_the_scale(submission: ReturnSubmission, around: Circumstances) -> Errors:
    if submission.risk_value is None:
        return ()
    scale = around.set_up.document.risk_scale
    if scale is None:
        return objection(
            "risk_value",
            sv="Kommunen sätter inget riskvärde.",
            en="The municipality gives no risk value.",
        )
    if scale.lowest <= submission.risk_value <= scale.highest:
        return ()
    return objection(
        "risk_value",
        sv=f"Riskvärdet ska ligga mellan {scale.lowest} och {scale.highest}.",
        en=f"The risk value must lie between {scale.lowest} and {scale.highest}.",
    )


def words_point_out_nobody(submission: ReturnSubmission, around: Circumstances) -> Errors:
    return tuple(error for field, text in _words(submission) for error in individuals_in(field, text, around))


CLAUSES: tuple[Clause, ...] = (
    function_is_the_senders,
    period_is_the_municipalitys,
    says_something_or_nothing,
    checklist_is_in_use,
    answers_are_to_its_entries,
    areas_are_known,
    nothing_is_said_twice,
    answers_say_something,
    values_are_on_a_scale,
    risk_value_is_on_the_scale,
    words_point_out_nobody,
)


def _words(submission: ReturnSubmission) -> Iterator[tuple[str, str | None]]:
    for place, answer in enumerate(submission.answers):
        yield f"answers.{place}.text", answer.text
        yield f"answers.{place}.measures", answer.measures
    for place, assessment in enumerate(submission.area_assessments):
        yield f"area_assessments.{place}.text", assessment.text
