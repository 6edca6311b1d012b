from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = ("score", "legacy score", "comment", "ticket", "customer", "agent", "created")

RATINGS = Example(
    "nicereply_ratings_feed_csv",
    "nicereply_ratings_feed_csv",
    "legacy_score_beside_the_score",
    table(
        _HEADERS,
        {
            "score": "3",
            "legacy score": "10",
            "comment": "Fast",
            "ticket": "8801",
            "customer": "kay@client.example",
            "agent": "Ann",
            "created": "2026-02-01 10:00:00",
        },
        {"score": "1", "legacy score": "0", "ticket": "8802", "customer": "lee@client.example", "agent": "Ann", "created": "2026-02-02 11:30:00"},
    ),
    (
        {
            "kind": "csat",
            "score": 3.0,
            "scale": 3.0,
            "ticket_id": "8801",
            "email": key("kay@client.example"),
            "answered_at": datetime(2026, 2, 1, 10, 0),
        },
        {"score": 1.0, "scale": 3.0, "answered_at": datetime(2026, 2, 2, 11, 30)},
    ),
    notes=("no column gives response_id", "out of 2, 3, 5 or 10", "general knowledge"),
)

EXAMPLES = (RATINGS,)
