"""The rules of the house that ruff has not: each takes a syntax tree and gives the places that break it."""

import ast
from collections.abc import Iterator

from roi_core.sentences import slots

_UNSAFE_MODULES = {"dill", "joblib", "marshal", "pickle", "shelve"}
_UNSAFE_CALLS = {"eval", "exec", "compile"}
_RUNS_SQL = {"execute", "executemany", "query", "sql"}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_OPTIONS_ARE_MARKDOWN = {"pills", "radio", "segmented_control"}
_LABEL_FIRST = (
    "button", "caption", "checkbox", "download_button", "error", "expander", "form_submit_button", "header", "info", "markdown", "multiselect",
    "number_input", "popover", "select_slider", "selectbox", "slider", "spinner", "status", "subheader", "success", "tabs", "text_area", "text_input",
    "title", "toast", "toggle", "warning", "write", *_OPTIONS_ARE_MARKDOWN,
)  # fmt: skip
_MARKDOWN_PLACES = dict.fromkeys(_LABEL_FIRST, slice(0, 1)) | {"metric": slice(0, 3), "page_link": slice(0, 0), "progress": slice(1, 2)}
_MAKES_SAFE = {"marked", "on_primary", "plain", "say"}


def breaches_of_safety(tree: ast.AST) -> Iterator[ast.AST]:
    """Sniffing, pickles, evaluated text, raw HTML, caches on disk."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="Sniffer") | ast.alias(name="Sniffer"):
                yield node
            case ast.Import(names=names) if any(name.name.split(".")[0] in _UNSAFE_MODULES for name in names):
                yield node
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in _UNSAFE_MODULES:
                yield node
            case ast.Call(func=ast.Name(id=name)) if name in _UNSAFE_CALLS:
                yield node
            case ast.keyword(arg="unsafe_allow_html"):
                yield node
            case ast.keyword(arg="persist", value=ast.Constant(value="disk" | True)):
                yield node
            case ast.Call(func=ast.Attribute(value=ast.Name(id="st"), attr="html" | "table")):
                yield node


def sql_made_of_pieces(tree: ast.AST) -> Iterator[ast.AST]:
    """Text put together inside a call that runs SQL."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _RUNS_SQL and node.args and _in_pieces(node.args[0]):
            yield node


def _in_pieces(text: ast.expr) -> bool:
    match text:
        case ast.JoinedStr(values=values):
            return any(isinstance(value, ast.FormattedValue) for value in values)
        case ast.BinOp(op=ast.Mod() | ast.Add()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
    return False


def imports_of(tree: ast.AST, *modules: str) -> Iterator[ast.AST]:
    """Imports of these packages or anything inside them."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(name.name.split(".")[0] in modules for name in names):
                yield node
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in modules:
                yield node


def errors_for_the_user(tree: ast.AST) -> Iterator[ast.AST]:
    """Classes of errors that are shown as they are, of which all stand in `roi_core.errors`."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(bases=bases) if any(isinstance(base, ast.Name) and base.id == "SupportRoiError" for base in bases):
                yield node


def arithmetic(tree: ast.AST) -> Iterator[ast.AST]:
    """Calculation in a page: operators, and the functions that hide one."""
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if isinstance(op, _ARITHMETIC):
                yield node
            case ast.Call(func=ast.Name(id="round" | "pow" | "divmod")):
                yield node


def markdown_of_unknown_text(tree: ast.AST) -> Iterator[ast.AST]:
    """A Streamlit label or message that is neither written here, nor a sentence of the catalogue, nor made `plain`."""
    known = _assigned_safely(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            yield from (node for text in _read_as_markdown(node.func.attr, node) if not _safe(text, known))


def _read_as_markdown(command: str, call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that Streamlit reads as Markdown."""
    named = {word.arg: word.value for word in call.keywords}
    by_place = _MARKDOWN_PLACES.get(command)
    if by_place is None:
        return []
    options = [] if "format_func" in named else [named["options"]] if command in _OPTIONS_ARE_MARKDOWN and "options" in named else []
    written = [named["format_func"].body] if isinstance(named.get("format_func"), ast.Lambda) and command in _OPTIONS_ARE_MARKDOWN else []
    return call.args[by_place] + [named[name] for name in ("label", "help", "text", "body") if name in named] + options + written


def _safe(text: ast.expr, known: frozenset[str] = frozenset()) -> bool:
    match text:
        case ast.Constant() | ast.Attribute(value=ast.Name(id="grade"), attr="word" | "value"):
            return True
        case ast.Name(id=name):
            return name in known
        case ast.Call(func=ast.Name(id=name)):
            return name in _MAKES_SAFE
    parts = _parts(text)
    return bool(parts) and all(_safe(part, known) for part in parts)


def _parts(text: ast.expr) -> list[ast.expr]:
    """What a text is put together from."""
    match text:
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return parts
        case ast.FormattedValue(value=value):
            return [value]
        case ast.IfExp(body=first, orelse=second):
            return [first, second]
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.GeneratorExp(elt=part) | ast.ListComp(elt=part)]):
            return [part]
    return []


def _assigned_safely(tree: ast.AST) -> frozenset[str]:
    """Names of which every assignment in the module is safe."""
    pairs = [pair for node in ast.walk(tree) if isinstance(node, ast.Assign) for target in node.targets for pair in _pairs(target, node.value)]
    return frozenset(name for name, _ in pairs) - {name for name, value in pairs if not _safe(value)}


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            return [(name, value)]
        case ast.Tuple(elts=names), ast.Tuple(elts=values) if len(names) == len(values):
            return [pair for name, part in zip(names, values, strict=True) for pair in _pairs(name, part)]
    return []


def sentences_that_do_not_fit(tree: ast.AST) -> Iterator[ast.AST]:
    """Calls of `say` with a written key that does not exist or takes other slots."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(key))], keywords=given) if all(word.arg for word in given):
                try:
                    fits = slots(key) == {word.arg for word in given}
                except KeyError:
                    fits = False
                if not fits:
                    yield node
