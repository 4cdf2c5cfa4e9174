"""The one door to all that makes a build quick; tests hold it equal to the plain build."""

from lingti.warehouse.fast.building import Plan, build, plan
from lingti.warehouse.fast.incremental import SETTINGS, WHOLE, of_settings
from lingti.warehouse.fast.rollups import measure_all, measure_ranges

__all__ = [
    "SETTINGS",
    "WHOLE",
    "Plan",
    "build",
    "measure_all",
    "measure_ranges",
    "of_settings",
    "plan",
]
