"""LimeSurvey: responses, headed by code and text or by either alone."""

from dataclasses import replace
from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Skip
from roi_core.ingest.score_questions import QUESTIONS

RESPONSES = Export(
    id="limesurvey_responses_csv",
    vendor="limesurvey",
    title="LimeSurvey responses",
    entity="surveys",
    signature=("id. Response ID",),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("id. Response ID",),
            "surveys.answered_at": ("submitdate. Date submitted",),
            "surveys.email": ("email. Email address",),
        }
    ),
    dates=("YYYY-MM-DD HH:MM:SS",),
    skips=(Skip("submitdate. Date submitted", "", "answers that were not sent"),),
    finds=QUESTIONS,
    confidence=Confidence.GENERAL,
)

BY_CODE = replace(
    RESPONSES,
    id="limesurvey_responses_by_code",
    title="LimeSurvey responses, headed by code or by text",
    signature=("id", "submitdate", "lastpage", "startlanguage"),
    columns=MappingProxyType({"surveys.response_id": ("id",), "surveys.answered_at": ("submitdate",), "surveys.email": ("email",)}),
    drift=MappingProxyType(
        {
            "id": ("Response ID",),
            "submitdate": ("Date submitted",),
            "lastpage": ("Last page",),
            "startlanguage": ("Start language",),
            "email": ("Email address",),
        }
    ),
    skips=(Skip("submitdate", "", "answers that were not sent"),),
)

EXPORTS = (RESPONSES, BY_CODE)
