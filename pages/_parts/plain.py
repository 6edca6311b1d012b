"""Text that may come from a user's file, made safe for Streamlit's Markdown.

Markdown in a label or a message is a leak: an image in a customer's text makes the browser call its host. Every text
that was not written in this project goes through `plain`, or is shown by st.text, st.code or st.dataframe, which show
it as it is.
"""

import re

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&=^\"'/])")
_JOINS = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[-<>~])(?=[->=])", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: object) -> str:
    """The text on one line, shown as it is by any Streamlit label or message.

    Punctuation is escaped; an invisible word joiner parts `:name:`, `http://`, `www.`, e-mail addresses and `->`, which
    Streamlit turns into icons, links and arrows after the escapes are gone.
    """
    return _PUNCTUATION.sub(r"\\\1", _JOINS.sub(_WORD_JOINER, " ".join(str(text).split())))
