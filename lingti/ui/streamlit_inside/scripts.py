"""The run of a page's script: what of it stays, and what the server knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx


@contextmanager
def as_the_main_script() -> Iterator[None]:
    """What is drawn within stays where it is when another page is opened.

    Streamlit takes away what belongs to the page that is left, and keeps what the main script drew.
    """
    running = get_script_run_ctx()
    if running is None:
        yield
        return
    with running.run_with_active_hash(running.pages_manager.main_script_hash):
        yield


def is_visited() -> bool:
    """Whether a browser is at the other end: no test, and no script that is run by itself."""
    return runtime.exists() and not config.get_option("global.appTest")


async def run_once() -> None:
    """Runs the first page of the server of this process, for nobody."""
    await runtime.get_instance().does_script_run_without_error()
