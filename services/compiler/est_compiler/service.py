"""How the parts of the compiler fit together."""

from est_chassis.clock import Clock
from est_chassis.service import Service
from est_compiler import api, pages
from est_compiler.application import BESIDE_TABLES, Compiler
from est_compiler.formats.pdf import PRESS
from est_compiler.publications import publications
from est_compiler.read_models.collaborations import Collaborations
from est_compiler.read_models.facts import Facts
from est_compiler.read_models.indicators import Indicators
from est_compiler.read_models.problems import Problems
from est_compiler.read_models.published_pictures import PublishedPictures
from est_compiler.read_models.returns import Returns
from est_compiler.settings import CompilerSettings
from est_compiler.subscriptions import subscriptions

__all__ = ["BESIDE_TABLES", "PREFIXES", "build"]

#: The addresses that are the compiler's behind the front door.
PREFIXES = (
    "/pictures",
    "/v1/municipalities/{code}/pictures",
    "/v1/municipalities/{code}/indicators",
    "/v1/municipalities/{code}/indicators.csv",
    "/open",
    "/ogc",
)


def build(settings: CompilerSettings, clock: Clock | None = None) -> Service[Compiler]:
    service = Service(
        settings,
        application=Compiler,
        read_models=(Facts(), Returns(), Collaborations(), Problems(), PublishedPictures(), Indicators()),
        subscriptions=subscriptions,
        publications=publications,
        routers=(*api.routers, pages.router),
        clock=clock,
    )
    service.background(PRESS.warm_up)
    return service
