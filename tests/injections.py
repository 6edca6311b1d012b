"""Names and values that try to become SQL, and that name a file which must never be read."""

from pathlib import Path

_BREAKS = ("{0}", "x') {0} --", 'x") {0} --', "x' {0}", 'x" {0}', "x; {0}; --", "x'); {0}; --", 'x"); {0}; --', "x */ {0} --", "$$ {0} $$")
_ATTACKS = (
    "from read_csv('{out}/s.csv')",
    "UNION ALL SELECT v FROM read_csv('{out}/s.csv')",
    "SELECT * FROM read_text('{out}/s.csv')",
    "SELECT content FROM read_blob('{out}/s.csv')",
    "FROM '{out}/s.csv'",
    'FROM "{out}/s.parquet"',
    "SELECT * FROM glob('{out}/*')",
    "COPY (SELECT 1) TO '{out}/new.csv'",
    "ATTACH '{out}/new.duckdb' AS d",
    "INSTALL httpfs",
    "SET lock_configuration=false",
    "SET enable_external_access=true",
    "PRAGMA database_list",
    "DROP TABLE held",
    "CREATE VIEW held AS SELECT 1",
    "SELECT getenv('HOME')",
    "EXPORT DATABASE '{out}/dump'",
    "(SELECT v FROM parquet_scan('{out}/s.parquet'))",
    "CREATE OR REPLACE MACRO max(a) AS (SELECT first(v) FROM read_csv('{out}/s.csv'))",
    "CALL pragma_version()",
)


def injections(out: Path) -> tuple[str, ...]:
    """Two hundred of them, about the folder `out`."""
    return tuple(way.format(attack.format(out=out)) for attack in _ATTACKS for way in _BREAKS)
