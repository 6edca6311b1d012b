import json
from datetime import datetime

from tests.ingest.exports.example import Example, key

_FILE = """\
id,person,person.email,survey_type,score,comment,permalink,created_at,updated_at,person_properties,notes,tags,additional_answers
5435,33,kay@client.example,nps,9,"Good, really",https://d.example/r/5435,1767258000,1767258100,,,,
5436,34,lee@client.example,csat,5,,https://d.example/r/5436,1767344400,1767344400,,,vip,
5437,35,,ces,2,Hard,https://d.example/r/5437,1767430800,1767430800,,,,
5438,36,ann@desk.example,enps,7,,https://d.example/r/5438,1767517200,1767517200,,,,
"""

RESPONSES = Example(
    "delighted_survey_responses_api_csv_header_not_found",
    "delighted_survey_responses_api_csv_header_not_found",
    "kinds_of_survey_in_one_file",
    _FILE.encode(),
    (
        {
            "response_id": "5435",
            "customer_id": key("33"),
            "email": key("kay@client.example"),
            "kind": "nps",
            "score": 9.0,
            "scale": 10.0,
            "answered_at": datetime(2026, 1, 1, 9, 0),
        },
        {"response_id": "5436", "kind": "csat", "score": 5.0, "scale": 5.0, "answered_at": datetime(2026, 1, 2, 9, 0)},
        {"response_id": "5437", "kind": "ces", "score": 2.0, "email": None},
    ),
    quarantined=1,
    notes=("kept apart", "an API schema"),
)

_ANSWER = {
    "id": "5435",
    "person": {"id": "33", "name": "Kay Client", "email": "kay@client.example", "created_at": 1767000000},
    "survey_type": "nps",
    "score": 0,
    "comment": "No.\nNever",
    "permalink": "https://d.example/r/5435",
    "created_at": 1767258000,
    "updated_at": None,
    "person_properties": {"Delighted Source": "Email", "plan": "Gold"},
    "notes": [],
    "tags": ["vip", "late"],
    "additional_answers": [],
}

FROM_THE_INTERFACE = Example(
    "delighted_survey_responses_api_csv_header_not_found",
    "",
    "people within their answers.json",
    json.dumps([_ANSWER, _ANSWER | {"id": "5436", "person": {"id": "34"}, "score": 10}]).encode(),
    (
        {
            "response_id": "5435",
            "customer_id": key("33"),
            "email": key("kay@client.example"),
            "kind": "nps",
            "score": 0.0,
            "scale": 10.0,
            "answered_at": datetime(2026, 1, 1, 9, 0),
        },
        {"response_id": "5436", "customer_id": key("34"), "email": None, "score": 10.0},
    ),
)

EXAMPLES = (RESPONSES, FROM_THE_INTERFACE)
