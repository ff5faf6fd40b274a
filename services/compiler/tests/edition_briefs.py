"""Pictures to make editions of: few reports and many, of a week in Valboås and a fortnight in Borås."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from known_weeks import known

from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Slot, Tally
from est_compiler.domain.picture import Known, Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.view import Standing, Stated
from est_compiler.domain.wording.sentences import headline, suggested_sentences
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    CollaborationDocument,
    Level,
    Party,
    PictureTemplate,
    entry,
    picture_template,
)

THURSDAY = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
#: Valboås, reporting by Borås' list, which has things that are expected and that happen elsewhere.
VALBOAS = example_collaboration().model_copy(update={"checklists": ("orebro", "boras")})
ORGANISATIONS = {
    "valboas_kommun": Party.MUNICIPALITY,
    "polisen_valboas": Party.POLICE,
    "valboasbostader": Party.HOUSING,
}


def reported(
    entry_id: str = "boras.1",
    *,
    reports: int = 1,
    area: str | None = None,
    organisation: str = "polisen_valboas",
    slot: Slot = Slot.NOW,
    severity: int | None = 3,
    hour: int | None = 20,
) -> Tally:
    """Reports of one entry on a Friday."""
    return Tally(
        slot=slot,
        area=area,
        theme=entry(entry_id).theme,
        entry=entry_id,
        organisation=organisation,
        party=ORGANISATIONS[organisation],
        reports=reports,
        severity=severity,
        weekday=None if hour is None else 5,
        hour=hour,
    )


def drawn(tallies: Sequence[Tally], *, document: CollaborationDocument = VALBOAS) -> Picture:
    return draw(known(*tallies, document=document))


def brief_of(
    *tallies: Tally,
    document: CollaborationDocument = VALBOAS,
    template: PictureTemplate | None = None,
    stated: Stated | None = None,
) -> Brief:
    """A picture of these reports, published as version 1 with a level."""
    picture = drawn(tallies, document=document)
    return Brief(
        picture=picture,
        known=Known(12, 3),
        fingerprint="a" * 64,
        stated=stated or Stated(Standing.PUBLISHED, THURSDAY, version=1, published_by="samordnaren"),
        headline=headline(picture, until=None),
        sentences=tuple(each.words for each in suggested_sentences(picture, until=None)),
        level=Level.YELLOW,
        level_words="Två bränder vid skolan har oroat många.",
        template=template or picture_template("boras_weekly"),
        document=document,
    )


def running(brief: Brief) -> Brief:
    return replace(brief, stated=Stated(Standing.RUNNING, THURSDAY))
