"""What others wrote lies here unchanged, and it is noted what it is."""

from hashlib import sha256
from pathlib import Path

import est_intake

VENDOR = Path(est_intake.__file__).parent / "pages" / "static" / "vendor"


def test_what_intake_has_vendored_is_what_is_noted() -> None:
    noted = (VENDOR / "VENDORED.md").read_text(encoding="utf-8")

    vendored = [file for file in sorted(VENDOR.iterdir()) if file.suffix in {".js", ".css"}]
    assert vendored
    for file in vendored:
        assert f"| `{file.name}` |" in noted
        assert sha256(file.read_bytes()).hexdigest() in noted
