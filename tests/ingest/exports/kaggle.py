from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_HEADERS = (
    "Ticket_ID", "Customer_Name", "Customer_Email", "Customer_Age", "Customer_Gender", "Product_Purchased", "Date_of_Purchase", "Ticket_Type",
    "Ticket_Subject", "Ticket_Priority", "Ticket_Channel", "First_Response_Time", "Time_to_Resolution", "Customer_Satisfaction_Rating",
)  # fmt: skip
_ANSWERED = {
    "Ticket_ID": "1",
    "Customer_Name": "Kay Client",
    "Customer_Email": "kay@client.example",
    "Customer_Age": "32",
    "Product_Purchased": "Camera",
    "Date_of_Purchase": "2021-03-22",
    "Ticket_Type": "Refund request",
    "Ticket_Subject": "Product setup",
    "Ticket_Priority": "Critical",
    "Ticket_Channel": "Social media",
    "First_Response_Time": "2023-06-01 9:05",
    "Time_to_Resolution": "2023-06-01 4:45",
    "Customer_Satisfaction_Rating": "3",
}
_OPEN = {
    "Ticket_ID": "2",
    "Customer_Email": "lee@client.example",
    "Ticket_Priority": "Low",
    "Ticket_Channel": "Chat",
    "First_Response_Time": "2023-06-01 16:45",
}
_ROWS = (
    {
        "ticket_id": "1",
        "email": key("kay@client.example"),
        "type": "Refund request",
        "priority": "Critical",
        "channel": "Social media",
        "product": "Camera",
        "first_response_at": datetime(2023, 6, 1, 9, 5),
        "resolved_at": datetime(2023, 6, 1, 4, 45),
        "csat_score": 3.0,
        "csat_scale": 5.0,
    },
    {"ticket_id": "2", "first_response_at": datetime(2023, 6, 1, 16, 45), "resolved_at": None, "csat_score": None},
)


def _spaced(row: dict[str, str], status: str) -> dict[str, str]:
    return {header.replace("_", " "): cell for header, cell in row.items()} | {"Ticket Status": status}


EXAMPLES = (
    Example(
        "public_data_set_kaggle_customer_support_tickets_underscored_copy",
        "public_data_set_kaggle_customer_support_tickets_underscored_copy",
        "hours_of_one_digit",
        table(_HEADERS, _ANSWERED, _OPEN),
        _ROWS,
        notes=("no column gives created_at of tickets", "no duration can be taken"),
    ),
    Example(
        "kaggle_support_tickets_spaced",
        "",
        "blanks_in_headers",
        table(
            (*(header.replace("_", " ") for header in _HEADERS[:10]), "Ticket Status", *(header.replace("_", " ") for header in _HEADERS[10:])),
            _spaced(_ANSWERED, "Closed"),
            _spaced(_OPEN, "Pending Customer Response"),
        ),
        ({**_ROWS[0], "status": "closed"}, {**_ROWS[1], "status": "pending"}),
    ),
)
