"""Makes the secrets of an installation with containers, once; what exists is left as it is.

    python3 deploy/compose/make_secrets.py [DIRECTORY]

Needs nothing but Python.  The operator's key is printed this once; only its hash is kept.
"""

import hashlib
import json
import secrets
import sys
from pathlib import Path

SERVICES = ("intake", "compiler", "analysis", "notifier")
# The owner of the directory alone; the containers' users read the files, so the files themselves are open.
DIRECTORY_MODE, FILE_MODE = 0o700, 0o444


def main(directory: Path) -> str | None:
    """Write what is missing; the operator's token when it is new."""
    directory.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
    for name in ("postgres_password", "owner_password", "session_secret"):
        keep(directory / name, secrets.token_urlsafe(32))
    keep(directory / "smtp_password", "")
    owner = (directory / "owner_password").read_text()
    keep(directory / "owner_database_url", database_url("est_owner", owner))
    for service in SERVICES:
        keep(directory / f"{service}_nats_password", secrets.token_urlsafe(24))
        keep(directory / f"{service}_role_password", secrets.token_urlsafe(24))
        password = (directory / f"{service}_role_password").read_text()
        keep(directory / f"{service}_database_url", database_url(f"est_{service}", password))
    keep(directory / "nats_passwords", nats_passwords(directory))
    if (directory / "api_keys").exists():
        return None
    token = f"est_operator_{secrets.token_urlsafe(32)}"
    keep(directory / "api_keys", json.dumps([operator(token)], indent=2))
    return token


def keep(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        path.chmod(FILE_MODE)


def database_url(role: str, password: str) -> str:
    return f"postgresql://{role}:{password}@postgres:5432/est"


def nats_passwords(directory: Path) -> str:
    """NATS reads them as variables of its configuration."""
    told = {name: (directory / f"{name}_nats_password").read_text() for name in SERVICES}
    told |= {name: secrets.token_urlsafe(24) for name in ("system", "app")}
    return "".join(f'{name.upper()}_PASSWORD: "{password}"\n' for name, password in told.items())


def operator(token: str) -> dict[str, object]:
    return {
        "key_id": "operator",
        "sha256": hashlib.sha256(token.encode()).hexdigest(),
        "municipality": None,
        "function": None,
        "organisation": None,
        "party": None,
        "roles": ["operator"],
        "name": "Drift",
    }


if __name__ == "__main__":
    made = main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "secrets")
    sys.stdout.write(
        f"The operator's key, shown this once: {made}\n" if made else "Everything is there already.\n"
    )
