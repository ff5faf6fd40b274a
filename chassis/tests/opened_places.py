"""Places that another account may reach: what the tests are given is closed to everybody else."""

import tempfile
from pathlib import Path


def opened(place: Path) -> None:
    """Open a test's place, and the directories above it as far as they are ours."""
    ours = [each for each in place.parents if Path(tempfile.gettempdir()) in each.parents]
    for directory in (place, *ours):
        directory.chmod(0o755)
