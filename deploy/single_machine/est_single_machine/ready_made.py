"""The ready-made set-ups: eight municipalities as the source report describes them."""

from pathlib import Path
from typing import Final

from est_contracts.vocabulary import CollaborationDocument
from est_single_machine.documents import read_collaboration

HERE: Final = Path(__file__).with_name("templates")

TEMPLATES: Final = tuple(sorted(file.stem for file in HERE.glob("*.yaml")))


class NoSuchTemplate(LookupError):
    """No template has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no template named {name}. There are: {', '.join(TEMPLATES)}.")


def template_file(name: str) -> Path:
    """Where a template lies; with its comments it is also what one begins from."""
    if name not in TEMPLATES:
        raise NoSuchTemplate(name)
    return HERE / f"{name}.yaml"


def template(name: str) -> CollaborationDocument:
    """A municipality's set-up as the report describes it."""
    return read_collaboration(template_file(name))
