"""What the API tells of a collaboration's versions and of what a document would change."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from est_intake.domain.set_up_changes import Change, ChangeKind, FieldChange
from est_intake.domain.set_up_words import Spoken
from est_intake.read_models.collaboration_versions import Version


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class TellingField(_Answer):
    """A field that would say something else; borders on the map are not written out."""

    field: str
    field_sv: str
    field_en: str
    before_sv: str | None
    before_en: str | None
    after_sv: str | None
    after_en: str | None

    @classmethod
    def of(cls, change: FieldChange) -> Self:
        before_sv, before_en = change.before or (None, None)
        after_sv, after_en = change.after or (None, None)
        return cls(
            field=change.field,
            field_sv=change.words.sv,
            field_en=change.words.en,
            before_sv=before_sv,
            before_en=before_en,
            after_sv=after_sv,
            after_en=after_en,
        )


class TellingChange(_Answer):
    """One thing that would be added, changed or removed."""

    kind: ChangeKind
    part: str
    part_sv: str
    part_en: str
    key: str | None = Field(description="What it is known by, as 1490HULTA.")
    name_sv: str
    name_en: str
    fields: list[TellingField]

    @classmethod
    def of(cls, change: Change) -> Self:
        name: Spoken = change.name
        return cls(
            kind=change.kind,
            part=change.part,
            part_sv=change.part_words.sv,
            part_en=change.part_words.en,
            key=change.key,
            name_sv=name.sv,
            name_en=name.en,
            fields=[TellingField.of(each) for each in change.fields],
        )


class CheckedDocument(_Answer):
    """What a document would change."""

    version: int | None = Field(description="The version in force; none when nothing is set up yet.")
    changes: list[TellingChange]


class TellingVersion(_Answer):
    """One version of a municipality's set-up."""

    version: int
    recorded_at: datetime
    by_function: str | None = Field(description="Who set it up; none is the operator.")

    @classmethod
    def of(cls, version: Version) -> Self:
        return cls(version=version.version, recorded_at=version.recorded_at, by_function=version.by_function)


class Versions(_Answer):
    """All versions, the latest first."""

    versions: list[TellingVersion]
