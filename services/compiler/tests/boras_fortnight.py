"""The fortnight of figure 10.2 as it is known to the compiler: counts by entry, area and organisation."""

from datetime import date
from uuid import UUID, uuid5

from est_compiler.domain.compiling.work import (
    AreaValue,
    CompiledWork,
    PriorityValue,
    ProblemRow,
    RowWords,
    SectionPlace,
    SectionText,
    TextReference,
    WorkInWords,
)
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Knowledge, Slot, Tally
from est_compiler.domain.picture import Known, Picture
from est_compiler.domain.sections.fill import fill_sections
from est_compiler.domain.sections.parts import FilledSection, Material
from est_contracts.vocabulary import (
    CollaborationDocument,
    Party,
    PictureCalendar,
    PictureScope,
    PictureTemplate,
    Theme,
    entry,
    picture_template,
)

HULTA, HASSLEHOLMEN = "1490HULTA", "1490HASSLEHOLMEN"
SPACE = UUID("5f1b1c39-7f1d-4a79-9f55-6ad7e6d40c2e")

BORAS = CollaborationDocument.model_validate(
    {
        "municipality": "1490",
        "name": "Borås",
        "organisation_model": "A",
        "checklists": ["boras"],
        "period_days": 14,
        "periods_begin_on": "2018-11-07",
        "deadline": {"weekday": 3, "time": "09:00"},
        "organisations": [
            {"organisation_id": name, "name": title, "party": party, "kind": party}
            for name, title, party in (
                ("boras_stad", "Borås Stad", "municipality"),
                ("polisen", "Polisen", "police"),
                ("ab_bostader", "AB Bostäder", "housing"),
            )
        ],
        "areas": [
            {"area_id": HULTA, "name": "Hulta", "priority": True},
            {"area_id": HASSLEHOLMEN, "name": "Hässleholmen", "priority": True},
        ],
        "functions": [
            {"function_id": name, "title": title, "organisation_id": own, "roles": ["coordinator"]}
            for name, title, own in (
                ("samordnare", "Samordnare", "boras_stad"),
                ("kommunpolis", "Kommunpolis", "polisen"),
            )
        ],
    }
)

#: By organisation, entry, area and number; the police's are blocks without areas.
COUNTED = (
    ("polisen", "boras.1", None, 13),
    ("polisen", "boras.2", None, 3),
    ("polisen", "boras.5", None, 7),
    ("polisen", "boras.15", None, 2),
    ("ab_bostader", "boras.1", None, 1),
    ("boras_stad", "boras.2", HASSLEHOLMEN, 4),
    ("boras_stad", "boras.2", HULTA, 2),
    ("boras_stad", "boras.5", HULTA, 2),
    ("boras_stad", "boras.5", HASSLEHOLMEN, 2),
    ("boras_stad", "boras.9", HULTA, 2),
    ("boras_stad", "boras.9", HASSLEHOLMEN, 1),
    ("boras_stad", "boras.13", HASSLEHOLMEN, 1),
    ("boras_stad", "boras.12", None, 1),
)
PARTIES = {"polisen": Party.POLICE, "ab_bostader": Party.HOUSING, "boras_stad": Party.MUNICIPALITY}


def tally(
    organisation: str,
    entry_id: str,
    area: str | None,
    reports: int,
    *,
    slot: Slot = Slot.NOW,
    theme: Theme | None = None,
    severity: int | None = None,
    in_public: bool | None = None,
) -> Tally:
    """Reports of one entry; the theme is the entry's own."""
    return Tally(
        slot=slot,
        area=area,
        theme=theme or entry(entry_id).theme,
        entry=entry_id,
        organisation=organisation,
        party=PARTIES[organisation],
        reports=reports,
        severity=severity,
        in_public=in_public,
    )


THE_FIGURE = (
    *(tally(*counted) for counted in COUNTED),
    tally("polisen", "boras.7", None, 3, in_public=False),
)


def fortnight(*tallies: Tally, period: str = "2018-W45-W46", first_day: date | None = None) -> Picture:
    """The picture of the fortnight, drawn from so many reports."""
    calendar = PictureCalendar.of_rhythm(BORAS.rhythm)
    return draw(
        Knowledge(
            municipality="1490",
            period=calendar.parse(period),
            scope=PictureScope(),
            known=Known(12),
            areas=None,
            tallies=tallies,
            recent_weeks={},
            first_day=first_day or date(2016, 1, 1),
            collaboration=BORAS,
        )
    )


def material(
    picture: Picture, template: str | PictureTemplate = "boras_weekly", *, work: WorkInWords | None = None
) -> Material:
    layout = picture_template(template) if isinstance(template, str) else template
    return Material(picture, layout, work=work, document=BORAS)


def sections_of(
    picture: Picture, template: str | PictureTemplate = "boras_weekly", *, work: WorkInWords | None = None
) -> dict[str, FilledSection]:
    filled = fill_sections(material(picture, template, work=work))
    return {each.section.section_id: each for each in filled}


def said_in(section: FilledSection) -> list[tuple[str | None, str]]:
    """What the lines of a section say in Swedish, each with the name of its area."""
    return [(part.name, line.words.sv) for part in section.parts for line in part.lines]


class Desk:
    """What people have put together for the picture, text by text."""

    def __init__(self) -> None:
        self._words: dict[UUID, str] = {}
        self._texts: list[SectionText] = []
        self._rows: list[ProblemRow] = []
        self._values: list[AreaValue] = []
        self._priorities: list[PriorityValue] = []

    def write(
        self, section: str, text: str, *, area: str | None = None, party: Party | None = None
    ) -> "Desk":
        reference = self._kept(text)
        self._texts.append(SectionText(SectionPlace(section, area, party), reference))
        return self

    def add_row(
        self, section: str, words: RowWords, *, responsible: str | None = None, continues: bool = True
    ) -> "Desk":
        reference = self._kept(words.as_written)
        self._rows.append(ProblemRow(section, reference.text_id, reference, responsible, continues=continues))
        return self

    def assess(self, area: str, party: Party, value: int) -> "Desk":
        self._values.append(AreaValue(area, party, value))
        return self

    def value(self, area: str, value: int) -> "Desk":
        self._priorities.append(PriorityValue(area, value))
        return self

    def erase_everything(self) -> "Desk":
        self._words.clear()
        return self

    @property
    def work(self) -> WorkInWords:
        compiled = CompiledWork(
            template="boras_weekly",
            template_version=1,
            texts=tuple(self._texts),
            rows=tuple(self._rows),
            area_values=tuple(self._values),
            priorities=tuple(self._priorities),
        )
        return WorkInWords(compiled, dict(self._words))

    def _kept(self, text: str) -> TextReference:
        text_id = uuid5(SPACE, f"{len(self._words)}{text}")
        self._words[text_id] = text
        return TextReference(text_id, "digest")
