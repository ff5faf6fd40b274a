"""Typesetting with typst: the sheet goes in as JSON, so that nothing anyone has written can be markup."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import typst

from est_chassis.web.languages import Language
from est_compiler.domain.viewing.view import View
from est_compiler.formats.pdf.blocks import Fields
from est_compiler.formats.pdf.letters import FONTS
from est_compiler.formats.pdf.sheet import day_of, sheet_of
from est_contracts.vocabulary import Edition

FOLDER: Final = Path(__file__).parent
#: To be read aloud, and to be kept: typst refuses to write what does not hold both.
STANDARDS: "Final[list[typst.PDFStandard]]" = ["a-2a", "ua-1"]
TEMPLATES: Final = {Edition.DUTY_OFFICER: "duty_officer.typ"}
OTHERWISE: Final = "picture.typ"
_ONE_AT_A_TIME: Final = Lock()


def pdf_of(view: View, language: Language, *, front_url: str = "") -> bytes:
    """The same view gives the same bytes."""
    template = TEMPLATES.get(view.edition, OTHERWISE)
    return typeset(sheet_of(view, language, front_url=front_url), template=template, moment=day_of(view))


def typeset(sheet: Fields, *, template: str, moment: datetime) -> bytes:
    """One document at a time: typst keeps what it has learnt of a template from one to the next."""
    compiler = _compiler(template)
    with _ONE_AT_A_TIME:
        document = compiler.compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=int(moment.timestamp()),
        )
    assert isinstance(document, bytes)
    return document


@cache
def _compiler(template: str) -> typst.Compiler:
    """Only our own fonts: a document looks the same wherever it is made."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(FOLDER / template), root=str(FOLDER), font_paths=fonts)
