"""The page of the work, of a part of the municipality: what is published of the whole is another picture."""

from at_the_desk import MUNICIPALITY, WORK, look, opened, post, publish, sign

from est_chassis.testing import HostedService
from est_contracts.example_collaboration import HAMNEN
from est_contracts.vocabulary import Party


async def test_what_is_published_of_the_whole_is_not_published_of_a_part(compiler: HostedService) -> None:
    await opened(compiler, signed_by=(Party.MUNICIPALITY,))
    await sign(compiler, MUNICIPALITY)
    published = await publish(compiler)
    assert published.status_code == 303, published.text
    assert (await post(compiler, f"opening?scope={HAMNEN}")).status_code == 303

    assert "Publicerad, version 1" in await look(compiler)
    assert "Publicerad, version" not in await look(compiler, at=f"{WORK}?scope={HAMNEN}")
