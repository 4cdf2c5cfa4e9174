"""Who is who across areas: persons whose keys several areas hold, joined on Spark."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any


def join_labels(session: Any, files: Iterable[Path], folder: Path) -> None:
    """Writes who is known in several areas: a row of (area, label, person) per label in an area.

    `files` hold rows of (area, node, label): every key of an area's persons with its label there,
    the smallest of all keys of the person. What `person` names is the smallest in all areas.
    Writes into `joined`, beside what each round leaves for the next.
    """
    from pyspark.sql import functions as f

    nodes = session.read.parquet(*(str(file) for file in files))
    shared = nodes.groupBy("node").agg(f.min("label").alias("other"), f.count("*").alias("areas"))
    touching = nodes.join(shared.where("areas > 1"), "node").select("area", "label", "other")
    links = _kept(session, touching.distinct(), folder / "links")
    labels = f.least("label", "other")
    nearest = _nearest(links.select("label", labels.alias("person")), links, f)
    persons = _kept(session, nearest, folder / "persons-0")
    round_number = 0
    while True:
        round_number += 1
        spread = links.join(persons.withColumnRenamed("label", "other"), "other").select(
            "label", "person"
        )
        back = links.join(persons, "label").select(f.col("other").alias("label"), "person")
        nearer = _smallest(persons.unionByName(spread).unionByName(back), f)
        path = folder / f"persons-{round_number}"
        now = _kept(session, nearer, path)
        if now.exceptAll(persons).isEmpty():
            break
        persons = now
    links.select("area", "label").distinct().join(persons, "label").select(
        "area", "label", "person"
    ).write.parquet(str(folder / "joined"))


def _nearest(own: Any, links: Any, f: Any) -> Any:
    """Of every label, and of every other it is linked to, the smaller of the two."""
    others = links.select(f.col("other").alias("label"), f.col("other").alias("person"))
    return _smallest(own.unionByName(others), f)


def _smallest(labels: Any, f: Any) -> Any:
    return labels.groupBy("label").agg(f.min("person").alias("person"))


def _kept(session: Any, frame: Any, path: Path) -> Any:
    """The rows of a frame, written so that no later step works them out again."""
    frame.write.parquet(str(path))
    return session.read.parquet(str(path))
