"""The compiler's read models in a database, without a service around them."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg.rows import dict_row
from told_histories import stand

from est_chassis.event_store import Cursor
from est_chassis.testing import FreshDatabase


@contextmanager
def empty_read_models(database: FreshDatabase) -> Iterator[Cursor]:
    with psycopg.connect(database.owner_url, row_factory=dict_row) as connection:
        opened = connection.cursor()
        stand(opened)
        yield opened


def only_ask(cursor: Cursor) -> None:
    """Keep what has been fed: from here on nothing can be changed."""
    # PostgreSQL does so by itself in a minute: plans that know nothing of the tables take four times as long.
    cursor.execute("ANALYZE")
    cursor.execute("SET default_transaction_read_only = on")
    cursor.connection.commit()
    cursor.connection.autocommit = True
