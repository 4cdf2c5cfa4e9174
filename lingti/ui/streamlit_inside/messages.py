"""What a browser sends to Streamlit, and the uploads that Streamlit keeps of it."""

from __future__ import annotations

import re
from typing import Any

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg

MEDIA, UPLOAD = "/media/", "/_stcore/upload_file/"  # where files for and from a page lie
OF_THE_SERVER = "/_stcore/"
LOCAL_ONLY = ("/_stcore/metrics", "/_stcore/script-health-check")
CLOSED = ("/_stcore/agent",)
# As messages to a page name them.
ADDRESS = re.compile(rb"/(?:media/[0-9a-f]+(?:\.\w+)?|_stcore/upload_file/[\w-]+/[\w-]+)")


def asks_for_a_run(content: bytes) -> bool:
    """Whether a message of a page runs its whole script."""
    asked = BackMsg()
    try:
        asked.ParseFromString(content)
    except Exception:  # what is no message of Streamlit's asks for nothing
        return False
    # A fragment would run without the frame of its page.
    return asked.WhichOneof("type") == "rerun_script" and not asked.rerun_script.fragment_id


def upload_sizes(page: str) -> list[int]:
    """How many bytes each upload of an open page holds in memory; `page` is its session's id."""
    # The manager in use keeps files by session and number; its interface names no way to count.
    storage: Any = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return [len(upload.data) for upload in dict(storage.get(page, {})).values()]
