"""What cannot be read is refused, by name and before it can do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
import xlwt.CompoundDoc
from reading_kit import ROWS, SHEET, csv, html, refusal, replaced, xls, xlsx

from lingti.ingest.reading import files, sandbox
from lingti.ingest.reading.files import Limits, Refused

PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def xor_protected() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    stream = stream[:first] + b"\x2f\0\x06\0\0\0\x34\x12\x78\x56" + stream[first:]
    target = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(target, stream)
    return target.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 80_000_000)
    return stream.getvalue()


def with_entities() -> bytes:
    head = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    return replaced(xlsx(ROWS), SHEET, lambda x: x.replace("<worksheet", head + "<worksheet"))


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in names:
            target.writestr(name, "<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n", "empty_file"),
        (PASSWORD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (xor_protected(), "encrypted"),
        (PASSWORD + "WordDocument".encode("utf-16-le"), "not_a_spreadsheet"),
        (PASSWORD + "Workbook".encode("utf-16-le"), "damaged"),
        (xlsx(ROWS)[:-400], "truncated"),
        (xlsx(ROWS)[:300], "truncated"),
        (xlsx(ROWS)[:-10], "truncated"),
        (xls(ROWS)[:1500], "damaged"),
        (PASSWORD + "WORKBOOK".encode("utf-16-le"), "damaged"),
        (bomb(), "zip_bomb"),
        (with_entities(), "entity_bomb"),
        (archive("word/document.xml", "[Content_Types].xml"), "not_a_spreadsheet"),
        (archive("ppt/presentation.xml"), "not_a_spreadsheet"),
        (archive("a.csv"), "not_a_spreadsheet"),
        (archive("mimetype", "content.xml"), "other_format"),
        (archive("xl/workbook.bin"), "damaged"),
        (archive("Index/Document.iwa", "Metadata/Properties.plist"), "other_format"),
        (
            b"<?xml version='1.0'?><o:d xmlns:o='urn:oasis:names:tc:opendocument:a'/>",
            "other_format",
        ),
        (archive("xl/workbook.xml"), "damaged"),
        (b"%PDF-1.4 ...", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
        (b"\xff\xd8\xff\xe0", "not_a_spreadsheet"),
        (b'{"rows": [1, 2]}', "not_a_spreadsheet"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "other_format"),
        (html('<frameset><frame src="sheet001.htm"></frameset>'), "frameset"),
        (html("<p>没有表格</p>"), "no_table"),
        ("志愿者登记说明\n请于每月5日前报送。\n".encode(), "no_table"),
        ("关于开展志愿服务的通知\n各社区：\n现就有关事项通知如下。\n".encode(), "no_table"),
        (csv(ROWS[:1]).encode(), "no_rows"),
        (xlsx(ROWS[:1]), "no_rows"),
        (xlsx([]), "no_table"),
        (bytes(range(256)) * 20, "unreadable_text"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_form_is_refused() -> None:
    form = [
        ["志愿者登记表", None, None, None],
        ["姓名", "王某", "性别", "女"],
        ["出生年月", "1980", "民族", "汉"],
        ["联系电话", "138", "学历", "本科"],
        ["家庭住址", "南风花园", None, None],
        ["社区意见", None, None, None],
    ]
    assert refusal(xlsx(form)) == "form"


def test_limits_are_refusals() -> None:
    assert refusal(xlsx(ROWS), limits=Limits(file_bytes=1000)) == "too_large"
    assert refusal(xlsx(ROWS), limits=Limits(unpacked_bytes=1000)) == "unpacked_too_large"
    assert refusal(xlsx(ROWS), limits=Limits(cells=5)) == "too_many_cells"
    assert refusal(csv(ROWS).encode(), limits=Limits(cells=5)) == "too_many_cells"
    assert refusal(xlsx(ROWS), limits=Limits(seconds=0.001)) == "too_slow"


def test_all_sheets_hidden() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("底稿")
        sheet.write_row(0, 0, ["姓名", "分"])
        sheet.hide()
    assert refusal(stream.getvalue()) == "all_hidden"


def test_a_refusal_survives_the_way_between_processes() -> None:
    import pickle

    refused = pickle.loads(pickle.dumps(Refused("too_large", limit_mb=3)))
    assert (refused.code, refused.facts) == ("too_large", {"limit_mb": 3})
    assert set(refused.as_json()) == {"code", "message", "advice"}


def test_a_hang_is_stopped_by_the_processor_time_it_takes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("resource")
    hanging = tmp_path / "hanging.py"
    hanging.write_text(
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[3])!r})\n"
        "from lingti.ingest.reading import child; child._limit(2**32, 0.5)\n"
        "while True: pass\n",
        "utf-8",
    )
    monkeypatch.setattr(sandbox, "_CHILD", hanging)
    assert refusal(xlsx(ROWS)) == "too_slow"


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "两吉.csv"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    monkeypatch.setattr(files, "DEFAULT_LIMITS", Limits(file_bytes=1000))
    assert len(files.bytes_of(path)) == 1001
