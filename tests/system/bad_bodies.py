"""Bodies that no reporting app should send: made by rule from a good one, each wrong in exactly one way."""

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.system.ledger import report

Bad = tuple[str, bytes]
SEED = 20261122
LONG_TEXT = "å" * 4001
PERSONAL_NUMBERS = ("19850709-9805", "850709-9805", "850709 9805", "198507099805", "701063-2391")
PHONES = ("ring 070-123 45 67", "+46 70 123 45 67")
PLACES = ("anna.ek@example.se", "Storgatan 12", "Björkvägen 4 B")
WRONG_VALUES: dict[str, tuple[Any, ...]] = {
    "report_id": ("", "1", "not-a-uuid", 7, None, [], {}, "0" * 36, "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"),
    "municipality": ("", "99", "99011", "ABCD", 9901, None, "٩٩٠١", "9901\n", "1280", "0000"),
    "checklist_entry": ("", "orebro.0", "orebro.9", "malmo.1", "orebro", 1, None, "orebro.1 ", "x" * 5000),
    "area": ("", "9901R099", "9901r001", 1, [], "Norrängen", "9901R001'--", "\u202e9901R001"),
    "happened_at": ("", "i går", 0, None, "2026-11-18", "2026-11-18T10:00:00", "2026-13-01T00:00:00Z",
                    "2099-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2026-11-18T25:00:00Z"),
    "severity": (0, 6, -1, 1.5, "3", True, [], 10**40),
    "text": (LONG_TEXT, 5, [], {}, "\x00", "a\x1bb", "\u202eabc", *PERSONAL_NUMBERS, *PHONES, *PLACES),
    "source": ("x" * 300, 4, "fritext om någon", [], "polisen: 1"),
    "function": ("bovard_norrangen", "", 4, "finns_inte"),
}  # fmt: skip
MISSING = ("report_id", "municipality", "checklist_entry", "happened_at")


def bad_bodies(count: int) -> Iterator[Bad]:
    """`count` bodies with the name of what is wrong in each; the same ones every time."""
    chance = random.Random(SEED)
    kinds = (
        _wrong_value,
        _missing,
        _extra,
        _truncated,
        _broken_bytes,
        _wrong_shape,
        _twice,
        _too_deep,
        _too_large,
    )
    weights = (10, 2, 2, 4, 3, 2, 2, 1, 1)
    for kind in chance.choices(kinds, weights, k=count):
        yield kind(chance)


def _body(chance: random.Random, **changes: Any) -> dict[str, Any]:
    return report(chance.randrange(1000)) | changes


def _plain(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _wrong_value(chance: random.Random) -> Bad:
    field = chance.choice(list(WRONG_VALUES))
    return field, _plain(_body(chance, **{field: chance.choice(WRONG_VALUES[field])}))


def _missing(chance: random.Random) -> Bad:
    field = chance.choice(MISSING)
    body = _body(chance)
    del body[field]
    return field, _plain(body)


def _extra(chance: random.Random) -> Bad:
    name = chance.choice(
        ("status", "approved_by", "recorded_at", "__proto__", "Severity", "organisation", "ålder")
    )
    return name, _plain(_body(chance, **{name: "x"}))


def _truncated(chance: random.Random) -> Bad:
    whole = _plain(_body(chance))
    return "", whole[: chance.randrange(0, len(whole) - 1)]


def _broken_bytes(chance: random.Random) -> Bad:
    whole = _plain(_body(chance))
    breaks: tuple[Callable[[bytes], bytes], ...] = (
        lambda it: it.decode().encode("utf-16"),
        lambda it: it.decode().encode("latin-1") + b"\xff\xfe",
        lambda it: it.replace(b"Krossad", b"\xc3\x28"),
        lambda it: it.replace(b"Krossad", b"\\ud800"),
        lambda it: it.replace(b"Krossad", b"\\u0000"),
        lambda it: it.replace(b'"severity": ', b'"severity": NaN, "x": '),
        lambda it: it + b"}",
        lambda it: b"\xef\xbb\xbf" + it + it,
    )
    return "", chance.choice(breaks)(whole)


def _wrong_shape(chance: random.Random) -> Bad:
    shapes: tuple[Any, ...] = ([], "text", 1, None, True, [_body(chance)], {})
    return "", _plain(chance.choice(shapes))


def _twice(chance: random.Random) -> Bad:
    whole = _plain(_body(chance))
    return "severity", whole[:-1] + b', "severity": 5}'


def _too_deep(chance: random.Random) -> Bad:
    depth = chance.choice((21, 100, 5000))
    return "area", _plain(_body(chance)).replace(b'"9901R', b"[" * depth + b"]" * depth + b', "x": "9901R', 1)


def _too_large(chance: random.Random) -> Bad:
    return "", _plain(_body(chance, text="x" * chance.choice((70_000, 300_000))))
