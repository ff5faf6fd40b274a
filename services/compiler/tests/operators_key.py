"""The operator at the compiler's doors: a program with a key, of no municipality."""

import json
from pathlib import Path

from est_chassis.web.access import new_api_key

TOKEN, _SHA256 = new_api_key("operator", "secret")
OPERATOR = {"Authorization": f"Bearer {TOKEN}", "Accept": "text/html"}


def keys_file(folder: Path) -> Path:
    file = folder / "keys.json"
    file.write_text(json.dumps([{"key_id": "operator", "sha256": _SHA256, "roles": ["operator"]}]))
    return file
