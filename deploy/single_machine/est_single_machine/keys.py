"""API keys of the house: who may come in as a program.  Only hashes are kept."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from est_chassis.web.api_keys import digest_of, new_api_key
from est_contracts.vocabulary import DEMO_MUNICIPALITY, Party, Role
from est_single_machine.private_files import write_private

DEMO_SECRET: Final = "valboas-demo"  # noqa: S105  printed at every start of the demo, and good for nothing else


class KeyExists(Exception):
    """There is a key of that name already."""


@dataclass(frozen=True)
class KeyHolder:
    """Whom a key stands for: always a function, never a person."""

    key_id: str
    name: str
    roles: tuple[Role, ...]
    municipality: str | None = None
    function: str | None = None
    organisation: str | None = None
    party: Party | None = None

    def entry(self, token: str) -> dict[str, Any]:
        return {
            "key_id": self.key_id,
            "sha256": digest_of(token),
            "municipality": self.municipality,
            "function": self.function,
            "organisation": self.organisation,
            "party": self.party,
            "roles": list(self.roles),
            "name": self.name,
        }


OPERATOR: Final = KeyHolder(key_id="operator", name="Drift", roles=(Role.OPERATOR,))


def keep_house_keys(path: Path, *, operator_secret: str, demo_reporter: KeyHolder | None) -> str:
    """Write the operator's key, and the demo's own when asked to; the operator's token is returned."""
    token, _ = new_api_key(OPERATOR.key_id, operator_secret)
    entries = [entry for entry in _read(path) if entry["key_id"] not in ("operator", "demo")]
    entries.append(OPERATOR.entry(token))
    if demo_reporter is not None:
        demo_token, _ = new_api_key(demo_reporter.key_id, DEMO_SECRET)
        entries.append(demo_reporter.entry(demo_token))
    _write(path, entries)
    return token


def add_key(path: Path, holder: KeyHolder) -> str:
    """Add a key; the token is returned this once, and kept nowhere."""
    entries = _read(path)
    if any(entry["key_id"] == holder.key_id for entry in entries):
        raise KeyExists(holder.key_id)
    token, _ = new_api_key(holder.key_id)
    _write(path, [*entries, holder.entry(token)])
    return token


def valboas_reporter() -> KeyHolder:
    """The key of the demo's own reporting app: the field workers of Valboås."""
    return KeyHolder(
        key_id="demo",
        name="Demoapp",
        roles=(Role.REPORTER,),
        municipality=DEMO_MUNICIPALITY,
        function="faltgruppen",
        organisation="socialforvaltningen",
        party=Party.MUNICIPALITY,
    )


def _read(path: Path) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text())) if path.exists() else []


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    write_private(path, json.dumps(entries, indent=2, ensure_ascii=False))
