"""Charts drawn on the server: readable on a phone, on grey paper and aloud, each with its table."""

from est_chassis.charts.bars import Bar, bars
from est_chassis.charts.chart import Caption, Chart
from est_chassis.charts.heat_matrix import heat_matrix
from est_chassis.charts.line_marks import LineMark
from est_chassis.charts.map import AreaShape, MapPin, area_map
from est_chassis.charts.table import Table
from est_chassis.charts.week_line import WeekPoint, week_line

__all__ = [
    "AreaShape",
    "Bar",
    "Caption",
    "Chart",
    "LineMark",
    "MapPin",
    "Table",
    "WeekPoint",
    "area_map",
    "bars",
    "heat_matrix",
    "week_line",
]
