"""How operations are described in OpenAPI, where FastAPI cannot know it."""

from typing import Any


def with_example(body: dict[str, Any], example: object) -> dict[str, Any]:
    """A request body with a believable example."""
    body["requestBody"]["content"]["application/json"]["example"] = example
    return body
