"""A view as a PDF that can be read aloud (PDF/UA-1) and kept (PDF/A-2a)."""

from est_compiler.formats.pdf.press import PRESS, Press
from est_compiler.formats.pdf.typesetting import pdf_of

__all__ = ["PRESS", "Press", "pdf_of"]
