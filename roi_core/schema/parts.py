"""What a part (the Parquet file of one loaded table) says of itself beside its rows."""

METADATA = b"support_roi"
"""The key of the file's metadata under which it stands, as JSON."""

SUBJECT, TWO, ONE = "systems", "two", "one"
"""The question whether files with the same ids are of two systems, and its answers as a part notes them."""

UNREADABLE = "unreadable"
"""How many rows of a treatment list are broken, as its part notes it: they were drawn, and no row of the table is theirs."""

QUARANTINE = "quarantine"
"""Under which kind the vault keeps the rows that were set aside."""

TEXTS, KEEP_TEXTS = "texts", "keep_texts"
"""Under which kind the vault keeps what customers wrote, and the setting of a workspace that asks for it."""

NO_DATA = "no_data"
"""Under which kind it keeps the rows that are no data, by the same key."""

SAID = "said:"
"""What the name of a decision of a workspace begins with that says how files with some headers are read: then comes their fingerprint."""

DRAFTS = "drafts"
"""Under which kind it keeps what the user has begun to say of a file and not read it by yet, by the same key."""
