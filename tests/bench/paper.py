"""(f) PDFs of a busy week and a busy year, each with other numbers than the one before."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from statistics import median

from pypdf import PdfReader

from est_chassis.web.languages import Language
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.knowledge import Knowledge, Slot, Tally
from est_compiler.domain.picture import Known, Picture
from est_compiler.domain.viewing.brief import Brief
from est_compiler.domain.viewing.build import view_of
from est_compiler.domain.viewing.view import Standing, Stated, View
from est_compiler.domain.wording.sentences import headline, suggested_sentences
from est_compiler.formats.pdf import pdf_of
from est_contracts.example_collaboration import example_collaboration
from est_contracts.vocabulary import (
    Edition,
    Level,
    Party,
    PictureCalendar,
    PictureScope,
    entry,
    picture_template,
)
from tests.bench import results

DOCUMENTS = 40
NOT_COUNTED = 5
MUNICIPALITY = example_collaboration()
PICTURES = {"2026-W47": "developed_weekly", "2026": "annual"}
EDITIONS = (Edition.INTERNAL, Edition.GENERAL, Edition.DUTY_OFFICER)
PUBLISHED = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


def drawn(period: str, *, number: int) -> Picture:
    """Every entry of Örebro's list in every area, at other hours each time."""
    tallies = tuple(
        Tally(
            slot=slot, area=area.area_id, theme=entry(f"orebro.{which}").theme, entry=f"orebro.{which}",
            organisation="valboas_kommun", party=Party.MUNICIPALITY, reports=1 + (number * which) % 9,
            severity=1 + (number + which) % 5, weekday=which % 7, hour=(number + 3 * which) % 24,
        )
        for slot in Slot for area in MUNICIPALITY.areas for which in range(1, 9)
    )  # fmt: skip
    return draw(
        Knowledge(
            municipality="9901", period=PictureCalendar().parse(period), scope=PictureScope(),
            known=Known(number), areas=None, tallies=tallies, recent_weeks={},
            first_day=date(2024, 1, 1), collaboration=MUNICIPALITY,
        )
    )  # fmt: skip


def view(period: str, edition: Edition, *, number: int) -> View:
    picture = drawn(period, number=number)
    sentences = tuple(each.words for each in suggested_sentences(picture, until=None))
    brief = Brief(
        picture=picture, known=Known(number), fingerprint=f"{number:064x}",
        stated=Stated(Standing.PUBLISHED, PUBLISHED, version=1), headline=headline(picture, until=None),
        sentences=sentences, level=Level.YELLOW, template=picture_template(PICTURES[period]),
        document=MUNICIPALITY,
    )  # fmt: skip
    return view_of(brief, edition)


@dataclass(frozen=True)
class Took:
    """The median of many documents, the first ones not counted: by the clock, and of processor time."""

    pdf_ms: float
    processor_ms: float
    document: bytes


def took(views: list[View]) -> Took:
    clock, processor, document = [], [], b""
    for each in views:
        began, used = time.perf_counter(), time.process_time()
        document = pdf_of(each, Language.SWEDISH)
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    return Took(median(clock[NOT_COUNTED:]), median(processor[NOT_COUNTED:]), document)


def run() -> None:
    found = {
        (period, edition): took([view(period, edition, number=number) for number in range(DOCUMENTS)])
        for period in PICTURES
        for edition in EDITIONS
    }
    smallest = min(each.pdf_ms for each in found.values())
    results.write(
        "f_paper",
        title="(f) PDFs, after start-up",
        rows=[
            {
                "period": period,
                "edition": edition.value,
                "pages": len(PdfReader(BytesIO(each.document)).pages),
                "kB": len(each.document) // 1000,
                "pdf_ms": each.pdf_ms,
                "processor_ms": each.processor_ms,
                "ratio_to_the_smallest": each.pdf_ms / smallest,
            }
            for (period, edition), each in found.items()
        ],
    )
