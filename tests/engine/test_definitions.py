import pytest
import sqlglot
from sqlglot import expressions as exp
from sqlglot.errors import ErrorLevel

from roi_core.engine import analyst, definition, definition_names, definitions

DIALECTS = ("duckdb", "spark", "postgres", "clickhouse", "snowflake", "bigquery")
BANNED = (
    "median",
    "date_diff",
    "datediff",
    "date_trunc",
    "read_csv",
    "read_parquet",
    "strftime",
    "current_timestamp",
    "now",
    "random",
    "approx_quantile",
    "any_value",
)


@pytest.mark.parametrize("name", definition_names())
def test_definition_is_one_select_in_every_dialect(name):
    for dialect in DIALECTS:
        rendered = sqlglot.transpile(definition(name), read="duckdb", write=dialect, unsupported_level=ErrorLevel.IGNORE)
        assert len(rendered) == 1
        assert isinstance(sqlglot.parse_one(rendered[0], read=dialect), exp.Query)


@pytest.mark.parametrize("name", definition_names())
def test_definition_keeps_to_the_portable_subset(name):
    tree = sqlglot.parse_one(definition(name), read="duckdb")
    called = {function.name.lower() if isinstance(function, exp.Anonymous) else function.sql_name().lower() for function in tree.find_all(exp.Func)}
    assert not called & set(BANNED)
    assert not list(tree.find_all(exp.Interval))
    for named in (tree, *(cte.this for cte in tree.find_all(exp.CTE))):
        assert all(named.named_selects), "every output column has a name"


def test_parameters_are_bound_and_an_unknown_name_is_refused(monkeypatch):
    with pytest.raises(KeyError, match="no definition nothing"):
        definition("nothing")
    monkeypatch.setattr(definitions, "definition", lambda _: "SELECT $text AS text")
    assert definitions.run(analyst(None), "given", text="'; DROP TABLE t; --").to_pylist() == [{"text": "'; DROP TABLE t; --"}]
