"""The page of the work, of a part of the municipality and of a past period: each goes by its own set-up."""

from datetime import UTC, datetime

from at_the_desk import MUNICIPALITY, WORK, look, opened, post, publish, seat, sign

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.examples import example_id, example_of
from est_contracts.messages import CollaborationSetUp, Recorded
from est_contracts.vocabulary import ChosenTemplate, Party, PeriodKind


async def test_what_is_published_of_the_whole_is_not_published_of_a_part(compiler: HostedService) -> None:
    await opened(compiler, signed_by=(Party.MUNICIPALITY,))
    await sign(compiler, MUNICIPALITY)
    published = await publish(compiler)
    assert published.status_code == 303, published.text
    assert (await post(compiler, f"opening?scope={HAMNEN}")).status_code == 303

    assert "Publicerad, version 1" in await look(compiler)
    assert "Publicerad, version" not in await look(compiler, at=f"{WORK}?scope={HAMNEN}")


async def test_the_desk_of_a_past_period_goes_by_the_set_up_of_then_and_the_people_of_now(
    compiler: HostedService,
) -> None:
    """The reports of week 45 are due on the 11th; the area's name and who signs were changed after it."""
    before = example_collaboration()
    areas = tuple(
        area.model_copy(update={"name": "Norra ängen"}) if area.area_id == NORRANGEN else area
        for area in before.areas
    )
    template = ChosenTemplate(kind=PeriodKind.WEEK, template="malmo_weekly")
    after = before.model_copy(
        update={"areas": areas, "signed_by": (Party.MUNICIPALITY,), "templates": (template,)}
    )
    for version, (document, day) in enumerate(((before, 1), (after, 12)), start=1):
        recorded = Recorded(
            message_id=f"{example_id('set-up')}:{version}",
            position=version,
            recorded_at=datetime(2026, 11, day, 8, tzinfo=UTC),
        )
        await compiler.hears(
            example_of(CollaborationSetUp, recorded=recorded, version=version, document=document)
        )
    for week in ("2026-W45", "2026-W46"):
        answer = await compiler.http.post(
            f"/pictures/9901/{week}/compile/opening", data={"": ""}, headers=seat(MUNICIPALITY)
        )
        assert answer.status_code == 303, answer.text

    then = await look(compiler, at=WORK.replace("W47", "W45"))
    since = await look(compiler, at=WORK.replace("W47", "W46"))

    assert "Norrängen" in then and "Norra ängen" not in then and "Problembilder i korthet" in then
    assert "Norra ängen" in since and "Samlad bedömning" in since
    for page in (then, since):
        assert "Kommunen har inte signerat." in page and "Polisen har inte signerat." not in page
    assert "Bilden följer inställningarna som gällde när perioden skulle rapporteras." in then
    assert "Bilden följer inställningarna" not in since
