"""Text that may come from a user's file, made safe for Streamlit's Markdown.

Markdown in a label or a message is a leak: an image in a customer's text makes the browser call its host. Every text
that was not written in this project goes through `plain`, or is shown by st.text, st.code or st.dataframe, which show
it as it is.
"""

import re

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&=^\"'/])")
_JOINS = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>~])(?=[->=])", re.IGNORECASE)
_WORD_JOINER = "\u2060"
_UNSEEN_BUT_MEANT = frozenset("\u200c\u200d\u2060")  # joiners of scripts and emoji, and our own
_REPLACEMENT = "\ufffd"


def plain(text: object) -> str:
    """The text on one line, shown as it is by any Streamlit label or message.

    Punctuation is escaped; an invisible word joiner parts `:name:`, `http://`, `www.`, e-mail addresses and `->`, which
    Streamlit turns into icons, links and arrows after the escapes are gone. A character that cannot be seen, such as one
    that turns the direction of writing, is replaced.
    """
    line = "".join(c if c.isprintable() or c in _UNSEEN_BUT_MEANT else _REPLACEMENT for c in " ".join(str(text).split()))
    return _PUNCTUATION.sub(r"\\\1", _JOINS.sub(_WORD_JOINER, line))
