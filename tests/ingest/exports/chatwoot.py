from datetime import datetime

from tests.ingest.exports.example import Example, key

_ROWS = (
    {
        "kind": "csat",
        "score": 5.0,
        "scale": 5.0,
        "email": key("kay@client.example"),
        "ticket_id": "4711",
        "answered_at": datetime(2026, 2, 3, 14, 5, 6),
    },
    {"score": 1.0, "email": None, "ticket_id": "12", "answered_at": datetime(2026, 2, 4, 0, 0)},
)
_BODY = (
    'Ann Agent (ann@desk.example),5,"Great, thanks\nKay",Kay,Kay@client.example,+15550100,https://app.chat.example/app/accounts/1/conversations/4711,'
    "2026-02-03 14:05:06 UTC\n"
    ",1,,Lee,,,https://app.chat.example/app/accounts/1/conversations/12,2026-02-04 00:00:00 UTC\n"
)
_ENGLISH = (
    "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date\n"
    f"{_BODY}Reporting period 2026-02-01 to 2026-02-28\n"
)
_GERMAN = (
    "Agentenname,Bewertung,Feedback-Kommentar,Kontaktname,Kontakt-E-Mail-Adresse,Kontakt Telefonnummer,Link zur Konversation,Aufnahmedatum\n"
    f"{_BODY}Berichtszeitraum von 2026-02-01 bis 2026-02-28\n"
)
_REPORT = (
    "Agent name,Conversations count,Avg first response time (Minutes),Avg resolution time (Minutes)\n"
    "Ann Agent,120,12,340\nBob Agent,80,7,95\nReporting period 2026-02-01 to 2026-02-28\n"
)
_LATER = (
    "Agent name,Assigned conversations,Avg first response time,Avg resolution time,Avg customer waiting time,Resolution Count\n"
    "Ann Agent,120,12 minutes,5 hours 40 minutes,1 hour,118\nBob Agent,80,7 minutes,1 hour 35 minutes,20 minutes,77\n"
)

EXAMPLES = (
    Example(
        "chatwoot_csat_export",
        "chatwoot_csat_export",
        "footer_in_the_first_column",
        _ENGLISH.encode(),
        _ROWS,
        not_data=1,
        notes=("no column gives response_id",),
    ),
    Example("chatwoot_csat_export", "", "german_labels", _GERMAN.encode(), _ROWS, not_data=1),
    Example("chatwoot_agent_report_csv_aggregated", "chatwoot_agent_report_csv_aggregated", "minutes", _REPORT.encode(), ()),
    Example("chatwoot_agent_report_csv_aggregated", "", "words", _LATER.encode(), ()),
)
