from datetime import datetime

from tests.ingest.exports.example import Example, key

_HEADER = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,"
    "ExternalReference,LocationLatitude,LocationLongitude,DistributionChannel,UserLanguage,Q1_NPS_GROUP,Q1,Q2,ticket_id\n"
)
_TEXTS = (
    "Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,Recipient Last Name,"
    "Recipient First Name,Recipient Email,External Data Reference,Location Latitude,Location Longitude,Distribution Channel,User Language,"
    '"On a scale from 0-10, how likely are you to recommend us? - Group","On a scale from 0-10,\nhow likely are you to recommend us?",Why?,ticket_id\n'
)
_IDS = ",".join(
    f'"{{""ImportId"":""{name}""}}"'
    for name in (
        "startDate", "endDate", "status", "ipAddress", "progress", "duration", "finished", "recordedDate", "_recordId", "recipientLastName",
        "recipientFirstName", "recipientEmail", "externalDataReference", "locationLatitude", "locationLongitude", "distributionChannel", "userLanguage",
        "QID1_NPS_GROUP", "QID1", "QID2_TEXT", "ticket_id",
    )
)  # fmt: skip
_ROWS = (
    "2026-02-01 09:00:00,2026-02-01 09:03:00,IP Address,192.0.2.1,100,180,True,2026-02-01 09:03:05,R_1a,C,Kay,kay@client.example,acct-7,,,email,EN,"
    '3,10,"Fast, kind",8801\n'
    "2026-02-02 09:00:00,2026-02-02 09:03:00,IP Address,192.0.2.2,100,180,True,2026-02-02 09:03:05,R_1b,,,,,,,anonymous,EN,1,0,,\n"
    "2026-02-03 09:00:00,2026-02-03 09:03:00,Survey Preview,,100,10,True,2026-02-03 09:03:05,R_1c,,,,,,,preview,EN,1,5,,\n"
    "2026-02-04 09:00:00,2026-02-04 09:03:00,IP Address,192.0.2.4,40,10,False,2026-02-11 09:03:05,R_1d,,,,,,,anonymous,EN,1,5,,\n"
)

RESPONSES = Example(
    "qualtrics_responses_csv",
    "qualtrics_responses_csv",
    "three_header_rows",
    f"{_HEADER}{_TEXTS}{_IDS}\n{_ROWS}".encode(),
    (
        {
            "response_id": "R_1a",
            "kind": "nps",
            "score": 10.0,
            "scale": 10.0,
            "email": key("kay@client.example"),
            "customer_id": key("acct-7"),
            "ticket_id": "8801",
            "answered_at": datetime(2026, 2, 1, 9, 3, 5),
        },
        {"response_id": "R_1b", "score": 0.0, "customer_id": None, "answered_at": datetime(2026, 2, 2, 9, 3, 5)},
    ),
    not_data=4,
    notes=("a question for nps", "previews of the survey", "answers that were not sent"),
)

EXAMPLES = (RESPONSES,)
