# ruff: noqa: RUF001
"""Text that is not UTF-8: Western European without a question, any other writing with both readings."""

import re
from pathlib import Path

import pytest

from tests.ingest.test_read import read

_WESTERN = "Größe à la carte, “don’t” – Zürich · naïve © 5 € 20 °C l’été élève, où, Ça, ¿qué?, «être» Œuvre\n"


@pytest.mark.parametrize("text", [_WESTERN, "naïve,1\n", "5 €,2\n", "a – b,2\n", "Ångström,Öl,ø,Æ\n"])
def test_western_text_is_noted_and_not_doubted(text: str, tmp_path: Path) -> None:
    notes = read(("id,text\n" + f'1,"{text.strip()}"\n' * 5).encode("cp1252"), tmp_path).notes
    assert notes == ("its text is not UTF-8 and was read as cp1252 (Western European).",)


@pytest.mark.parametrize(
    ("encoding", "text", "piece"),
    [
        ("cp1251", "Не могу войти в учетную запись, Иванов Петр", "уч"),
        ("koi8-r", "Не могу войти в учетную запись, Иванов Петр", "уч"),
        ("shift_jis", "こんにちは、ログインできません。サポートに連絡しました", "ンでき"),
        ("euc_kr", "안녕하세요 로그인할 수 없습니다", "안녕"),
        ("gbk", "您好我无法登录系统请帮忙解决这个问题", "您好我无"),
        ("cp1253", "Καλημέρα δεν μπορώ να συνδεθώ", "Καλη"),
        ("cp1250", "Zażółć gęślą jaźń, źdźbło", ""),
    ],
)
def test_text_of_another_writing_is_asked_about_with_both_readings(encoding: str, text: str, piece: str, tmp_path: Path) -> None:
    notes = read(b"id;text\n" + f"1;{text}\n".encode(encoding) * 20, tmp_path).notes
    assert "cp1252" in notes[0]
    (asked,) = [note for note in notes if note.startswith("ask:")]
    assert encoding in asked
    assert piece in asked
    assert not any(word in asked for word in text.split() if len(word) > 3)
    assert all(len(shown) <= 21 for shown in re.findall('"([^"]*)"', asked))
