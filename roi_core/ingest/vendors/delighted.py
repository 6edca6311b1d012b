"""Delighted: survey responses."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export

RESPONSES = Export(
    id="delighted_survey_responses_api_csv_header_not_found",
    vendor="delighted",
    title="Delighted survey responses",
    entity="surveys",
    signature=("survey_type", "score"),
    columns=MappingProxyType(
        {
            "surveys.response_id": ("id",),
            "surveys.customer_id": ("person",),
            "surveys.email": ("person.email",),
            "surveys.kind": ("survey_type",),
            "surveys.score": ("score",),
            "surveys.comment": ("comment",),
            "surveys.answered_at": ("created_at",),
        }
    ),
    drift=MappingProxyType({"person": ("person.id",), "person.email": ("email",)}),
    dates=("seconds since 1970",),
    zone="UTC",
    words=MappingProxyType(
        {"surveys.kind": MappingProxyType({"nps": "nps", "csat": "csat", "ces": "ces", "smileys": "csat", "stars": "csat", "thumbs": "csat"})}
    ),
    warnings=("Answers of different survey types are kept apart; person is an id of Delighted, so only an e-mail address joins to customers.",),
    confidence=Confidence.DERIVED,
)

EXPORTS = (RESPONSES,)
