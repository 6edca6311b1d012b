from datetime import datetime

from tests.ingest.exports.example import Example, key

_NEW = (
    "#,*How satisfied are you with our support?*,Your phone,email,user_id,ticket_id,"
    "Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending\n"
    "a1b2,5,'+91 99999 11111,Kay@client.example,u-17,8801,completed,2026-03-01 10:00:00,,2026-03-01 10:02:11,9f0c,,thanks\n"
    "a1b3,4,,lee@client.example,u-18,8802,completed,2026-03-02 10:00:00,,2026-03-02 10:01:00,9f0d,,thanks\n"
    "a1b4,,,mia@client.example,u-19,8803,started,2026-03-03 10:00:00,2026-03-03 10:00:20,,9f0e,,\n"
)
_OLD = (
    "#,Other,How easy was it to get help?,Start Date (UTC),Submit Date (UTC),Network ID\n"
    "c0ffee01,,7,2026-03-01 10:00:00,2026-03-01 10:02:11,9f0c\n"
    "c0ffee02,,2,2026-03-02 10:00:00,2026-03-02 10:02:11,9f0d\n"
)

EXAMPLES = (
    Example(
        "typeform_responses_csv",
        "typeform_responses_csv",
        "hidden_fields_and_a_started_answer",
        _NEW.encode(),
        (
            {
                "response_id": "a1b2",
                "kind": "csat",
                "score": 5.0,
                "scale": 5.0,
                "email": key("kay@client.example"),
                "customer_id": key("u-17"),
                "ticket_id": "8801",
                "answered_at": datetime(2026, 3, 1, 10, 2, 11),
            },
            {"response_id": "a1b3", "score": 4.0, "answered_at": datetime(2026, 3, 2, 10, 1)},
        ),
        not_data=1,
        notes=("answers that were not sent", "a question for csat"),
    ),
    Example(
        "typeform_responses_csv",
        "",
        "older_tail",
        _OLD.encode(),
        (
            {"response_id": "c0ffee01", "kind": "ces", "score": 7.0, "scale": 7.0, "answered_at": datetime(2026, 3, 1, 10, 2, 11)},
            {"response_id": "c0ffee02", "score": 2.0, "scale": 7.0},
        ),
    ),
)
