"""What a browser sends to Streamlit, and the uploads that Streamlit keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

MEDIA, UPLOAD = "/media/", "/_stcore/upload_file/"  # where files for and from a page lie
OF_THE_SERVER = "/_stcore/"
LOCAL_ONLY = ("/_stcore/metrics", "/_stcore/script-health-check")
CLOSED = ("/_stcore/agent",)
# The fields in which a page is told where a file lies; whatever else it is told is text.
_ADDRESSES = {
    *("Audio.url", "Video.url", "SubtitleTrack.url", "Image.url", "Favicon.url"),
    *("DownloadButton.url", "DeferredFileResponsePayload.url", "FileURLs.upload_url"),
    *("FileURLs.delete_url", "PageConfig.favicon", "Logo.image", "Logo.icon_image"),
    *("IFrame.src", "ComponentInstance.url"),
}


def addresses(content: bytes) -> list[str]:
    """Where files lie that a message tells a page of: paths under `MEDIA` and `UPLOAD`."""
    if MEDIA.encode() not in content and UPLOAD.encode() not in content:
        return []  # as nearly all
    message = ForwardMsg()
    try:
        message.ParseFromString(content)
    except Exception:  # what is no message of Streamlit's tells nothing
        return []
    paths = [urlsplit(address).path for address in _addresses(message)]
    return [path for path in paths if path.startswith((MEDIA, UPLOAD))]


def _addresses(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        of_field = value if isinstance(value, list) or hasattr(value, "append") else [value]
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            of_field = [part for part in value.values() if hasattr(part, "ListFields")]
        for part in of_field:
            if hasattr(part, "ListFields"):
                yield from _addresses(part)
            elif f"{message.DESCRIPTOR.full_name}.{field.name}" in _ADDRESSES:
                yield str(part)


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
