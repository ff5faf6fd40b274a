"""The table of problems as its source prints it: three columns, each with its parts under each other."""

from typing import Final

from est_chassis.web.languages import Language
from est_compiler.domain.viewing.view import Cell, Column, Row, Table, Unit
from est_compiler.formats.cells import written_cell
from est_contracts.vocabulary import Words

#: What stands together in a column, by the names of the columns of the view.
_PROBLEM = ("what", "where", "how", "when")
_CAUSES = ("causes",)
_MEASURES = ("measures", "purpose", "responsible")
_TOGETHER: Final = (
    (Words(sv="Problembild: vad, var, hur, när", en="Problem: what, where, how, when"), _PROBLEM),
    (Words(sv="Troliga orsaker", en="Likely causes"), _CAUSES),
    (Words(sv="Insatser, syfte och ansvarig", en="Measures, purpose and responsible"), _MEASURES),
)


def is_of_problems(table: Table) -> bool:
    """It has a column for each part: too many for a page."""
    return set(_PROBLEM + _CAUSES + _MEASURES) <= {column.key for column in table.columns}


def folded(table: Table, language: Language) -> Table:
    """Three columns; in a column of several parts each says what it is."""
    known = {key for _words, keys in _TOGETHER for key in keys}
    others = [index for index, column in enumerate(table.columns) if column.key not in known]
    columns = [Column(keys[0], words, Unit.WORDS) for words, keys in _TOGETHER]
    return Table(
        name=table.name,
        caption=table.caption,
        corner=table.corner,
        columns=(*columns, *(table.columns[index] for index in others)),
        rows=tuple(
            Row(
                row.key,
                row.words,
                (
                    *(_parts(table, row, keys, language) for _words, keys in _TOGETHER),
                    *(row.cells[index] for index in others),
                ),
                is_total=row.is_total,
                is_marked=row.is_marked,
            )
            for row in table.rows
        ),
        note=table.note,
    )


def _parts(table: Table, row: Row, keys: tuple[str, ...], language: Language) -> Cell:
    told = [
        (language.say(column.words.sv, column.words.en), written_cell(cell, column.unit, language))
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.key in keys
    ]
    if len(keys) == 1:
        return told[0][1]
    return "\n".join(f"{name}: {words}" for name, words in told if words)
