"""What has been opened to anyone, as lists: an RSS feed and a table of totals."""

import csv
from collections.abc import Iterable
from email.utils import format_datetime
from io import StringIO
from xml.etree import ElementTree

from est_chassis.web.languages import Language, said
from est_compiler.domain.viewing.open_picture import OpenPicture
from est_compiler.domain.viewing.view import Table, View
from est_compiler.formats.as_csv import BYTE_ORDER_MARK, hidden_as, value_of
from est_compiler.formats.cells import written_words
from est_contracts.vocabulary import Words

RSS_BEGINS = '<?xml version="1.0" encoding="utf-8"?>\n'
ATOM = "http://www.w3.org/2005/Atom"
TOTAL_COLUMNS = (
    "municipality", "period", "kind", "first_day", "last_day", "scope", "version", "published_at",
    "level", "reports", "hidden", "link",
)  # fmt: skip


def rss(views: Iterable[View], *, title: Words, front_url: str, path: str, language: Language) -> str:
    """RSS 2.0: one entry for each version, which never changes; a correction is an entry of its own."""
    ElementTree.register_namespace("atom", ATOM)
    feed = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(feed, "channel")
    about = Words(sv="Publicerade lägesbilder, allmän utgåva.", en="Published pictures, general edition.")
    _with(channel, title=said(title, language), link=f"{front_url}{path}", description=said(about, language))
    _with(channel, language=str(language))
    itself = {"href": f"{front_url}{path}/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", itself)
    for view in views:
        _entry(ElementTree.SubElement(channel, "item"), view, front_url, language)
    return RSS_BEGINS + ElementTree.tostring(feed, encoding="unicode")


def totals_csv(pictures: Iterable[OpenPicture], *, front_url: str) -> str:
    """How much was reported of each picture, one row each; as the other tables for a Swedish spreadsheet."""
    written = StringIO()
    rows = csv.writer(written, delimiter=";", lineterminator="\r\n")
    rows.writerow(TOTAL_COLUMNS)
    for each in pictures:
        rows.writerow(
            (
                each.municipality, each.period, each.kind, each.first_day, each.last_day, each.scope,
                each.version, each.published_at.isoformat(), each.level or "",
                value_of(each.total), hidden_as(each.total), f"{front_url}{each.path}",
            )
        )  # fmt: skip
    return BYTE_ORDER_MARK + written.getvalue()


def totals_of(view: View) -> Table:
    """All reports, against earlier periods."""
    return next(each for each in view.tables if each.name == "totals")


def _entry(entry: ElementTree.Element, view: View, front_url: str, language: Language) -> None:
    link = f"{front_url}{view.path}"
    where = f", {said(view.scope_name, language)}" if view.scope_name else ""
    version = f" (version {view.stated.version})" if view.stated.version and view.stated.version > 1 else ""
    public = (written_words(view.public_words, language),) if view.public_words else ()
    told = " ".join(
        (*public, f"{said(view.headline, language)}.", *(said(each, language) for each in view.sentences))
    )
    _with(
        entry,
        title=f"{view.municipality_name}{where}, {said(view.period_name, language)}{version}",
        link=link,
        description=told,
    )
    ElementTree.SubElement(entry, "guid", {"isPermaLink": "true"}).text = link
    if view.stated.moment is not None:
        _with(entry, pubDate=format_datetime(view.stated.moment))


def _with(element: ElementTree.Element, **children: str) -> None:
    for name, text in children.items():
        ElementTree.SubElement(element, name).text = text
