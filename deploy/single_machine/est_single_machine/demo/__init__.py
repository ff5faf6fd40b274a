"""The demo municipality Valboås: how it is set up, and two believable years of reports."""

from est_single_machine.demo.document import DocumentIsWrong, read_collaboration, valboas_document
from est_single_machine.demo.filling import Simulation, fill, simulate

__all__ = [
    "DocumentIsWrong",
    "Simulation",
    "fill",
    "read_collaboration",
    "simulate",
    "valboas_document",
]
