"""``est set-up``: a municipality's collaboration from a document or a template, and what it would change."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from est_chassis.clock import SystemClock
from est_contracts.vocabulary import CollaborationDocument, Role
from est_single_machine.commands.changes import print_changes
from est_single_machine.commands.console import HERE, DataDirectory, console
from est_single_machine.documents import read_document
from est_single_machine.operators import Operator
from est_single_machine.ready_made import TEMPLATES, template_file
from est_single_machine.set_up import set_up as set_up_with
from est_single_machine.set_up import what_would_change

Document = Annotated[
    Path | None,
    typer.Argument(help="The municipality's YAML document.", exists=True, dir_okay=False, show_default=False),
]
Template = Annotated[
    str | None, typer.Option(help=f"A ready-made set-up instead of a file: {', '.join(TEMPLATES)}.")
]
Check = Annotated[bool, typer.Option("--check", help="Only show what would change.")]
Write = Annotated[
    Path | None, typer.Option(help="Write the template to this file, to begin from.", dir_okay=False)
]
FromVersion = Annotated[
    int | None,
    typer.Option(min=1, help="The version you changed; refused when somebody has changed it since."),
]


def set_up(
    document: Document = None,
    template: Template = None,
    check: Check = False,
    write: Write = None,
    from_version: FromVersion = None,
    data: DataDirectory = HERE,
) -> None:
    """Set up a municipality, or change its set-up; the same document again changes nothing."""
    told = console()
    source = _source(document, template)
    collaboration, remarks = read_document(source)
    for remark in remarks:
        told.print(f"Worth a look: {remark}", markup=False)
    if write is not None:
        _write(told, source, write)
        return
    operator = Operator.at(data)
    would_change = what_would_change(operator, collaboration)
    if check:
        print_changes(told, would_change, collaboration)
        return
    before = would_change["version"]
    expected = before if from_version is None else from_version
    version = set_up_with(operator, collaboration, from_version=expected)
    if version == before:
        told.print(f"{_named(collaboration)} is set up so already: version {version}, nothing changed.")
        return
    told.print(f"{_named(collaboration)} is set up: version {version}.")
    _print_summary(told, collaboration)
    _print_next_steps(told, collaboration, to=data)


def _source(document: Path | None, template: str | None) -> Path:
    if (document is None) == (template is None):
        raise typer.BadParameter(
            f"Give either a FILE or --template NAME. The templates are {', '.join(TEMPLATES)}."
        )
    return document if document is not None else template_file(template or "")


def _write(told: Console, source: Path, target: Path) -> None:
    if target.exists():
        raise typer.BadParameter(f"{target} exists already; nothing was written.", param_hint="--write")
    target.write_text(source.read_text("utf-8"), "utf-8")
    told.print(f"Written to {target}. Change it, then: est set-up {target} --check", markup=False)


def _print_summary(told: Console, document: CollaborationDocument) -> None:
    """What an operator wants to see: who may come in, and when reports are due next."""
    lists = ", ".join(each.checklist_id for each in document.checklists_in_use())
    told.print(
        f"Model {document.organisation_model}, checklist {lists}, {document.period_days} days, "
        f"{len(document.areas)} areas, {len(document.functions)} functions."
    )
    told.print(_next_deadline(document, SystemClock().now()))
    told.print("Seats:")
    for organisation in document.organisations:
        for function in document.functions:
            if function.organisation_id == organisation.organisation_id:
                roles = ", ".join(Role(role) for role in function.roles)
                told.print(f"  {function.function_id}: {function.title}, {organisation.name} ({roles})")


def _print_next_steps(told: Console, document: CollaborationDocument, *, to: Path) -> None:
    """How people and programs come in."""
    code, at = document.municipality, "" if to == HERE else f" --data {to}"
    example = document.functions_with(Role.REPORTER) or document.functions
    told.print(
        "Next:\n"
        f"  Links for the coordinators, who invite everybody else: est invite {code} --all-coordinators{at}\n"
        f'  A key for a program: est key add {code} {example[0].function_id} --name "..."{at}',
        markup=False,
    )


def _next_deadline(document: CollaborationDocument, now: datetime) -> str:
    """That of the period that has just ended, as long as it lies ahead."""
    deadline, current = document.deadline, document.rhythm.period_of(now)
    due = {each: each.due_at(deadline.weekday, deadline.time) for each in (current.previous, current)}
    period = current.previous if due[current.previous] > now else current
    return f"Next deadline: {due[period]:%Y-%m-%d %H:%M}, for the reports of {period}."


def _named(document: CollaborationDocument) -> str:
    return f"{document.name} ({document.municipality})"
