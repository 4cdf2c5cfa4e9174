import logging
from pathlib import Path

import pytest

from lingti.home import HomeError
from lingti.upkeep import logs


@pytest.fixture(autouse=True)
def _as_before() -> object:
    factory, handlers = logging.getLogRecordFactory(), list(logging.getLogger("lingti").handlers)
    yield
    logging.setLogRecordFactory(factory)
    for handler in set(logging.getLogger("lingti").handlers) - set(handlers):
        logging.getLogger("lingti").removeHandler(handler)
        logging.getLogger("streamlit").removeHandler(handler)
        handler.close()


def test_no_record_of_any_library_holds_a_person(tmp_path: Path) -> None:
    logs.install(tmp_path)
    try:
        raise ValueError("张三丰")
    except ValueError as error:
        logging.getLogger("lingti.x").exception("联系人：%s，电话%s", "张三丰", 13800138000)
        reference = logs.failure(error, "app.py")
    written = (tmp_path / "logs" / "lingti.log").read_text("utf-8")
    assert "张三丰" not in written
    assert "13800138000" not in written
    assert reference in written
    assert written.count("ValueError") == 2
    assert "test_logs.py" in written


def test_our_own_messages_are_kept_because_they_name_nobody() -> None:
    told = logs.safe_traceback(HomeError("Only 3 MB are free"))
    assert told == "HomeError: Only 3 MB are free"
