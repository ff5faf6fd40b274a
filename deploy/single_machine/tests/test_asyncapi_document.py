"""The AsyncAPI document says who tells and who hears (tests/architecture compares the committed one)."""

import json

from est_contracts.messages import MESSAGES
from est_single_machine.write_asyncapi import described


def test_every_message_is_told_by_somebody() -> None:
    told = json.loads(described())["operations"]

    for kind in MESSAGES:
        assert f"{kind.SERVICE} tells {kind.__name__}" in told


def test_everything_heard_is_told_on_the_same_channel() -> None:
    told = json.loads(described())

    heard = [operation for operation in told["operations"].values() if operation["action"] == "receive"]

    assert heard
    for operation in heard:
        name = operation["channel"]["$ref"].removeprefix("#/channels/").replace("%20", " ")
        assert name in told["channels"]
