"""How programs come in: for pictures, and for the work that people put to them."""

from est_compiler.api import (
    comparisons,
    compilations,
    editions,
    indicators,
    law,
    ogc,
    pictures,
    sections,
    signatures,
)

routers = (
    pictures.router,
    comparisons.router,
    compilations.router,
    sections.router,
    signatures.router,
    indicators.router,
    editions.router,
    law.router,
    ogc.router,
)
