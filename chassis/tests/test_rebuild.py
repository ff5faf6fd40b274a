"""Read models: dropped and replayed they are what they were, and they answer meanwhile."""

from typing import Any

from est_chassis.testing import host


async def all_rows(bells: Any) -> list[Any]:
    rows: list[Any] = await bells.service.ask(
        lambda cursor: cursor.execute("SELECT * FROM heard_v1 ORDER BY kind, position").fetchall()
    )
    return rows


async def test_a_replayed_read_model_is_what_it_was(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(200))
        before = await all_rows(bells)
        steps = [step async for step in bells.service.rebuild()]
        after = await all_rows(bells)

    assert len(before) == 400
    assert after == before
    assert steps[-1].finished
    assert {step.upstream for step in steps[:-1]} == {"intake", "analysis"}


async def test_replaying_handles_nothing_twice(bells: Any, reports_told: Any) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(5))
        recorded = bells.service.store.last_position()
        _ = [step async for step in bells.service.rebuild()]
        await hosted.settled()

        assert bells.service.store.last_position() == recorded


async def test_a_new_version_of_a_read_model_is_filled_before_the_service_hears_on(
    bells: Any, new_bells: Any, reports_told: Any, nats_url: str
) -> None:
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(20))
    again = new_bells(bells.service.store.database_url, nats_url)
    again.heard.__class__ = type(
        "HeardAnew",
        (type(again.heard),),
        {"name": "heard_v2", "tables": "CREATE TABLE heard_v1 (kind text, position bigint)"},
    )
    async with host(again.service) as hosted:
        await hosted.hears(*reports_told(1, first=21))
        facts = await again.facts()

    assert facts == list(range(1, 22))


async def test_a_dead_letter_stays_out_of_a_replay_until_it_is_settled(bells: Any, reports_told: Any) -> None:
    bells.heard.poison = {2}
    async with host(bells.service) as hosted:
        await hosted.hears(*reports_told(3))
        _ = [step async for step in bells.service.rebuild()]
        without = await bells.facts()
        bells.heard.poison = set()
        (letter,) = await bells.service.dead_letters()
        await bells.service.replay_dead_letter(letter.letter)
        _ = [step async for step in bells.service.rebuild()]
        facts = await bells.facts()

    assert without == [1, 3]
    assert facts == [1, 2, 3]
