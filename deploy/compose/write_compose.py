"""Writes what follows from the services: a Dockerfile each, the front door's routes, NATS permissions.

    python deploy/compose/write_compose.py

A test compares what is committed with what this writes, so a new path or a new upstream cannot be forgotten.
"""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from est_chassis.subscriptions import Subscriptions
from est_chassis.web.bodies import LARGEST_BODY
from est_contracts.messages import stream_of

HERE = Path(__file__).resolve().parent
SERVICES = ("intake", "compiler", "analysis", "notifier")
# Reporting apps that prefer NATS to HTTP ask here, and nowhere else.
QUESTIONS = {"intake": "ask.*.intake.>"}
APP = "app"


def main() -> None:
    """Write every file."""
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def generated() -> dict[Path, str]:
    """What each file has to contain."""
    files = {HERE / "Caddyfile": _caddyfile(), HERE / "nats" / "accounts.conf": _accounts()}
    dockerfile = _template("Dockerfile")
    for service in SERVICES:
        path = HERE / "dockerfiles" / f"{service}.Dockerfile"
        files[path] = dockerfile.replace("@SERVICE@", service)
        files[path.with_name(f"{path.name}.dockerignore")] = _dockerignore(service)
    return files


def _template(name: str) -> str:
    return (HERE / "templates" / name).read_text(encoding="utf-8")


def _dockerignore(service: str) -> str:
    """Only what the image is built from is sent to the builder: no secrets, no history."""
    wanted = (
        "constraints.txt",
        "contracts",
        "chassis",
        f"services/{service}",
        "deploy/compose/entrypoint.sh",
    )
    return "".join(["*\n", *(f"!{path}\n" for path in wanted), "**/tests\n", "**/__pycache__\n"])


def _caddyfile() -> str:
    lines = [line for service in SERVICES for line in _routes(service)]
    # The frame of the pages is the same in every service. It stands last: each has files of its own below it.
    lines += ["\t@frame path_regexp ^/static/", _handled("@frame", SERVICES[0])]
    routes = "\n".join(lines)
    largest_body = f"{LARGEST_BODY // 1024**2}MiB"
    return _template("Caddyfile").replace("@ROUTES@", routes).replace("@LARGEST_BODY@", largest_body)


def _routes(service: str) -> Iterator[str]:
    prefixes: tuple[str, ...] = importlib.import_module(f"est_{service}.service").PREFIXES
    patterns = sorted({_pattern(prefix) for prefix in (*prefixes, f"/static/{service}") if prefix != "/"})
    yield f"\t@{service} path_regexp ^({'|'.join(patterns)})([/:]|$)"
    yield _handled(f"@{service}", service)
    yield _handled(f"/openapi/{service}.json", service, act="rewrite * /openapi.json")
    yield _handled(f"/health/{service}", service, act="rewrite * /health/ready")
    yield f"\t@operate_{service} path /operator/{service}/*"
    # The service knows itself only as /operator.
    yield _handled(f"@operate_{service}", service, act=f"uri replace /operator/{service}/ /operator/ 1")
    if "/" in prefixes:
        yield _handled("/", service)


def _handled(matcher: str, service: str, *, act: str = "") -> str:
    lines = [f"handle {matcher} {{", *([f"\t{act}"] if act else []), f"\timport service {service}", "}"]
    return "\n".join(f"\t{line}" for line in lines)


def _pattern(prefix: str) -> str:
    segments = (
        "[^/]+" if part == "*" or part.startswith("{") else re.escape(part) for part in prefix.split("/")
    )
    return "/".join(segments)


def _accounts() -> str:
    users = "\n".join([_user(service) for service in SERVICES] + [_app()])
    return _template("accounts.conf").replace("@USERS@", users)


def _user(service: str) -> str:
    subscriptions: Subscriptions = importlib.import_module(f"est_{service}.subscriptions").subscriptions
    hears = [f"_INBOX_{service}.>"]
    if service in QUESTIONS:
        hears.append(QUESTIONS[service])
    return _entry(
        service, tells=list(_tells(service, subscriptions)), hears=hears, answers=service in QUESTIONS
    )


def _tells(service: str, subscriptions: Subscriptions) -> Iterator[str]:
    own = stream_of(service)
    yield f"est.*.{service}.>"
    yield "$JS.API.INFO"
    yield from (f"$JS.API.STREAM.{act}.{own}" for act in ("CREATE", "UPDATE", "INFO"))
    yield from (f"$JS.API.DIRECT.GET.{own}", f"$JS.API.STREAM.MSG.GET.{own}")
    for upstream in (stream_of(name) for name in subscriptions.upstreams):
        yield from (f"$JS.API.STREAM.INFO.{upstream}", f"$JS.API.DIRECT.GET.{upstream}")
        yield f"$JS.API.STREAM.MSG.GET.{upstream}"
        yield from (
            f"$JS.API.CONSUMER.{act}.{upstream}.>" for act in ("CREATE", "INFO", "DELETE", "MSG.NEXT")
        )
    if subscriptions.timers:
        timers = f"{service.upper()}_TIMERS"
        yield f"timer.*.{service}.>"
        yield from (f"$JS.API.STREAM.{act}.{timers}" for act in ("CREATE", "UPDATE", "INFO", "PURGE"))
        acts = ("CREATE", "DURABLE.CREATE", "INFO", "MSG.NEXT")
        yield from (f"$JS.API.CONSUMER.{act}.{timers}.>" for act in acts)
        yield f"$JS.ACK.{timers}.>"


def _app() -> str:
    return _entry(APP, tells=list(QUESTIONS.values()), hears=[f"_INBOX_{APP}.>"], answers=False)


def _entry(user: str, *, tells: list[str], hears: list[str], answers: bool) -> str:
    def listed(subjects: list[str]) -> str:
        return "[\n" + "".join(f'            "{subject}"\n' for subject in subjects) + "          ]"

    lines = [
        f"      {{user: {user}, password: ${user.upper()}_PASSWORD, permissions: {{",
        f"          publish: {listed(tells)}",
        f"          subscribe: {listed(hears)}",
    ]
    if answers:
        # Whoever asks gives an address for the answer; one answer to each, for a short time.
        lines.append('          allow_responses: {max: 1, expires: "30s"}')
    return "\n".join([*lines, "      }}"])


if __name__ == "__main__":
    main()
