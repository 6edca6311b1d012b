"""Names of people in columns that are kept as words: a usual given name and a surname, two capitalised words that differ in every row, or given names alone."""

import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roi_core.errors import quoted
from roi_core.ingest.cells import Cells, mask, matches
from roi_core.ingest.questions import Question

SUBJECT, HIDE, KEEP = "names", "hide", "keep"
"""The question whether words that look like names of people are any, and its answers."""

HIDDEN = "[name]"
FULL_NAME = r"^{upper}[{letters}.-]+( {upper}[{letters}.-]*){{1,3}}$"
TURNED = r"^{upper}[{letters}-]+, {upper}[{letters}. -]+$"
_ASCII, _ANY = ("[A-Z]", "A-Za-z'"), (r"\p{Lu}", r"\p{L}'\x{2019}")
"""A capital and letters in these patterns. Those of all writings take far longer to look for: they are looked for beyond ASCII alone."""
_UNIQUE_FROM, _UNIQUE, _NEARLY_ALL, _FEWEST_GIVEN = 20, 0.9, 0.8, 3
_TAGS_APART, _BLANK = ", ", " "

_USUAL_GIVEN = (
    "aaron abdul abigail adam adrian agnes agnieszka ahmed aisha alan albert alberto alejandro alessandro alexander alexandra alexandre alfred ali alice "
    "alicia alina amanda amelie amir ana anastasia anders andrea andreas andrei andrew andrzej angela anika anita anja anke ann anna anne annika antoine "
    "anton antonio arjun arthur astrid barbara beata beatrice ben benedikt benjamin bernd bernhard birgit bjorn bogdan brian brigitte bruno camille carl "
    "carla carlos carmen carol caroline catherine cecilia charles charlotte chloe christian christina christine christoph christopher claire clara claudia "
    "clemens cornelia cristina cynthia daniel daniela daniele david deborah denise dennis diana diego dieter dietmar dirk dmitri dominik donald dorothea "
    "edward elena elias elisabeth elizabeth ella ellen elsa emil emilia emily emma eric erik erika ernst esther eugen eva evelyn fabian fatima federico "
    "felix ferdinand fernando filip florian francesca francesco franz frederic friedrich fritz gabriel gabriele gabriela georg george gerald gerd gerhard "
    "gertrud giovanni giulia giuseppe gisela gordon greta guido guillaume gustav hanna hannah hannes hans harald harry hassan heather heidi heiko heinrich "
    "heinz helen helena helene helga helmut henning henri henrik henry herbert hermann hiroshi holger horst hubert hugo ibrahim ines ingo ingrid irene "
    "isabel isabella ivan jacob jacqueline jacques jakob jakub james jan jana jane janet janine jason javier jean jeff jeffrey jennifer jens jeremy jessica "
    "joachim joan joanna joao jochen joe joel johan johann johanna johannes john jonas jonathan jorge jose josef joseph joshua juan judith julia julian "
    "juliane julie jurgen justin karen karin karl karolina katarina katarzyna katharina katherine kathleen kathrin katja kenneth kerstin kevin klara klaus "
    "konrad konstantin krzysztof kurt lara lars larry laura lauren laurent lea lena leo leon leonard leonie lisa lorenzo lothar louis louise lucas lucia "
    "luis luisa luca lukas lukasz lydia magdalena malgorzata manfred manuel manuela marcel marco marcus marek margaret margarete maria mariana marie marina "
    "mario marion marius marta martha martin martina mary maryam mateusz mathias matteo matthew matthias maximilian melanie melissa michael michal michel "
    "michelle miguel mike mikael mohamed mohammed monica monika moritz muhammad nadine nadia nancy natalia natalie nathalie nicholas nicola nicolas nicole "
    "niklas nikola nils nina noah norbert olaf oleg olga oliver olivia olivier oscar otto pablo pamela paola paolo patricia patrick paul paula pawel pedro "
    "peter petra philip philipp philippe pierre piotr priya rachel rafael rahul rainer raj ralf ralph raul rebecca regina reinhard renate ricardo richard "
    "robert roberto roland rolf roman ronald rosa rudolf ruth ryan sabine sabrina samantha samuel sandra santiago sara sarah scott sean sebastian serge "
    "sergei sergio sharon silke silvia simon simone sofia sonja sophia sophie stefan stefanie stella stephan stephanie stephen steve steven susan susanne "
    "svenja sven sylvia tamara tanja tatjana teresa theodor theresa thomas thorsten tim timothy tobias tom tomas tomasz torsten udo ulrich ulrike ursula "
    "uwe valentina valerie vanessa vera veronika victoria viktor vincent vladimir walter werner wilhelm william wolfgang xavier yasmin yuki yusuf yvonne "
    "zoe"
)
_GIVEN = frozenset(_USUAL_GIVEN.split())
"""Given names that are no usual word of a category: `Grant`, `Mark`, `Grace`, `Max` and `April` are left out."""

