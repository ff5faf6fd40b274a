"""One AsyncAPI 3 document of everything that travels, made from the brokers of the services themselves."""

from collections.abc import Sequence
from typing import Any

from faststream.specification.asyncapi import AsyncAPI

from est_chassis.service import Service
from est_contracts.messages import MESSAGES, Message

TITLE = "EST: what the services tell each other"


def document(services: Sequence[Service[Any]], *, version: str) -> dict[str, Any]:
    """What each service tells, hears and can be asked, as JSON."""
    brokers = [service.broker.faststream for service in services]
    described: dict[str, Any] = (
        AsyncAPI(*brokers, title=TITLE, version=version).to_specification().to_jsonable()
    )
    channels = {channel["address"]: name for name, channel in described["channels"].items()}
    for service in services:
        # An upstream is read whole: what has no handler may still be in a read model.
        for kind in (kind for kind in MESSAGES if kind.SERVICE in service.subscriptions.upstreams):
            name = f"{service.name} hears {kind.__name__}"
            described["operations"][name] = _hearing(channels[address_of(kind)])
    return described


def address_of(kind: type[Message]) -> str:
    """The subject of a message, for every municipality."""
    return f"est.{{municipality}}.{kind.SERVICE}.{kind.FACT}.v{kind.VERSION}"


def _hearing(channel: str) -> dict[str, Any]:
    return {"action": "receive", "channel": {"$ref": f"#/channels/{channel.replace(' ', '%20')}"}}
