"""What has been filled in on the page of a return, read without trusting it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from est_chassis.web.bodies import FormValues
from est_chassis.web.numbers import whole_number
from est_contracts.vocabulary import Checklist, ChecklistEntry, FieldError, Origin, Words
from est_intake.application import ReturnWithWords
from est_intake.domain.returning import AnswerSubmitted, AssessmentSubmitted, ReturnSubmission

STEPS = ("1", "2", "3", "4", "5")
LONGEST_TEXT = 4_000
MOST_ROWS = 20
TOO_LONG = Words(
    sv=f"Korta texten till högst {LONGEST_TEXT} tecken.",
    en=f"Shorten the text to at most {LONGEST_TEXT} characters.",
)


@dataclass(frozen=True)
class AnswerRow:
    """One answer to an entry, as it was filled in."""

    value: str = ""
    area: str = ""
    text: str = ""
    measures: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.value or self.text or self.measures)


@dataclass(frozen=True)
class AssessedRow:
    """How an area was judged, as it was filled in."""

    value: str = ""
    text: str = ""


@dataclass(frozen=True)
class ReturnForm:
    """The fields as they were sent, to be shown again when something needs to be corrected."""

    answers: Mapping[str, Sequence[AnswerRow]] = field(default_factory=dict)
    assessed: Mapping[str, AssessedRow] = field(default_factory=dict)
    risk_value: str = ""
    revision: str = ""

    @classmethod
    def empty(cls, checklist: Checklist, *, area: str) -> "ReturnForm":
        return cls({entry.entry_id: (AnswerRow(area=area),) for entry in checklist.entries})

    @classmethod
    def of(cls, found: ReturnWithWords, checklist: Checklist, *, area: str) -> "ReturnForm":
        """What was handed in last, to be changed."""
        content, words = found.returned.content, found.words
        answers: dict[str, list[AnswerRow]] = {}
        for each in content.answers:
            said = words.get((each.checklist_entry, each.area))
            row = AnswerRow(
                str(each.value or ""),
                each.area or "",
                (said and said.text) or "",
                (said and said.measures) or "",
            )
            answers.setdefault(each.checklist_entry, []).append(row)
        assessed = {}
        for judged in content.area_assessments:
            said = words.get((None, judged.area))
            assessed[judged.area] = AssessedRow(str(judged.value), (said and said.text) or "")
        unanswered = {entry.entry_id: [AnswerRow(area=area)] for entry in checklist.entries}
        risk = content.risk_value
        return cls(
            unanswered | answers,
            assessed,
            risk_value="" if risk is None else str(risk),
            revision=str(found.returned.revision),
        )

    @classmethod
    def sent(cls, form: FormValues, checklist: Checklist, *, areas: Iterable[str]) -> "ReturnForm":
        return cls(
            {entry.entry_id: _rows(form, entry.entry_id) for entry in checklist.entries},
            {
                area: AssessedRow(form.text(f"assessed-{area}"), _text(form, f"assessed_text-{area}"))
                for area in areas
            },
            risk_value=form.text("risk_value"),
            revision=form.text("revision"),
        )

    def with_another_row(self, entry_id: str) -> "ReturnForm":
        """The same entry once more, for another area."""
        if entry_id not in self.answers or len(self.answers[entry_id]) >= MOST_ROWS:
            return self
        rows = {**self.answers, entry_id: (*self.answers[entry_id], AnswerRow())}
        return ReturnForm(rows, self.assessed, self.risk_value, self.revision)

    @property
    def from_revision(self) -> int | None:
        return whole_number(self.revision)

    @property
    def answered(self) -> int:
        """How many entries have been answered."""
        return sum(any(row.says_something for row in rows) for rows in self.answers.values())

    def places(self) -> list[tuple[str, int]]:
        """The answers that say something, in the order in which they are handed in."""
        return [
            (entry_id, number)
            for entry_id, rows in self.answers.items()
            for number, row in enumerate(rows)
            if row.says_something
        ]

    def submission(self, municipality: str, period: str, *, checklist: str) -> ReturnSubmission:
        return ReturnSubmission(
            municipality=municipality,
            period=period,
            checklist=checklist,
            answers=tuple(_answer(entry_id, self.answers[entry_id][n]) for entry_id, n in self.places()),
            area_assessments=tuple(
                AssessmentSubmitted(area, int(row.value), row.text or None)
                for area, row in self.assessed.items()
                if row.value in STEPS
            ),
            risk_value=whole_number(self.risk_value),
            origin=Origin.FORM,
        )

    def too_long(self) -> dict[str, Words]:
        """Texts that have no room, by the names of their fields."""
        texts = {
            f"{kind}-{entry_id}-{number}": text
            for entry_id, rows in self.answers.items()
            for number, row in enumerate(rows)
            for kind, text in (("text", row.text), ("measures", row.measures))
        } | {f"assessed_text-{area}": row.text for area, row in self.assessed.items()}
        return {name: TOO_LONG for name, text in texts.items() if len(text) > LONGEST_TEXT}

    def told(self, errors: Iterable[FieldError]) -> dict[str, Words]:
        """What is to be corrected, under the names that the page gives its fields."""
        places, assessed = self.places(), [area for area, row in self.assessed.items() if row.value in STEPS]
        told: dict[str, Words] = {}
        for error in errors:
            part, _, rest = error.field.partition(".")
            number, _, kind = rest.partition(".")
            name = part
            if part == "answers" and number.isdigit():
                entry_id, row = places[int(number)]
                name = f"{'area' if kind == 'checklist_entry' else kind}-{entry_id}-{row}"
            elif part == "area_assessments":
                name = f"assessed{'_text' if kind == 'text' else ''}-{assessed[int(number)]}"
            told.setdefault(name, error.words)
        return told


def grouped(checklist: Checklist) -> list[tuple[str, Words | None, list[ChecklistEntry]]]:
    """The entries in the groups of their list; a list without groups is one group without a name."""
    names = {group.group_id: group.words for group in checklist.groups}
    groups: dict[str, list[ChecklistEntry]] = {}
    for entry in checklist.entries:
        groups.setdefault(entry.group or "", []).append(entry)
    return [(group_id, names.get(group_id), entries) for group_id, entries in groups.items()]


def _rows(form: FormValues, entry_id: str) -> tuple[AnswerRow, ...]:
    rows = min(max(whole_number(form.text(f"rows-{entry_id}")) or 1, 1), MOST_ROWS)
    return tuple(
        AnswerRow(
            value if (value := form.text(f"value-{entry_id}-{number}")) in STEPS else "",
            form.text(f"area-{entry_id}-{number}"),
            _text(form, f"text-{entry_id}-{number}"),
            _text(form, f"measures-{entry_id}-{number}"),
        )
        for number in range(rows)
    )


def _answer(entry_id: str, row: AnswerRow) -> AnswerSubmitted:
    return AnswerSubmitted(
        entry_id,
        row.area or None,
        int(row.value) if row.value else None,
        row.text or None,
        row.measures or None,
    )


def _text(form: FormValues, name: str) -> str:
    # Browsers send line breaks as CRLF.
    return form.text(name).replace("\r\n", "\n")
