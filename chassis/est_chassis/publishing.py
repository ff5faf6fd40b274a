"""Atomic batches: many messages, one commit in the stream, only where we believe the stream to be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from nats.aio.client import Client

from est_contracts.messages import Message

PREVIOUS_HEADER = "Est-Previous"
ANSWER_SECONDS = 5.0
#: What a stream takes, headers and all: somewhat less than what any NATS server takes unless told otherwise.
LARGEST_MESSAGE = 1_000_000
LARGEST_BODY = LARGEST_MESSAGE - 4_000


class PublishingFailed(Exception):
    """The stream refused: somebody else has written to it, or it can not take more."""


@dataclass(slots=True)
class Told:
    """A message and the position of the event that it tells of."""

    position: int
    message: Message
    body: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.body = self.message.body()


async def publish(client: Client, told: Sequence[Told], *, previous: int, last_sequence: int) -> int:
    """Publish all or nothing; the stream's new last sequence is returned.

    A second relay by accident can not interleave: it meets "wrong last sequence".
    A time-out means that the outcome is unknown: ask the stream where it is before going on.
    """
    batch = uuid4().hex if len(told) > 1 else None
    for number, one in enumerate(told, start=1):
        message = one.message
        headers = message.headers() | {
            PREVIOUS_HEADER: str(previous),
            "Nats-Msg-Id": f"{message.SERVICE}:{one.position}",
        }
        if number == 1:
            headers["Nats-Expected-Last-Sequence"] = str(last_sequence)
        if batch:
            headers |= {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
        previous = one.position
        if number < len(told):
            await client.publish(message.subject(), one.body, headers=headers)
        else:
            if batch:
                headers["Nats-Batch-Commit"] = "1"
            answer = await client.request(
                message.subject(), one.body, headers=headers, timeout=ANSWER_SECONDS
            )
    outcome = json.loads(answer.data)
    if "error" in outcome:
        raise PublishingFailed(str(outcome["error"].get("description", "refused")))
    if outcome.get("duplicate"):
        raise PublishingFailed("told already")
    return int(outcome["seq"])
