"""An erased text is gone: from every table, every stream and every log of a whole house.

What is looked for are words that nobody else would write. Before the erasure they lie in one table and
nowhere else; after it they lie nowhere. How long disk blocks, the write-ahead log and backups remember
stands in docs/privacy.md; that the table's own files do not after VACUUM FULL is tested here.
"""

import asyncio
from pathlib import Path
from uuid import uuid4

import nats

from est_chassis.stream_reader import StreamReader
from est_contracts.messages import stream_of
from est_contracts.vocabulary import Party, Role
from tests.system.est_house import EstHouse
from tests.system.ledger import report, settled
from tests.system.test_operating import reports_in

FIRST, CORRECTED, MEASURES, REFUSED = "trumpetsvala", "korkskruvsgran", "pimpstensflotte", "kvasthyvelbod"
WORDS = (FIRST, CORRECTED, MEASURES, REFUSED)
TEXTS = "intake_beside.report_texts"


def test_erased_words_are_in_no_table_no_stream_and_no_log(house: EstHouse) -> None:
    sent = report(1) | {"text": f"En {FIRST} satt i porten.", "measures": f"En {MEASURES}."}
    address = f"/v1/reports/{sent['report_id']}"
    coordinator = house.key_for("eraser", Role.COORDINATOR, function="samordnare", party=Party.MUNICIPALITY)
    with house.http() as http, house.http(coordinator) as eraser:
        assert http.post("/v1/reports", json=sent).status_code == 201
        refused = sent | {"report_id": str(uuid4()), "text": f"{REFUSED}: ring 070-174 06 05"}
        assert http.post("/v1/reports", json=refused).status_code == 422
        assert where_found(house) == {FIRST: {TEXTS}, MEASURES: {TEXTS}}

        corrected = {name: sent[name] for name in ("checklist_entry", "area", "happened_at", "severity")}
        corrected |= {"text": f"En {CORRECTED} satt i porten.", "measures": f"En {MEASURES}."}
        answer = http.put(address, json=corrected, headers={"If-Match": '"1"'})
        assert answer.status_code == 200, answer.text
        settled(house, reports_in(house))
        assert where_found(house) == {CORRECTED: {TEXTS}, MEASURES: {TEXTS}}

        assert eraser.delete(f"{address}/text").status_code == 204
        settled(house, reports_in(house))
        now = eraser.get(address).json()

    assert (now["text"], now["measures"], now["text_is_erased"], now["state"]) == (None, None, True, "new")
    assert where_found(house) == {}
    assert messages_with_words(house) == []
    assert files_with_words(house.directory, leaving_out="postgres") == []
    assert not any(word in house.output.read_text() for word in WORDS)
    with house.database() as database:
        database.execute(f"VACUUM FULL {TEXTS}")
        database.execute("CHECKPOINT")
    assert files_with_words(house.directory / "postgres" / "cluster" / "base") == []


def where_found(house: EstHouse) -> dict[str, set[str]]:
    """Each word and the tables it lies in, of all tables of all schemas, as they are written out."""
    found: dict[str, set[str]] = {}
    with house.database() as database:
        tables = database.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT LIKE 'pg_%'"
            " AND schemaname <> 'information_schema'"
        ).fetchall()
        assert {schema for schema, _ in tables} >= {"intake", "intake_beside", "intake_read", "compiler"}
        for schema, table in tables:
            for (word,) in database.execute(words_in(schema, table), (spelled(),)).fetchall():
                found.setdefault(word, set()).add(f"{schema}.{table}")
    return found


def words_in(schema: str, table: str) -> str:
    """Asks which of the words lie in a table: every row is written out once."""
    rows = f'SELECT lower(row_of::text) AS written FROM "{schema}"."{table}" AS row_of OFFSET 0'
    return (
        f"SELECT DISTINCT split_part(spelling, ' ', 1) FROM ({rows}) AS rows, unnest(%s::text[]) AS spelling"
        " WHERE position(split_part(spelling, ' ', 2) IN written) > 0"
    )


def spelled() -> list[str]:
    """Each word and how it may be written; what is kept as bytes is written out in hexadecimal."""
    return [f"{word} {spelling}" for word in WORDS for spelling in (word, word.encode().hex())]


def messages_with_words(house: EstHouse) -> list[str]:
    return asyncio.run(_messages_with_words(house.nats_url))


async def _messages_with_words(url: str) -> list[str]:
    """The subjects of the messages, in any stream, that hold one of the words."""
    client = await nats.connect(url)
    found: list[str] = []
    told, told_of_erasure = 0, False
    for stream in await client.jetstream().streams_info():
        read, total, name = 0, stream.state.messages, str(stream.config.name)
        told += total
        if not total:
            continue
        reader = StreamReader(client, stream=name, consumer="grep")
        async for batch in reader.batches(after=0):
            read += len(batch)
            found += [one.subject for one in batch if any(word.encode() in one.body for word in WORDS)]
            told_of_erasure |= any("text_erased" in one.subject for one in batch)
            # A timer that is set anew takes its old place's message away: not all that were there come.
            if not batch or (read >= total and (told_of_erasure or name != stream_of("intake"))):
                break
    await client.close()
    assert told > 3 and told_of_erasure
    return found


def files_with_words(folder: Path, *, leaving_out: str = "") -> list[str]:
    """The files below a folder that hold one of the words: logs, the broker's store, whatever lies there."""
    files = [path for path in folder.rglob("*") if path.is_file() and leaving_out not in path.parts]
    assert len(files) > 10
    return [str(path) for path in files if any(word.encode() in _bytes(path) for word in WORDS)]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        # Servers tidy up among their files while we look.
        return b""