_Mask = npt.NDArray[np.bool_]


def without_names(cells: Cells, texts: pa.Array, *, listed: bool = False) -> tuple[pa.Array, int]:
    """`texts` (one a distinct value) with names of people taken out, and the rows that had one; `listed` where a cell holds several values."""
    if listed:
        return _without_listed(cells, texts)
    found = names_in(cells)
    return pc.if_else(pa.array(found), HIDDEN, texts), int(cells.counts()[found].sum()) if found.any() else 0


def asks_names(header: str) -> Question:
    """Whether what was taken for names of people in a column is kept."""
    ways = {HIDE: f"names of people in {quoted(header)} are left out", KEEP: f"{quoted(header)} names no people, and is kept as it stands"}
    return Question.of(SUBJECT, (header,), ways, HIDE, of_one=True)


def note_of(header: str, rows: int) -> str:
    """What is said where names were taken out."""
    return f"ask: {header}: cells that look like names of people: {rows:,}; they are kept out of everything that is computed and shown"


def names_in(cells: Cells) -> _Mask:
    """Which distinct values are names: a usual given name and a surname.

    All of a column are, in which nearly every row has its own two words, or nearly every value is a usual given name.
    """
    if _given_alone(cells.distinct):
        return np.ones(len(cells.distinct), dtype=np.bool_)
    full = written_as(cells.distinct, FULL_NAME, TURNED)
    if not full.any():
        return full
    unique = len(cells.distinct) >= max(_UNIQUE_FROM, _UNIQUE * cells.filled) and full.mean() >= _NEARLY_ALL
    return np.ones_like(full) if unique else _usual(cells.distinct, full)


def written_as(texts: pa.Array, *patterns: str) -> _Mask:
    """Which texts are written as one of the patterns, all of which want a blank."""
    found = mask(pc.match_substring(texts, " "))
    ascii_alone = mask(pc.string_is_ascii(texts))
    for rows, (upper, letters) in ((found & ascii_alone, _ASCII), (found & ~ascii_alone, _ANY)):
        if rows.any():
            among = texts.filter(pa.array(rows))
            found[rows] = np.logical_or.reduce([matches(among, pattern.format(upper=upper, letters=letters)) for pattern in patterns])
    return found


def _given_alone(texts: pa.Array) -> bool:
    """Whether nearly all texts are single usual given names, three of them at least: one or two may be the name of a product or a town."""
    if not _FEWEST_GIVEN <= len(texts) <= 2 * len(_GIVEN):
        return False
    return sum(is_name(text) for text in texts.to_pylist() if _BLANK not in text) >= max(_FEWEST_GIVEN, _NEARLY_ALL * len(texts))


def _usual(texts: pa.Array, full: _Mask) -> _Mask:
    found = full.copy()
    found[full] = [is_name(text) for text in texts.filter(pa.array(full)).to_pylist()]
    return found


def is_name(text: str) -> bool:
    """Whether a text begins, or after a comma goes on, with a usual given name."""
    last, comma, first = text.partition(",")
    given = (first if comma else last).split()
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", given[0].casefold()) if not unicodedata.combining(mark)) if given else ""
    return any(part in _GIVEN for part in plain.split("-"))


def _without_listed(cells: Cells, texts: pa.Array) -> tuple[pa.Array, int]:
    """Each value of a list by itself, between commas."""
    single = pc.unique(pc.utf8_trim_whitespace(pc.list_flatten(pc.split_pattern(texts, _TAGS_APART.strip()))))
    named = single.filter(pa.array(_usual(single, written_as(single, FULL_NAME))))
    hit = np.zeros(len(texts), np.bool_)
    if not len(named):
        return texts, 0
    people, changed = frozenset(named.to_pylist()), texts.to_pylist()
    for code, text in enumerate(changed):
        parts = [part.strip() for part in text.split(_TAGS_APART.strip())]
        if not people.isdisjoint(parts):
            changed[code], hit[code] = _TAGS_APART.join(HIDDEN if part in people else part for part in parts), True
    return pa.array(changed, pa.string()), int(cells.counts()[hit].sum())
