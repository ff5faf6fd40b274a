"""The ``est`` command."""

import sys

from est_single_machine.commands import app
from est_single_machine.commands.console import explain


def main() -> None:
    """Run a command; what went wrong is told in a sentence, not as a traceback."""
    try:
        app()
    except Exception as failure:
        if (told := explain(failure)) is None:
            raise
        sys.stderr.write(f"{told}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
