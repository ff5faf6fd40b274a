"""The promises in writing: a JSON Schema for everything that travels, and a seal on what is released.

The seal covers the shape and not the prose: a docstring may be improved, a field may not.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode

from est_contracts.messages import PROMISED, Message, ReportReceipt, Request, SubmitReport, SubmitReportV1
from est_contracts.messages.earlier import ReportReceiptV1
from est_contracts.vocabulary import CHECKLISTS, TEMPLATE_VERSIONS, Checklist, PictureTemplate

Schema = dict[str, object]

REQUESTS: dict[str, type[Request]] = {
    "ask.intake.submit_report.v1": SubmitReportV1,
    "ask.intake.submit_report.v2": SubmitReport,
}
# Both versions of the question get the same answer.
# Where one reports by the week it reads as the first version.
ANSWERS: dict[str, type[BaseModel]] = {
    "answer.intake.submit_report.v1": ReportReceiptV1,
    "answer.intake.submit_report.v2": ReportReceipt,
}


def schemas(messages: Iterable[type[Message]] = PROMISED) -> dict[str, Schema]:
    """Everything that travels between programs, by the name of the promise."""
    told = {message.message_type(): _schema(message, "serialization") for message in messages}
    asked = {name: _schema(request, "validation") for name, request in REQUESTS.items()}
    answered = {name: _schema(answer, "serialization") for name, answer in ANSWERS.items()}
    return told | asked | answered


def seals(messages: Iterable[type[Message]] = PROMISED) -> dict[str, str]:
    """A fingerprint of every promise: it changes when, and only when, the promise does."""
    shapes = {name: _shape(schema) for name, schema in schemas(messages).items()}
    lists = {f"checklist.{each.checklist_id}.v{each.version}": _meaning(each) for each in CHECKLISTS.values()}
    layouts = {
        f"template.{name}.v{version}": _layout(each) for (name, version), each in TEMPLATE_VERSIONS.items()
    }
    return {name: _fingerprint(promise) for name, promise in sorted((shapes | lists | layouts).items())}


def broken_promises(released: Mapping[str, str], current: Mapping[str, str]) -> list[str]:
    """What was released and is now gone or different."""
    return [name for name, seal in released.items() if current.get(name) != seal]


def _schema(model: type[BaseModel], mode: JsonSchemaMode) -> Schema:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return dialect | model.model_json_schema(mode=mode)


def _shape(schema: object) -> object:
    if isinstance(schema, dict):
        return {key: _shape(part) for key, part in schema.items() if not _is_prose(key, part)}
    if isinstance(schema, list):
        return [_shape(part) for part in schema]
    return schema


def _is_prose(key: str, part: object) -> bool:
    # A property may well be called title; what it holds is then a schema and not a string.
    return key in {"title", "description"} and isinstance(part, str)


def _meaning(checklist: Checklist) -> object:
    return [
        (each.words.sv, each.model_dump(mode="json", exclude={"words", "help"})) for each in checklist.entries
    ]


def _layout(template: PictureTemplate) -> object:
    """What a template prints and in which order; its help is prose, as is where it comes from."""
    return (
        template.model_dump(mode="json", exclude={"sections", "source", "source_lines"}),
        [
            each.model_dump(mode="json", exclude={"help": True, "sections": True})
            | {"within": [inner.section_id for inner in each.sections]}
            for each in template.all_sections()
        ],
    )


def _fingerprint(promise: object) -> str:
    canonical = json.dumps(promise, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
