"""A house for the tests that only need one that stands."""

from collections.abc import Iterator

import pytest

from tests.system.est_house import EstHouse, est_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EstHouse]:
    with est_house(tmp_path_factory.mktemp("house") / "est") as started:
        yield started
