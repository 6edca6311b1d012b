"""Why a ticket is no contact: every rule, declared in the order in which its reason is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One rule that a user can switch off. `reason` is shared by rules that say the same in different ways."""

    rule: str
    reason: str
    title: str


EXCLUSIONS = (
    Exclusion("merged", "merged", "Merged into another ticket, says the file"),
    Exclusion("merged_tag", "merged", "Merged into another ticket, by tag or status"),
    Exclusion("outbound", "outbound", "Written first by support, says the file"),
    Exclusion("outbound_channel", "outbound", "Written first by support, by channel"),
    Exclusion("automated", "automated", "Written by a machine, says the file"),
    Exclusion("automated_subject", "automated", "Written by a machine, by subject or type"),
    Exclusion("automated_sender", "automated", "Written by a machine, by sender"),
    Exclusion("spam", "spam or deleted", "Spam, says the file"),
    Exclusion("spam_tag", "spam or deleted", "Spam, by tag, type or status"),
    Exclusion("deleted", "spam or deleted", "Deleted, says the file"),
    Exclusion("deleted_status", "spam or deleted", "Deleted, by status"),
    Exclusion("pre_sale", "pre-sale", "Asked before becoming a customer"),
)
"""Rules that are named after a reason are what the file itself says; the others are those of `ingest.rules`."""
