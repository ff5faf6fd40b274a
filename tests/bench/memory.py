"""(e) Memory of the whole machine at rest."""

import time

from tests.bench import results
from tests.system.est_house import EstHouse

REST_SECONDS = 5.0
MEGABYTE = 1_000_000


def run(house: EstHouse) -> None:
    time.sleep(REST_SECONDS)
    parts = {name: size / MEGABYTE for name, size in sorted(house.resident_bytes().items())}
    results.write(
        "e_memory", title="(e) Memory at rest, MB (PSS)", rows=[parts | {"total": sum(parts.values())}]
    )
