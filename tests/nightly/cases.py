"""Every kind of case that the programme appends to the scoreboard, by words that its name holds: one without a row is listed as not yet measured."""

CASES = (
    "one byte changed", "cut short", "two tabs save the same at once", "processes migrate at once", "writers at once: refused", "writers at once: lost",
    "every call of", "killed during", "power cut", "disk of 5 MB: lost", "disk of 5 MB: was it full?", "steps on saved work and on a plain model of it",
    "SQL attacks on a connection", "harmless statements on a connection", "hostile names in queries", "formulas in exports", "canaries in the clear: ",
    "canaries in the clear, every page", "payloads on every page", "inputs when the socket is cut",
    "pages being drawn when the socket is cut", "inputs when the server dies",
    "visitors of two works", "wrong or no answer",
    "clustered interval: ", "control chart, stable: ", "control chart, jump of 30 %: ", "coverage: ", "hidden trouble: ", "A/A: ", "mutants of ",
    ": errors told to a visitor", "a light page takes over", "server and children over", "memory grew by more than",
)  # fmt: skip
