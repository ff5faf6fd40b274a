"""``est guard``: how good the free-text guard is, in figures."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from est_contracts.guard import Finding
from est_contracts.guard.figures import HELD_BACK, SENTENCES, Figures, measure, sentences
from est_single_machine.commands.console import console

FOUND_AT_LEAST, FALSE_ALARMS_AT_MOST = 0.99, 0.02

FILES = {
    SENTENCES: "Sentences that the guard was made better by",
    HELD_BACK: "Sentences held back, not looked at while it was made better",
}


def guard(
    missed: Annotated[
        bool, typer.Option("--missed", help="Show the sentences that were read wrongly.")
    ] = False,
) -> None:
    """Measure the free-text guard on sentences of our own: what it finds, misses and wrongly refuses."""
    told = console()
    for name, title in FILES.items():
        figures = measure(name)
        told.print(f"[bold]{title}[/]\n")
        told.print(_kinds(figures))
        told.print(_summary(figures))
        if missed:
            _show_missed(told, name)
    figures = measure()
    if figures.recall(refused=True) < FOUND_AT_LEAST or figures.false_alarms > FALSE_ALARMS_AT_MOST:
        told.print("The guard is worse than promised.")
        raise typer.Exit(1)


def _kinds(figures: Figures) -> Table:
    table = Table("Kind", "Is", "Sentences", "Found", "Missed", "Found in part", "Recall", box=None)
    for kind in figures.kinds:
        counts = (kind.sentences, kind.found, kind.missed, kind.left_standing - kind.missed)
        table.add_row(
            kind.finding.replace("_", " "),
            "refused" if kind.finding.is_refused else "questioned",
            *map(str, counts),
            f"{kind.found / kind.sentences:.1%}",
        )
    return table


def _summary(figures: Figures) -> str:
    """What is promised, and beside it what is only a question."""
    return (
        f"\nNumbers and addresses found: {figures.recall(refused=True):.1%}"
        f" (plates and names: {figures.recall(refused=False):.1%})"
        f"\nClean sentences: {figures.clean}, of them refused {figures.refused_clean}"
        f" ({figures.false_alarms:.1%}), questioned {figures.questioned_clean}\n"
    )


def _show_missed(told: Console, name: str) -> None:
    for sentence in sentences(name):
        if sentence.missed():
            kinds = ", ".join(sorted({Finding(mark.finding).value for mark in sentence.missed()}))
            told.print(f"  missed {kinds}: {sentence.text}", markup=False)
        elif not sentence.marked and sentence.refused():
            told.print(f"  refused without cause: {sentence.text}", markup=False)
    told.print()
