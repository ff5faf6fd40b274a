"""Makes the environment that `make` works in, from nothing but Python.

A virtual environment, uv in it (fetched by pip, as a wheel), then the seven packages and the tools.
Where packages come from is this machine's business: uv is told what pip is configured with here.
"""

from __future__ import annotations

import ast
import os
import ssl
import subprocess
import sys
import venv
from pathlib import Path

HOUSE = Path(__file__).resolve().parent
ENVIRONMENT = HOUSE / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UV = ENVIRONMENT / "bin" / "uv"
STAMP = ENVIRONMENT / ".est-installed"
CONSTRAINTS = HOUSE / "constraints.txt"

# What stands lower in the house comes first.
PACKAGES = (
    "contracts",
    "chassis",
    "services/intake",
    "services/compiler",
    "services/analysis",
    "services/notifier",
    "deploy/single_machine",
)

TOO_OLD = "EST needs Python 3.11 or later; this is {version}. Name another one: make PYTHON=python3.12 ..."

NO_VENV = """
This Python cannot make virtual environments: ensurepip is missing.
On Debian and Ubuntu: apt-get install python3-venv. Or name another Python: make PYTHON=python3.12 ...
"""

NOT_FETCHED = """
{what} could not be fetched; the reason stands above.
 - Does this machine reach its package index? Behind a proxy, set HTTPS_PROXY.
 - With an index, wheels or certificates of your own, configure pip as usual
   (PIP_INDEX_URL, PIP_FIND_LINKS, PIP_CERT or pip.conf): uv gets the same settings.
 - Then run the same command again; what has been fetched is kept.
"""


class StepFailed(Exception):
    """A step did not succeed; the text says what a person can do about it."""


def main(arguments: list[str]) -> int:
    """`install` makes the environment, `freeze` writes constraints.txt."""
    try:
        if sys.version_info < (3, 11):
            raise StepFailed(TOO_OLD.format(version=sys.version.split()[0]))
        {"install": install, "freeze": freeze}[arguments[0]]()
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def install() -> None:
    make_environment()
    if not UV.exists():
        fetch("uv", [str(PYTHON), "-m", "pip", "install", "--quiet", pin_of("uv")])
    print("Installing the seven packages and the tools ...", flush=True)
    packages = [word for package in PACKAGES for word in ("--editable", str(HOUSE / package))]
    versions = ["--constraint", str(CONSTRAINTS), "--build-constraint", str(CONSTRAINTS)]
    chosen = [*versions, "--group", "dev", *packages]
    uv("pip", "install", "--quiet", "--python", str(PYTHON), *chosen, fetching="What the packages need")
    STAMP.touch()


def freeze() -> None:
    """The newest versions that go together, for every supported Python and system; no host is named."""
    ours = [word for package in PACKAGES for word in ("--no-emit-package", f"est-{Path(package).name}")]
    versions = ["--quiet", "--universal", "--python-version", "3.11", "--upgrade"]
    pins_only = ["--no-header", "--no-annotate", "--output-file", str(CONSTRAINTS)]
    projects = [str(HOUSE / package / "pyproject.toml") for package in PACKAGES]
    chosen = [*versions, *pins_only, *ours, "--all-extras", "--group", "dev", *projects]
    uv("pip", "compile", *chosen, fetching="The list of newest versions")


def make_environment() -> None:
    """A virtual environment of this Python, in this place; one made otherwise is replaced."""
    activate = ENVIRONMENT / "bin" / "activate"
    version = ".".join(map(str, sys.version_info[:3]))
    if PYTHON.exists() and activate.exists():
        made_as = (ENVIRONMENT / "pyvenv.cfg").read_text(encoding="utf-8")
        if f"version = {version}\n" in made_as and str(ENVIRONMENT) in activate.read_text(encoding="utf-8"):
            return
    try:
        import ensurepip  # noqa: F401  # Debian ships it in a package of its own.
    except ImportError as failure:
        raise StepFailed(NO_VENV) from failure
    print(f"Making .venv with Python {version} ...", flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True, symlinks=True)


def pin_of(name: str) -> str:
    pins = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return next((pin for pin in pins if pin.startswith(f"{name}==")), name)


def uv(*arguments: str, fetching: str) -> None:
    pip = pip_settings()
    switches = ["--no-index"] if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"} else []
    fetch(fetching, [str(UV), *arguments, *switches], uv_environment(pip))


def fetch(what: str, command: list[str], environment: dict[str, str] | None = None) -> None:
    if subprocess.run(command, env=environment, cwd=HOUSE, check=False).returncode != 0:
        raise StepFailed(NOT_FETCHED.format(what=what))


def uv_environment(pip: dict[str, str]) -> dict[str, str]:
    """This environment and, in uv's words, what pip is configured with; what is set for uv itself stands."""
    translated = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": pip.get("timeout", pip.get("default-timeout", "")),
        "SSL_CERT_FILE": pip.get("cert", ""),
        "ALL_PROXY": pip.get("proxy", ""),
        "UV_SYSTEM_CERTS": "1" if ssl.create_default_context().cert_store_stats()["x509_ca"] else "",
        # pip takes the best version of all places, uv by itself the first place that knows the name.
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_PYTHON_DOWNLOADS": "never",
        # An account without a home directory of its own keeps the cache beside the environment.
        "UV_CACHE_DIR": "" if os.access(Path.home(), os.W_OK) else str(ENVIRONMENT / "cache"),
    }
    return {name: value for name, value in translated.items() if value} | os.environ


def pip_settings() -> dict[str, str]:
    """What pip is configured with here: what is set for `install` before the rest, PIP_* before all."""
    command = [str(PYTHON), "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HOUSE).stdout
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in found:
            found[section][key] = str(ast.literal_eval(value))
    return found["global"] | found["install"] | found[":env:"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
