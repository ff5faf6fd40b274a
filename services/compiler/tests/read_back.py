"""The numbers of an edition, read back from each format as somebody would who has nothing else."""

import csv
import re
from html.parser import HTMLParser
from io import StringIO
from textwrap import wrap
from typing import Any

#: Table, row and column by their Swedish names; the number as it is written, or why it is not there.
Numbers = dict[tuple[str, str, str], str]
SMALL, KEPT_BACK, TOO_FEW, UNKNOWN = "färre än 3", "visas inte", "för få", "–"
HIDDEN_IN_CSV = {"fewer_than_3": SMALL, "kept_back": KEPT_BACK, "too_few": TOO_FEW}


def from_json(told: dict[str, Any]) -> Numbers:
    found: Numbers = {}
    for table in tables_of(told):
        for row in table["rows"]:
            for column, cell in zip(table["columns"], row["cells"], strict=True):
                if is_figure(cell):
                    found[table["name"], said(row["words"]), said(column["words"])] = figure(cell)
    return found


def lines_of(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Of every line with a number: its block, what it says, and the number."""
    return [
        (block["name"], said(line["words"]), figure(line["figure"]))
        for block in told["blocks"]
        if block["block"] == "lines"
        for line in block["lines"]
        if line["figure"] is not None
    ]


def lines_from_csv(written: str) -> list[tuple[str, str, str]]:
    rows = csv.DictReader(StringIO(written.removeprefix("\ufeff")), delimiter=";")
    return [
        (row["block"], row["row_name"], HIDDEN_IN_CSV.get(row["hidden"], row["value"] or UNKNOWN))
        for row in rows
        if not row["column"]
    ]


def areas_from_json(told: dict[str, Any]) -> Numbers:
    maps = [block for block in told["blocks"] if block["block"] == "map"]
    return {
        ("map", area["name"], name): figure(area[name])
        for block in maps
        for area in block["areas"]
        for name in ("reports", "previous", "severe")
    }


def from_csv(written: str) -> Numbers:
    rows = csv.DictReader(StringIO(written.removeprefix("\ufeff")), delimiter=";")
    return {
        (row["block"], row["row_name"].removeprefix("'"), row["column_name"]): HIDDEN_IN_CSV.get(
            row["hidden"], row["value"] or UNKNOWN
        )
        for row in rows
        if row["unit"] != "words" and row["column"]
    }


def from_geojson(told: dict[str, Any]) -> Numbers:
    found: Numbers = {}
    for each in told["features"]:
        area = each["properties"]
        for name in ("reports", "previous", "severe"):
            hidden = HIDDEN_IN_CSV.get(area.get(f"{name}_hidden", ""))
            value = area[name]
            found["map", area["name"], name] = hidden or (UNKNOWN if value is None else str(value))
    return found


def in_no_area(told: dict[str, Any]) -> tuple[str, str] | None:
    """Reports and those before of what is in no area, as the tables tell them; of all where there is no map.

    None where that is nothing.
    """
    numbers = from_json(told)
    has_map = any(block["block"] == "map" for block in told["blocks"])
    table, row = ("areas", "Hela kommunen") if has_map else ("totals", "Rapporter")
    found = {key[2]: value for key, value in numbers.items() if key[:2] == (table, row)}
    columns = [
        said(each["words"])
        for one in tables_of(told)
        if one["name"] == table
        for name in ("now", "previous")
        for each in one["columns"]
        if each["key"] == name
    ]
    now, previous = (found.get(column, UNKNOWN) for column in (*columns, "", "")[:2])
    return None if {now, previous} <= {"0", UNKNOWN} else (now, previous)


def from_text(written: str, told: dict[str, Any]) -> Numbers:
    """Tables stand under their captions: in columns, or one row after the other."""
    found: Numbers = {}
    lines = [*written.splitlines(), ""]
    for table in tables_of(told):
        caption = wrap(said(table["caption"]), 72)
        places = range(len(lines) - len(caption))
        start = next((at + len(caption) for at in places if lines[at : at + len(caption)] == caption), None)
        if start is not None:
            end = next(at for at in range(start, len(lines)) if not lines[at])
            words = {said(each["words"]) for each in table["columns"] if each["unit"] == "words"}
            rows = _text_table(lines[start:end], table)
            found |= {key: value for key, value in rows.items() if key[2] not in words}
    return found


def _text_table(lines: list[str], table: dict[str, Any]) -> Numbers:
    columns = [said(each["words"]) for each in table["columns"]]
    if lines and lines[0].startswith("- "):
        return _row_by_row(lines, table["name"], columns)
    found: Numbers = {}
    above: list[str] = []
    # The heads of the columns end on the line of the corner.
    heads = next(place for place, line in enumerate(lines) if line.startswith(said(table["corner"])))
    for line in lines[heads + 1 :]:
        *name, cells = _split(line, len(columns))
        if not cells:
            above.append(line)
            continue
        row = " ".join([*above, *name]).strip()
        above = []
        found |= {
            (table["name"], row, column): plain(cell) for column, cell in zip(columns, cells, strict=True)
        }
    return found


def _split(line: str, columns: int) -> tuple[str, list[str]]:
    parts = re.split(r" {2,}", line.strip())
    if len(parts) < columns + 1:
        return line, []
    return " ".join(parts[:-columns]), parts[-columns:]


def _row_by_row(lines: list[str], table: str, columns: list[str]) -> Numbers:
    found: Numbers = {}
    for row in re.split(r"(?:^|\n)- ", "\n".join(lines))[1:]:
        first, *below = re.split(r"\n  (?=\S)", row)
        name, dash, cells = " ".join([first, *([] if _begins_a_cell(below, columns) else below)]).partition(
            " – "
        )
        told = cells.split("; ") if dash else below
        for cell in told:
            column = max((each for each in columns if cell.startswith(f"{each}: ")), key=len)
            found[table, name, column] = plain(" ".join(cell.split()).removeprefix(f"{column}: "))
    return found


def _begins_a_cell(lines: list[str], columns: list[str]) -> bool:
    return bool(lines) and any(lines[0].startswith(f"{each}: ") for each in columns)


class Page(HTMLParser):
    """The tables of a page: by caption, each as rows of cells."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._inside: list[str] = []
        self._rows: list[list[str]] = []
        self._text, self._caption = "", ""
        self.feed(written)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._rows = []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th", "caption"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        text = " ".join(self._text.split())
        if tag == "caption":
            self._caption = text
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(text)
        elif tag == "table":
            self.tables[self._caption] = self._rows


def from_page(written: str, told: dict[str, Any]) -> Numbers:
    """Its tables, and those beside its charts, which stand under the title of the chart."""
    page = Page(written)
    titles = {block["table"]["name"]: said(block["title"]) for block in told["blocks"] if "table" in block}
    found: Numbers = {}
    for table in tables_of(told):
        rows = page.tables.get(titles.get(table["name"], said(table["caption"])))
        if rows:
            rows = _turned(rows) if table["name"] == "hours" else rows
            found |= _page_table(rows, table["name"])
    return found


def _page_table(rows: list[list[str]], name: str) -> Numbers:
    heads, *body = rows
    return {
        (name, row[0].removesuffix(" ★"), column): plain(cell)
        for row in body
        for column, cell in zip(heads[1:], row[1:], strict=True)
    }


def _turned(rows: list[list[str]]) -> list[list[str]]:
    """A chart of hours has the weekdays across."""
    return [list(column) for column in zip(*rows, strict=True)]


def tables_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    blocks = told["blocks"]
    return [block["table"] if block["block"] == "chart" else block
            for block in blocks if block["block"] in ("chart", "table")]  # fmt: skip


def is_figure(cell: object) -> bool:
    return isinstance(cell, dict) and "hidden" in cell


def figure(cell: dict[str, Any]) -> str:
    if cell["too_few"]:
        return TOO_FEW
    if cell["hidden"]:
        return SMALL if cell["small"] else KEPT_BACK
    return UNKNOWN if cell["value"] is None else str(cell["value"])


def said(words: Any) -> str:
    return str(words["sv"] if isinstance(words, dict) else words)


def plain(written: str) -> str:
    """ "+1 234" is 1234, and "+19 %" is 19."""
    number = written.replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-").replace("±", "")
    number = number.removesuffix("%")
    return number.removeprefix("+") if re.fullmatch(r"[+-]?[0-9]+", number) else written
