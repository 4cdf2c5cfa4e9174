"""A session on a cluster of Spark, and what its workers need to run this program."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lingti.home import HomeError
from lingti.language import gettext as _
from lingti.warehouse.fast import spark_python

SHUFFLED_BYTES = 32 * 2**20  # in one task
DRIVER_MB = 512  # it plans; rows stay with the workers


@contextmanager
def session_on(master: str, shared: Path, size: int) -> Iterator[Any]:
    """A Spark session for so many bytes of input; `shared` is where workers find Python.

    Raises HomeError where Spark or Java are not installed, or Spark fails.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise HomeError(
            _("PySpark is not installed here. Run `make spark`, then build again.")
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise HomeError(_("Spark needs Java 17 or newer, and there is none on this machine."))
    logging.getLogger("SQLQueryContextLogger").disabled = True  # prints whole stack traces
    builder = SparkSession.builder.appName("lingti").master(master)
    for name, value in _settings(master, size).items():
        builder = builder.config(name, value)
    os.environ["PYSPARK_PYTHON"] = (
        sys.executable if master.startswith("local") else str(spark_python.lay_out(shared))
    )
    try:
        with warnings.catch_warnings():
            # No data goes through pandas.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            session = builder.getOrCreate()
            try:
                session.sparkContext.setLogLevel("ERROR")
                yield session
            finally:
                session.stop()
    except PySparkException as error:
        why = _why(error)
        raise HomeError(
            _("Spark at {master} could not build: {why}. What is published stays.").format(
                master=master, why=why
            )
        ) from error


def _settings(master: str, size: int) -> dict[str, str]:
    """What a build needs; the rest is up to the cluster's own spark-defaults.conf."""
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.shuffle.partitions": str(max(2, size // SHUFFLED_BYTES)),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{DRIVER_MB}m",  # of this process, wherever the workers are
    }
    if size < SHUFFLED_BYTES:  # little work is not compiled first
        settings |= {
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.adaptive.enabled": "false",
        }
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings


def _why(error: Exception) -> str:
    """The line that says why; of what a task raised, the last."""
    lines = [line for line in str(error).strip().splitlines() if line.strip()]
    raised = [line.strip() for line in lines if re.match(r"\s*[\w.]+(?:Error|Exception): ", line)]
    return (raised or lines)[-1 if raised else 0]
