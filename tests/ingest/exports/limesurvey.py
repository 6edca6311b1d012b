from datetime import datetime

from tests.ingest.exports.example import Example, key

_FULL = (
    '"id. Response ID","submitdate. Date submitted","lastpage. Last page","startlanguage. Start language","seed. Seed","email. Email address",'
    '"G01Q01. How satisfied are you with the answer, all in all?","G01Q02. Comments"\n'
    '"1","2026-02-01 10:00:00","2","en","1144","kay@client.example","Satisfied","Fine, thanks"\n'
    '"2","","1","en","1145","","Very satisfied",""\n'
    '"3","2026-02-03 11:00:00","2","de","1146","","Very dissatisfied",""\n'
)
_CODES = (
    '"id";"submitdate";"lastpage";"startlanguage";"seed";"email";"nps"\n'
    '"11";"2026-02-01 10:00:00";"2";"en";"1144";"kay@client.example";"9"\n'
    '"12";"2026-02-03 11:00:00";"2";"de";"1146";"";"10"\n'
)
_ROW = {"email": key("kay@client.example"), "answered_at": datetime(2026, 2, 1, 10, 0)}

EXAMPLES = (
    Example(
        "limesurvey_responses_csv",
        "limesurvey_responses_csv",
        "code_and_text",
        _FULL.encode(),
        (
            {**_ROW, "response_id": "1", "kind": "csat", "score": 4.0, "scale": 5.0},
            {"response_id": "3", "score": 1.0, "answered_at": datetime(2026, 2, 3, 11, 0)},
        ),
        not_data=1,
        notes=("general knowledge", "answers that were not sent"),
    ),
    Example(
        "limesurvey_responses_by_code",
        "",
        "codes_and_semicolons",
        _CODES.encode(),
        ({**_ROW, "response_id": "11", "kind": "nps", "score": 9.0, "scale": 10.0}, {"response_id": "12", "score": 10.0, "email": None}),
    ),
)
