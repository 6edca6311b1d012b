"""Nicereply: the feed of ratings."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export

RATINGS = Export(
    id="nicereply_ratings_feed_csv",
    vendor="nicereply",
    title="Nicereply ratings feed",
    entity="surveys",
    signature=("score", "comment", "ticket", "customer", "agent", "created"),
    columns=MappingProxyType(
        {
            "surveys.score": ("score",),
            "surveys.comment": ("comment",),
            "surveys.ticket_id": ("ticket",),
            "surveys.email": ("customer",),
            "surveys.answered_at": ("created",),
        }
    ),
    constants=MappingProxyType({"surveys.kind": "csat"}),
    warnings=(
        "ask: Nicereply surveys are out of 2, 3, 5 or 10 and the file does not say which; the scale is read from the answers, so load one survey at a time.",
    ),
    confidence=Confidence.GENERAL,
)

EXPORTS = (RATINGS,)
