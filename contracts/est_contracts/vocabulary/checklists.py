"""The checklists that municipalities report by: versioned, and every entry mapped to a theme."""

from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from est_contracts.vocabulary.names import ChecklistGroupId, ChecklistId, EntryId
from est_contracts.vocabulary.parties import Party
from est_contracts.vocabulary.scales import Polarity, Scope, Tense
from est_contracts.vocabulary.themes import Theme
from est_contracts.vocabulary.wording import Words

ScaleName = Literal["severity_1_5", "one_to_five"]


class UnknownChecklist(LookupError):
    """No checklist has this name."""


class UnknownChecklistEntry(LookupError):
    """No checklist has an entry of this name."""


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ChecklistEntry(_Fixed):
    """One entry of a checklist (punkt i checklistan)."""

    entry_id: EntryId
    words: Words
    help: Words | None = None
    party: Party | None = Field(None, description="Who mainly reports it; none means everyone.")
    polarity: Polarity
    scope: Scope
    tense: Tense
    scale: ScaleName | None
    theme: Theme
    group: ChecklistGroupId | None = None


class ChecklistGroup(_Fixed):
    """A part of a checklist, mainly reported by one party."""

    group_id: ChecklistGroupId
    words: Words
    party: Party


class ScaleStep(_Fixed):
    """One step of a checklist's own scale (bedömningsskala 1-5)."""

    step: Annotated[int, Field(ge=1, le=5)]
    problem: Words
    influence: Words


class Checklist(_Fixed):
    """A checklist (checklista): what reporters look for."""

    checklist_id: ChecklistId
    version: int
    title: Words
    source: str = ""
    source_lines: tuple[int, int] | None = Field(
        None, description="Where the source prints it, in its plain text; none for a list of one's own."
    )
    groups: tuple[ChecklistGroup, ...] = ()
    scale_steps: tuple[ScaleStep, ...] = ()
    entries: tuple[ChecklistEntry, ...]

    @model_validator(mode="after")
    def _entries_belong_here(self) -> Self:
        group_ids = {group.group_id for group in self.groups}
        for listed in self.entries:
            if not listed.entry_id.startswith(f"{self.checklist_id}."):
                raise ValueError(f"{listed.entry_id} does not belong to {self.checklist_id}")
            if listed.group is not None and listed.group not in group_ids:
                raise ValueError(f"{listed.entry_id} stands in an unknown group, {listed.group}")
        return self


def checklist(checklist_id: str) -> Checklist:
    """The checklist of this name."""
    try:
        return CHECKLISTS[checklist_id]
    except KeyError:
        raise UnknownChecklist(checklist_id) from None


def entry(entry_id: str) -> ChecklistEntry:
    """The entry of this name, whichever checklist it stands in."""
    try:
        return _ENTRIES[entry_id]
    except KeyError:
        raise UnknownChecklistEntry(entry_id) from None


def _read_checklists() -> dict[str, Checklist]:
    written = sorted(
        (file for file in (files("est_contracts") / "checklists").iterdir() if file.name.endswith(".json")),
        key=lambda file: file.name,
    )
    read = (Checklist.model_validate_json(file.read_text("utf-8")) for file in written)
    return {each.checklist_id: each for each in read}


CHECKLISTS: dict[str, Checklist] = _read_checklists()
_ENTRIES = {listed.entry_id: listed for each in CHECKLISTS.values() for listed in each.entries}
