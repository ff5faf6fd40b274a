"""Real servers that need no installation: for tests, demos and a municipality on one computer."""

from est_chassis.embedded.directory_lock import DirectoryInUse
from est_chassis.embedded.nats import EmbeddedNats, TemporaryNats
from est_chassis.embedded.ports import free_port, is_free
from est_chassis.embedded.postgres import EmbeddedPostgres, program_of_postgres
from est_chassis.embedded.server_process import ServerFailedToStart, kill_tree
from est_chassis.embedded.temporary_postgres import TemporaryPostgres

__all__ = [
    "DirectoryInUse",
    "EmbeddedNats",
    "EmbeddedPostgres",
    "ServerFailedToStart",
    "TemporaryNats",
    "TemporaryPostgres",
    "free_port",
    "is_free",
    "kill_tree",
    "program_of_postgres",
]
