"""Write the schemas to contracts/schemas, and seal what is new: `python -m est_contracts.write_schemas`."""

import json
import sys
from pathlib import Path

from est_contracts.schemas import broken_promises, schemas, seals

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
RELEASED = SCHEMAS / "RELEASED.txt"


def main() -> int:
    """Write everything, unless a released promise would break."""
    current = seals()
    released = read_released() if RELEASED.exists() else {}
    broken = broken_promises(released, current)
    if broken:
        sys.stderr.write(
            f"Released, and now gone or different: {', '.join(broken)}.\n"
            "A released message never changes: copy it, raise VERSION, tell both.\n"
        )
        return 1
    for name, written in written_schemas().items():
        (SCHEMAS / name).write_text(written, encoding="utf-8")
    RELEASED.write_text("".join(f"{name} {seal}\n" for name, seal in current.items()), encoding="utf-8")
    return 0


def written_schemas() -> dict[str, str]:
    """The content of every schema file, by file name."""
    return {
        f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def read_released() -> dict[str, str]:
    """The seals of what is released, by the name of the promise."""
    lines = RELEASED.read_text("utf-8").splitlines()
    return dict(line.split(" ", maxsplit=1) for line in lines)


if __name__ == "__main__":
    sys.exit(main())
