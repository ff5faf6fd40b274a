"""How programs come in: for pictures, and for the work that people put to them."""

from est_compiler.api import compilations, editions, law, pictures, sections, signatures

routers = (
    pictures.router,
    compilations.router,
    sections.router,
    signatures.router,
    editions.router,
    law.router,
)
