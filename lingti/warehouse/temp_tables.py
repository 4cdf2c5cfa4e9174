"""The temporary tables through which steps of a build pass rows on: who makes each, what a row is.

A test holds that every one is named here, under the module that makes it. In a name `…` stands for
a table, a window or a number.
"""

from __future__ import annotations

MADE_BY = {
    "plain": {
        "stored_…": "a row of a canonical table that counts, as its batch keeps it",
        "people": "a set of keys seen in a community",
    },
    "persons": {
        "links": "two keys of the same person",
        "labels": "a key with the smallest label that reached it",
        "changed_labels": "a key whose label has changed in the last round",
        "nearer_labels": "a key that a smaller label reaches in this round",
        "residents": "a set of keys seen in a community, with the person it belongs to",
    },
    "withhold": {
        "flows": "a stock and a quantity that moves it",
        "quantities": "what a metric tells: its value, numerator or denominator",
        "stocks": "a stock that others move, and its quantity",
        "facts_of": "a metric and the rows it counts",
        "protected_in": "a community, or the district, with the area it is protected in",
        "unlisted": "a breakdown whose withheld members are not named in an area",
        "withheld_totals": "what an area comes to where that is as good as withheld",
        "rests": "a quantity that is part of another, and what is left of that",
        "owners": "a metric that is for officials and the own secretary",
        "rest_cells": "what is left of a whole, with the cells of the whole and its part",
        "unchanged": "a metric and a year of which what is published stays",
        "linked_values": "a value of metrics that can give one another away, and its area",
        "few_moves": "a place, or member in it, where few moved a stock in a month",
        "withheld_rows": "a row of metric_values that tells a withheld cell",
        "cells": "a quantity in a place, a period and, if one is named, a member",
        "newly_withheld": "a cell withheld in this round",
        "withheld": "a withheld cell",
        "next_withheld": "a cell to withhold because of those withheld last",
        "sums": "a sum and a cell of it",
    },
    "snapshots": {
        "family_of": "a metric and the family it is told with",
        "last_…": "what the last snapshot told",
        "last_families": "a metric and a year of the last snapshot; none of the first",
    },
    "queries/build/snapshot_compared.sql": {
        "compared": "a metric and a year, and what publishing does to them",
    },
    "fast.building": {
        "new_months": "a period that the last warehouse does not have",
    },
    "fast.linked_persons": {
        "newly_seen": "a set of keys seen in a community whose batches are others",
        "nodes": "a community and a key that links persons, now or before",
        "people": "a set of keys seen in a community, of those told apart again",
        "linked": "a community that shares persons with one that changed, or is one",
        "…": "a row of a canonical table of a linked community, in the place of the whole table",
    },
    "fast.changed_periods": {
        "new_periods": "a period that the last warehouse does not have, or with another first day",
        "longer_periods": "a period that only ends later than in the last warehouse",
        "changed_days": "days on which facts or coverage differ",
        "touched": "a period, not new, whose values can differ",
        "touched_before": "the same, with the days it had",
        "changed_facts": "a fact that only one of the warehouses has",
        "changed_cover": "a day covered in only one of the warehouses",
        "changed_ends": "the last day reported by a community, where it differs",
        "changed_months": "a month whose stocks can have been moved otherwise",
        "changed_few": "a place and month in which few moved a stock, where it differs",
        "gone": "a period with other days in the last warehouse, or in that one only",
        "now_found": "a row of what is compared, now",
        "was_found": "a row of what is compared, in the last warehouse",
    },
    "fast.changed_values": {
        "now_values": "a value of what changed, as it is now",
        "was_values": "a value of what changed, as it was",
        "kinds": "a metric, with how its values are made of parts",
        "metric_values": "a value, in the place of the whole table",
    },
    "fast.windows": {
        "asked_places": "a community asked for, or the district",
        "numbered": "a period asked for, with its number",
        "weeks": "a numbered week",
        "other_periods": "a numbered period that is no week",
        "…_counts": "a day and the number of a period it counts for in a window",
        "…_days": "a day, with the periods it counts for as bits and as a span",
        "…_…": "a span, or one of no weeks (`…_long_spans`), and a period its days count for",
    },
    "fast.ready_states": {
        "known_…": "a community whose rows count, with its last day reported",
        "totals_…": "a place and period, with state and population",
    },
    "fast.rollups": {
        "periods": "a range of days asked for",
        "metric_values": "a value of such a range",
        "facts_by_span": "a fact that counts, with the spans of its day",
        "counted": "a community and the number of a period for which its rows count",
        "parts": "what facts of a place add up to in a span: in total, or of a member",
        "cuts": "the total, or a member of a dimension, with its number",
        "summed": "what parts add up to in a place, period and cut",
        "rolled_up": "the same with distinct counts",
    },
    "fast.distinct_counts": {
        "bits": "a person, or other distinct value, in a place and of a member: a bit per period",
        "distinct_counts": "how many are distinct in a place, period and cut",
    },
    "fast.spark_tasks": {
        "stored_…": "a row of a canonical table that counts, as its batch keeps it",
        "keys_…": "the same, with every column of keys",
        "people": "a set of keys seen in a community",
        "labels": "a key with the smallest of all keys of its person",
        "joined": "a label of the area whose person is in others, too, and the smallest in all",
    },
    "fast.spark_parts": {
        "area_bits": "a distinct value in the area and of a member: a bit per period",
        "totals_…": "a period, with the district's state and population",
        "summed": "what areas add up to in a period, of a dimension's member",
        "cuts": "the total, or a member of a dimension, with its number",
        "counted_again": "how often something distinct was counted in a second area, or a third",
        "rolled_up": "what areas add up to in a period and cut, each counted once",
    },
    "queries/build/district_parts.sql": {
        "district_parts": "what the district's value is made of: as it was, less that, and now",
    },
}
