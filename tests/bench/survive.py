"""The long form of the survival test: 16 clients, three rounds of kill -9 of every part."""

import tempfile
from pathlib import Path

from tests.bench import results
from tests.system.survival import kill_each_in_turn


def run() -> None:
    with tempfile.TemporaryDirectory(prefix="est-survive-") as directory:
        Path(directory).chmod(0o711)
        seen = kill_each_in_turn(Path(directory) / "house", rounds=3, clients=16, pause_seconds=3)
    results.write("survival", title="kill -9 of every part, three rounds", rows=[seen.row()])
