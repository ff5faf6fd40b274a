"""The guide for programmers is true: each block of it is run, as it stands, against a started house."""

import json
import os
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from tests.system.est_house import DEMO_TOKEN, OPERATOR_TOKEN, EstHouse

GUIDE = Path(__file__).parents[2] / "docs" / "integrating.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
#: Where there is no Node, the one that comes with the browser tests is used: nothing is passed over.
NODE = shutil.which("node") or str(compute_driver_executable()[0])
PROGRAMS = {
    "bash": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "javascript": [NODE, "--input-type=module", "-e"],
}
#: What the blocks of the guide print, one after the other.
PRINTS = {
    0: r'"repeated": ?false',
    1: r"^[0-9a-f-]{36} \d{4}-W\d\d",
    2: r"^[0-9a-f-]{36} \d{4}-W\d\d",
    3: r'"\$schema"',
    4: r'"would_be": ?"refused"',
    5: r'"next": ?"/v1/changes\?after=\d+',
    6: r"^\d+ est\.intake\.incident_reported\.v\d+ [0-9a-f-]{36}$",
    7: r"service_request_id",
}


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(GUIDE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def key(house: EstHouse) -> str:
    """One that a coordinator issues, as the guide tells."""
    order = {
        "municipality": "9901",
        "function": "samordnaren",
        "name": "Vägledningen",
        "scopes": ["reports:write", "changes:read"],
    }
    with house.http(OPERATOR_TOKEN) as http:
        answer = http.post("/v1/keys", json=order)
    assert answer.status_code == 201, answer.text
    token: str = answer.json()["token"]
    return token


def run(language: str, code: str, *, house: EstHouse, key: str) -> str:
    environment = os.environ | {
        "EST_URL": house.front_url,
        "EST_KEY": key,
        "EST_REPORT_ID": str(uuid.uuid4()),
    }
    done = subprocess.run(
        [*PROGRAMS[language], code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_guide_has_an_example_for_each_kind_of_program() -> None:
    assert {language for language, _ in blocks()} == set(PROGRAMS)
    assert len(blocks()) == len(PRINTS)


@pytest.mark.parametrize("number", PRINTS)
def test_every_example_runs_as_it_stands(number: int, house: EstHouse, key: str) -> None:
    language, code = blocks()[number]

    printed = run(language, code, house=house, key=key)

    assert re.search(PRINTS[number], printed, re.MULTILINE), printed


def test_the_key_that_the_guide_begins_with_opens_the_demo(house: EstHouse) -> None:
    assert f"EST_KEY={DEMO_TOKEN}" in GUIDE.read_text(encoding="utf-8")
    with house.http(DEMO_TOKEN) as http:
        assert http.get("/v1/municipalities/9901/report-schema").status_code == 200


def test_what_the_guide_says_of_quotas_is_in_the_openapi_document(house: EstHouse) -> None:
    with house.http() as http:
        document = http.get("/openapi/intake.json").json()

    assert "RateLimit-Policy" in document["components"]["responses"]["problem_429"]["headers"]
    assert json.dumps(document).count("/v1/changes") > 0
