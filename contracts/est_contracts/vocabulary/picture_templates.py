"""How a municipality's pictures are laid out: templates (mallar) as data, each with its headings in order."""

from enum import StrEnum
from importlib.resources import files
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from est_contracts.vocabulary.indicators import INDICATOR_GROUPS, IndicatorGroupId
from est_contracts.vocabulary.names import EntryId
from est_contracts.vocabulary.parties import Party
from est_contracts.vocabulary.picture_periods import PeriodKind
from est_contracts.vocabulary.themes import Theme
from est_contracts.vocabulary.wording import Words

TemplateId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
SectionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class UnknownTemplate(LookupError):
    """No template has this name."""


class SectionKind(StrEnum):
    """What stands under a heading of a picture, beside the words that people write there."""

    #: Nothing of its own: only the sections in it.
    HEADING = "heading"
    #: Only what people write.
    WORDS = "words"
    #: What was reported of the section's entries and themes, each number with its organisation.
    COUNTS = "counts"
    #: Counts against the period before, the one before that and the same period last year.
    COMPARISON = "comparison"
    #: What nothing stood out in: the categories that stay low.
    LOW_LEVELS = "low_levels"
    #: Recurring problems that analysis has told of, proposed or confirmed.
    RECURRING = "recurring"
    #: The table of problems: what, where, how, when; likely causes; measures with purpose and responsible.
    PROBLEMS = "problems"
    #: Measures that analysis has told of: decided, late, carried out.
    MEASURES = "measures"
    #: What is expected until the period after the next ends.
    AHEAD = "ahead"
    #: The areas, assessed 1-5 by each party.
    AREA_VALUES = "area_values"
    #: Every entry of the checklist with the values 1-5 that the returns give it.
    CHECKLIST_VALUES = "checklist_values"
    #: The risk value (riskvärde) of each period in a row.
    RISK_SERIES = "risk_series"
    #: The priority areas, each with its value on the template's own scale.
    PRIORITIES = "priorities"
    #: Themes down, districts across.
    THEMES_BY_DISTRICT = "themes_by_district"
    #: The structural indicators (strukturella indikatorer), year by year.
    INDICATORS = "indicators"
    #: What is to be reached: operative goals, priorities or strategic goals.
    GOALS = "goals"


class MeasuresShown(StrEnum):
    """Which of the measures that analysis has told of stand in a section."""

    PLANNED = "planned"
    GOING_ON = "going_on"
    COMPLETED = "completed"


class _Fixed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TemplateSection(_Fixed):
    """One heading of a template (rubrik), and what stands under it."""

    section_id: SectionId
    words: Words
    kind: SectionKind = SectionKind.WORDS
    help: Words | None = None
    entries: tuple[EntryId, ...] = Field((), description="Entries whose reports belong here.")
    themes: tuple[Theme, ...] = Field((), description="Themes whose reports belong here.")
    by_area: bool = Field(False, description="Whether it is written area by area.")
    party: Party | None = Field(None, description="Who mainly writes it; none means everyone.")
    measures: MeasuresShown | None = Field(None, description="Which measures stand here; none means all.")
    indicators: tuple[IndicatorGroupId, ...] = Field((), description="Groups of structural indicators.")
    sections: tuple["TemplateSection", ...] = ()


class TemplateScale(_Fixed):
    """The template's own scale for priority areas, as in the quarterly proposal's 1 to 4."""

    lowest: Annotated[int, Field(ge=0, le=10)]
    highest: Annotated[int, Field(ge=1, le=10)]
    words: tuple[Words, ...] = ()


class PictureTemplate(_Fixed):
    """A template (mall) of a picture: its title, its headings in order, what empty ones print."""

    template_id: TemplateId
    version: Annotated[int, Field(ge=1)]
    title: Words
    kinds: Annotated[tuple[PeriodKind, ...], Field(min_length=1)]
    source: str = ""
    source_lines: tuple[int, int] | None = None
    parties_line: bool = Field(False, description="Whether the organisations stand under the title.")
    areas_line: bool = Field(False, description="Whether the areas stand under the title.")
    titled_by_area: bool = Field(
        False, description="Whether a priority area and its number are in the title."
    )
    footer: Words | None = Field(None, description="What stands last.")
    empty: Words = Field(
        Words(sv="Inget inrapporterat under perioden.", en="Nothing reported during the period."),
        description="What an empty section prints.",
    )
    scale: TemplateScale | None = None
    sections: Annotated[tuple[TemplateSection, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _sections_have_their_own_names(self) -> Self:
        names = [each.section_id for each in self.all_sections()]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.template_id} names a section twice")
        return self

    @model_validator(mode="after")
    def _groups_of_indicators_exist(self) -> Self:
        for section in self.all_sections():
            unknown = set(section.indicators) - {group.group_id for group in INDICATOR_GROUPS}
            if unknown:
                raise ValueError(f"{section.section_id} names unknown indicators: {sorted(unknown)}")
        return self

    def all_sections(self) -> tuple[TemplateSection, ...]:
        """Every section, in the order in which it is printed."""
        return tuple(_flat(self.sections))


def _flat(sections: tuple[TemplateSection, ...]) -> list[TemplateSection]:
    return [each for section in sections for each in (section, *_flat(section.sections))]


class ChosenTemplate(_Fixed):
    """Which template a municipality uses for pictures of a kind."""

    kind: PeriodKind
    template: TemplateId


def picture_template(template_id: str, *, version: int | None = None) -> PictureTemplate:
    """The template of this name: as it is today, or as a version of it was."""
    try:
        return TEMPLATES[template_id] if version is None else TEMPLATE_VERSIONS[template_id, version]
    except KeyError:
        raise UnknownTemplate(template_id) from None


#: What is used where nothing has been chosen.
DEFAULT_TEMPLATES: dict[PeriodKind, TemplateId] = {
    PeriodKind.WEEK: "developed_weekly",
    PeriodKind.FORTNIGHT: "developed_weekly",
    PeriodKind.MONTH: "quarterly",
    PeriodKind.QUARTER: "quarterly",
    PeriodKind.TERTIAL: "quarterly",
    PeriodKind.HALF_YEAR: "quarterly",
    PeriodKind.YEAR: "annual",
}


def _read_templates() -> dict[tuple[str, int], PictureTemplate]:
    written = sorted(
        (file for file in (files("est_contracts") / "templates").iterdir() if file.name.endswith(".json")),
        key=lambda file: file.name,
    )
    read = [PictureTemplate.model_validate_json(file.read_text("utf-8")) for file in written]
    return {
        (each.template_id, each.version): each
        for each in sorted(read, key=lambda each: (each.template_id, each.version))
    }


#: A template that has been used never changes: it gets a new version in a file of its own, and both are kept.
TEMPLATE_VERSIONS: dict[tuple[str, int], PictureTemplate] = _read_templates()
TEMPLATES: dict[str, PictureTemplate] = {name: each for (name, _), each in TEMPLATE_VERSIONS.items()}
