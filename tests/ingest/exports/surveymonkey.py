from datetime import datetime

from tests.ingest.exports.example import Example, key

_FIXED = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1"
_BLANK = ",,,,,,,,"
_ASK = '"How likely is it that you would\nrecommend ""us"" to a friend, or a colleague?"'
_NPS = (
    f"{_FIXED},{_ASK},What did you like?,Which did you use?,\r\n"
    f"{_BLANK},,Open-Ended Response,Phone,E-mail\r\n"
    "118000000001,400000001,02/13/2026 08:00:00 AM,02/13/2026 08:04:30 AM,192.0.2.1,Kay@client.example,Kay,C,acct-7,"
    '10 - Extremely likely,"All, really",Phone,\r\n'
    "118000000002,400000001,02/14/2026 12:00:00 PM,02/14/2026 12:10:00 PM,192.0.2.2,,,,,3,,,E-mail\r\n"
    "118000000003,400000001,02/14/2026 12:00:00 PM,02/14/2026 12:20:00 PM,192.0.2.3,,,,,,,Phone,E-mail\r\n"
)
_CSAT = (
    f"{_FIXED},How satisfied were you with the help you got?,,Anything else?\n"
    f"{_BLANK},Response,Other (please specify),Open-Ended Response\n"
    "118000000004,400000001,2026-02-13,2026-02-13,192.0.2.1,kay@client.example,Kay,C,,Very satisfied,,\n"
    "118000000005,400000001,2026-02-14,2026-02-15,192.0.2.2,lee@client.example,Lee,D,,Somewhat dissatisfied,in parts,no\n"
)
_TWO = (
    f"{_FIXED},How satisfied are you with these?,\n"
    f"{_BLANK},Speed,Quality\n"
    "118000000006,400000001,2026-02-13,2026-02-13,192.0.2.1,kay@client.example,Kay,C,,4,5\n"
)

EXAMPLES = (
    Example(
        "surveymonkey_individual_responses_csv_xlsx_all_responses_data",
        "surveymonkey_individual_responses_csv_xlsx_all_responses_data",
        "two_header_rows_recommendation",
        _NPS.encode(),
        (
            {
                "response_id": "118000000001",
                "kind": "nps",
                "score": 10.0,
                "scale": 10.0,
                "email": key("kay@client.example"),
                "customer_id": key("acct-7"),
                "answered_at": datetime(2026, 2, 13, 8, 4, 30),
            },
            {"response_id": "118000000002", "score": 3.0, "email": None, "answered_at": datetime(2026, 2, 14, 12, 10)},
        ),
        not_data=2,
        notes=("a question for nps", "not answered"),
    ),
    Example(
        "surveymonkey_individual_responses_csv_xlsx_all_responses_data",
        "",
        "words_for_satisfaction",
        _CSAT.encode(),
        (
            {"response_id": "118000000004", "kind": "csat", "score": 5.0, "scale": 5.0, "answered_at": datetime(2026, 2, 13)},
            {"response_id": "118000000005", "score": 2.0, "answered_at": datetime(2026, 2, 15)},
        ),
        not_data=1,
    ),
    Example(
        "surveymonkey_individual_responses_csv_xlsx_all_responses_data",
        "",
        "two_columns_fit",
        _TWO.encode(),
        ({"response_id": "118000000006", "answered_at": datetime(2026, 2, 13)},),
        not_data=1,
        notes=("ask: which column holds the score? 2 questions ask for one: column 10", "ask: no column gives score of surveys"),
    ),
)
