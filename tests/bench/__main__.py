"""`make bench`: measure this machine. Name one or more of a b c d e f survival to run only those."""

import sys
import tempfile
from pathlib import Path

from tests.bench import memory, paper, picture, push_latency, replay, survive, write_path
from tests.system.est_house import est_house

IN_A_HOUSE = {"e": memory.run, "a": write_path.run, "b": push_latency.run}
ALONE = {"c": replay.run, "d": picture.run, "f": paper.run, "survival": survive.run}


def main() -> None:
    wanted = sys.argv[1:] or [*IN_A_HOUSE, *ALONE]
    in_a_house = [run for name, run in IN_A_HOUSE.items() if name in wanted]
    if in_a_house:
        with tempfile.TemporaryDirectory(prefix="est-bench-") as directory:
            Path(directory).chmod(0o711)
            with est_house(Path(directory) / "house") as house:
                for run in in_a_house:
                    run(house)
    for name, run_alone in ALONE.items():
        if name in wanted:
            run_alone()


if __name__ == "__main__":
    main()
