"""A test's servers lie in memory where there is room, and on the disk where there is not."""

import tempfile
from pathlib import Path

import pytest

from est_chassis.embedded import temporary_place as places
from est_chassis.embedded.temporary_place import temporary_place


@pytest.fixture
def disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Something that stands for the memory disk, and for the other one."""
    memory, disk = tmp_path / "memory", tmp_path / "disk"
    memory.mkdir()
    disk.mkdir()
    monkeypatch.setattr(places, "MEMORY_DISK", memory)
    monkeypatch.setattr(places, "ROOM", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    return memory, disk


def test_where_there_is_room_it_lies_in_memory_when_that_is_asked_for(disks: tuple[Path, Path]) -> None:
    memory, disk = disks

    assert temporary_place("est-", in_memory=True).parent == memory
    assert temporary_place("est-", in_memory=False).parent == disk


def test_without_room_in_memory_it_lies_on_the_disk(
    disks: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, disk = disks
    monkeypatch.setattr(places, "ROOM", 2**62)
    assert temporary_place("est-", in_memory=True).parent == disk

    memory.rmdir()
    monkeypatch.setattr(places, "ROOM", 1)
    assert temporary_place("est-", in_memory=True).parent == disk
