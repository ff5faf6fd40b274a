"""The demo municipality Valboås: how it is set up, and two believable years of reports."""

from est_single_machine.demo.document import valboas_document
from est_single_machine.demo.filling import Simulation, fill, simulate

__all__ = [
    "Simulation",
    "fill",
    "simulate",
    "valboas_document",
]
