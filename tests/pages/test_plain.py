from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages._parts.plain import plain
from tests.pages.hostile import HOSTILE

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


def read(markdown: str) -> str:
    """What a Markdown reader shows; fails where it sees anything but text."""
    (inline,) = [token for token in MARKDOWN.parse(markdown) if token.type == "inline"] or [None]
    if inline is None:
        return ""
    assert {child.type for child in inline.children} <= {"text", "text_special"}, markdown
    return "".join(child.content for child in inline.children)


@given(st.one_of(st.text(), st.sampled_from(HOSTILE), st.text(alphabet="![]()<>#*_`:$|~-+.&\\@ \nahtpw/1")))
def test_a_markdown_reader_sees_the_text_and_nothing_else(text):
    shown = "".join(c if c.isprintable() or c in "\u200c\u200d\u2060" else "\ufffd" for c in " ".join(text.split()))
    assert read(plain(text)).replace("\u2060", "") == shown.replace("\u2060", "")


def test_what_cannot_be_seen_is_replaced_and_joiners_of_scripts_stay():
    assert plain("a\u202eb\u2066c\x1bd\x07e\u200bf") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"
    assert plain("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"


def test_what_streamlit_replaces_after_reading_is_parted():
    assert "http://" not in read(plain("http://evil.example"))
    assert "www." not in read(plain("www.evil.example"))
    assert "n@e" not in read(plain("ann@evil.example"))
    assert ":smile:" not in read(plain(":smile:"))


def test_any_object_is_shown_by_its_text_on_one_line():
    assert plain(ValueError("two\nlines")) == "two lines"
