"""How surveys ask for a score, and the usual words of their answers: what survey tools share whose questions are free text."""

from types import MappingProxyType

from roi_core.ingest.export import Scale, ScoreQuestion

_SILENT = ("", "n/a", "not applicable", "don't know", "no opinion", "prefer not to say")
_LIKELY = "recommend|weiterempfehl|recommand|recomend"


def word_scale(*worst_to_best: tuple[str, ...]) -> Scale:
    """A scale of words; each place from 1 on holds words that mean the same."""
    words = {word: float(place) for place, same in enumerate(worst_to_best, 1) for word in same}
    return Scale(float(len(worst_to_best)), MappingProxyType(words), no_answer=_SILENT)


_NUMBERS = Scale(5.0, MappingProxyType({}), no_answer=_SILENT)

SATISFIED = (
    word_scale(
        ("very dissatisfied", "extremely dissatisfied"),
        ("dissatisfied", "somewhat dissatisfied"),
        ("neither satisfied nor dissatisfied", "neutral"),
        ("satisfied", "somewhat satisfied"),
        ("very satisfied", "extremely satisfied"),
    ),
    word_scale(("not at all satisfied",), ("not so satisfied",), ("somewhat satisfied",), ("very satisfied",), ("extremely satisfied",)),
    word_scale(
        ("extremely dissatisfied", "very dissatisfied"),
        ("moderately dissatisfied", "dissatisfied"),
        ("slightly dissatisfied", "somewhat dissatisfied"),
        ("neither satisfied nor dissatisfied", "neutral"),
        ("slightly satisfied", "somewhat satisfied"),
        ("moderately satisfied", "satisfied"),
        ("extremely satisfied", "very satisfied"),
    ),
)
_EASY = (
    word_scale(
        ("very difficult", "extremely difficult"),
        ("difficult", "somewhat difficult"),
        ("neither easy nor difficult", "neutral"),
        ("easy", "somewhat easy"),
        ("very easy", "extremely easy"),
    ),
    word_scale(("not at all easy",), ("not so easy",), ("somewhat easy",), ("very easy",), ("extremely easy",)),
    word_scale(
        ("extremely difficult", "very difficult"),
        ("moderately difficult", "difficult"),
        ("slightly difficult", "somewhat difficult"),
        ("neither easy nor difficult", "neutral"),
        ("slightly easy", "somewhat easy"),
        ("moderately easy", "easy"),
        ("extremely easy", "very easy"),
    ),
    word_scale(("strongly disagree",), ("disagree",), ("neither agree nor disagree", "neutral"), ("agree",), ("strongly agree",)),
    word_scale(
        ("strongly disagree",),
        ("disagree",),
        ("somewhat disagree",),
        ("neither agree nor disagree", "neutral"),
        ("somewhat agree",),
        ("agree",),
        ("strongly agree",),
    ),
)

QUESTIONS = (
    ScoreQuestion(
        "nps",
        rf"how likely\b.*\brecommend|wahrscheinlich\b.*weiterempfehl|probab\w*\b.*({_LIKELY})|(^|[^a-z])nps([^a-z]|$)|net promoter",
        (Scale(10.0, MappingProxyType({}), no_answer=_SILENT),),
    ),
    ScoreQuestion("csat", r"\bsatisf(ied|action|ait|aite|echo|echa|acci\x{f3}n)\b|zufrieden|\bcsat\b", (_NUMBERS, *SATISFIED)),
    ScoreQuestion("ces", r"\b(easy|ease|effort|einfach|aufwand|facile|f\x{e1}cil|esfuerzo)\b|\bces\b", (_NUMBERS, *_EASY)),
)
"""In the order in which they are looked for: a question that fits two is the first of them."""
