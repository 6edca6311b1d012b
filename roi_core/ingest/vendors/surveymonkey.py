"""SurveyMonkey: individual responses, with a second header row of answer labels."""

from types import MappingProxyType

from roi_core.ingest.export import Export, Shape
from roi_core.ingest.score_questions import QUESTIONS

RESPONSES = Export(
    id="surveymonkey_individual_responses_csv_xlsx_all_responses_data",
    vendor="surveymonkey",
    title="SurveyMonkey individual responses",
    entity="surveys",
    signature=("Respondent ID", "Collector ID"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("Respondent ID",),
            "surveys.customer_id": ("Custom Data 1",),
            "surveys.email": ("Email Address",),
            "surveys.answered_at": ("End Date",),
        }
    ),
    drift=MappingProxyType(
        {
            "Respondent ID": ("RespondentID", "respondent_id"),
            "Collector ID": ("CollectorID", "collector_id"),
            "End Date": ("EndDate", "date_modified"),
            "Email Address": ("email_address",),
            "Custom Data 1": ("CustomData", "Custom Data", "custom_1"),
        }
    ),
    dates=("MM/DD/YYYY HH:MM:SS AM/PM", "YYYY-MM-DD"),
    shape=Shape(header_rows=1),
    finds=QUESTIONS,
)

EXPORTS = (RESPONSES,)
