import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.home import HomeError
from lingti.ingest.checking.pseudonyms import (
    KEY_FILE,
    KeyMissingError,
    Pseudonyms,
    mask,
    plain_texts,
    pseudonyms,
)

KEY = Pseudonyms(b"k" * 32)


@given(st.text(min_size=1), st.text(min_size=1))
def test_same_text_same_pseudonym_and_nothing_of_it_shows(one: str, two: str) -> None:
    made = Pseudonyms(b"k" * 32).of("id", one)
    assert made == KEY.of("id", one)
    assert made is not None
    assert len(made) == 24
    assert KEY.of("phone", one) != made


@given(st.sampled_from(["name", "phone"]), st.lists(st.text(st.sampled_from("测A1\u3000\n８ ﬁ"))))
def test_what_is_plain_is_seen_in_all_texts_at_once_as_in_each(kind: str, texts: list[str]) -> None:
    alone = [plain for text in texts for plain in plain_texts(kind, [text])]
    assert plain_texts(kind, texts) == alone
    assert KEY.all_of(kind, texts) == [KEY.of(kind, text) for text in texts]


def test_writing_does_not_make_another_person() -> None:
    assert KEY.of("name", "测 试甲") == KEY.of("name", "测试甲")
    assert KEY.of("phone", "+86 199-0000-0001") == KEY.of("phone", "19900000001")
    assert KEY.of("id", "99999919900101123x") == KEY.of("id", "99999919900101123X")
    assert KEY.of("name", "") is None


def test_another_key_makes_other_pseudonyms() -> None:
    assert Pseudonyms(b"x" * 32).of("name", "测试甲") != KEY.of("name", "测试甲")


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = pseudonyms(tmp_path)
    assert pseudonyms(tmp_path).key == first.key
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600


def test_without_its_key_a_home_with_batches_is_refused(tmp_path: Path) -> None:
    (tmp_path / "batches" / "000001").mkdir(parents=True)
    with pytest.raises(KeyMissingError, match=r"pseudonyms\.key"):
        pseudonyms(tmp_path)


def test_free_text_is_scrubbed() -> None:
    text = "走访测试甲乙家，电话199 0000 0001，证号99999919900101123X，与试乙同志谈和平路"
    assert mask(text, {"测试甲乙", "试乙", "和平"}) == (
        "走访****家，电话***，证号***，与**同志谈和平路"
    )


def test_what_is_written_around_a_name_makes_no_other_person() -> None:
    written = ["张三（队长）", "★ 1.张三", "张三", "张三(13800000000)"]
    assert set(plain_texts("name", written)) == {"张三"}
    assert plain_texts("name", ["张三（大）", "张三（小）"]) == ["张三(大)", "张三(小)"]


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_key_of_another_length_is_refused(tmp_path: Path, content: bytes) -> None:
    pseudonyms(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(HomeError, match=r"keys/pseudonyms\.key"):
        pseudonyms(tmp_path)


def test_another_key_than_the_one_of_the_batches_is_refused(tmp_path: Path) -> None:
    key = pseudonyms(tmp_path).key
    (tmp_path / "batches" / "000001").mkdir(parents=True)
    (tmp_path / KEY_FILE).write_bytes(b"o" * 32)
    with pytest.raises(KeyMissingError):
        pseudonyms(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(key)
    assert pseudonyms(tmp_path).key == key


def test_a_full_disk_leaves_no_key_that_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(HomeError, match="No space left"):
            pseudonyms(tmp_path)
    assert list((tmp_path / "keys").iterdir()) == []
    assert len(pseudonyms(tmp_path).key) == 32
