"""How much reaches support, and what of it is still open."""

from roi_core.metrics.forms import count, median, ratio, share
from roi_core.metrics.shapes import Better, Example, Metric, Shape
from roi_core.units import Unit

METRICS = (
    Metric(
        key="contacts",
        title="Contacts",
        shape=Shape.COUNT,
        formula=r"\sum_i 1",
        table="contacts",
        unit=Unit.COUNT,
        better=Better.NEITHER,
        source="convention",
        reason="A ticket counts once, in its latest state; spam, merged, outbound, automated and pre-sale tickets, and those of nobody known, do not.",
        needs=("contacts",),
        denominator="TRUE",
        example=Example("ticket_no", (1, 2, 3), 3),
        told=True,
    ),
    Metric(
        key="contacts_a_month",
        title="Contacts a month",
        shape=Shape.MEAN,
        formula=r"\frac{\text{contacts of whole months}}{\#\{\text{whole months}\}}",
        table="contact_months",
        unit=Unit.COUNT,
        better=Better.NEITHER,
        source="convention",
        reason=(
            "Over months that the files hold as a whole, to within three days: the same as for contacts. The interval says how much months differ, "
            "not how well contacts were counted; one month has none."
        ),
        needs=("contacts", "contact_months_known"),
        value="contacts",
        example=Example("contacts", (3, 5), 4),
        told=True,
    ),
    Metric(
        key="contact_rate",
        title="Customers who write in a month",
        shape=Shape.SHARE,
        formula=r"\frac{\#\{\text{customer-months with a contact}\}}{\#\{\text{customer-months}\}}",
        table="person_months",
        unit=Unit.FRACTION,
        better=Better.NEITHER,
        source="convention",
        reason=(
            "People, not tickets: one customer with ten tickets is one who wrote. Only months that the tickets hold as a whole count. "
            "Contacts that ask to cancel are left out, since they are no help. Above 60 % hardly anybody is left to compare with."
        ),
        needs=("customers", "contacts", "contact_months_whole"),
        numerator="contacts > 0",
        denominator="contacts IS NOT NULL",
        example=Example("contacts", (0, 2, 1, 0), 0.5),
        told=True,
    ),
    count(
        "contacts_resolved",
        "Contacts that were resolved",
        "resolved",
        words="resolved or closed contacts",
        table="contacts",
        needs=("resolutions",),
        better=Better.NEITHER,
        reason="By the latest state of each ticket, in the month it was opened, so that it can be held against the contacts of the same month.",
        example=("resolved", (True, True, False), 2),
    ),
    share(
        "contacts_open",
        "Contacts not resolved yet",
        "NOT resolved",
        "TRUE",
        words=("neither resolved nor closed", "contacts"),
        table="contacts",
        needs=("resolutions",),
        better=Better.LOWER,
        reason="At the end of the files, among all contacts that they hold. Recent contacts are open more often than they will stay.",
        example=("resolved", (True, True, False, True), 0.25),
    ),
    count(
        "backlog",
        "Contacts open at the end of the month",
        "TRUE",
        words="open at the last instant of the month",
        table="backlog",
        needs=("resolution_times",),
        better=Better.LOWER,
        stock=True,
        reason=(
            "Opened before the end of the month and resolved after it or never. The month in which the files end is left "
            "out; contacts without a time of resolution that are called resolved are too."
        ),
        example=("ticket_no", (1, 2), 2),
    ),
    median(
        "backlog_age",
        "Age of open contacts",
        "age_days * 24",
        words="age at the end of the month",
        table="backlog",
        needs=("resolution_times",),
        unit=Unit.HOURS,
        better=Better.LOWER,
        stock=True,
        reason="Since they were opened, at the end of the month. A growing backlog of young contacts is a busy week; an ageing one is work that nobody does.",
        example=("age_days", (1.0, 2.0, 9.0), 48),
    ),
    share(
        "backlog_over_week",
        "Open contacts older than a week",
        "age_days > 7",
        "TRUE",
        words=("older than 7 days", "open at the end of the month"),
        table="backlog",
        needs=("resolution_times",),
        better=Better.LOWER,
        stock=True,
        reason="A share, so that it can be compared between months of different size.",
        example=("age_days", (1.0, 2.0, 9.0, 8.0), 0.5),
    ),
    ratio(
        "contacts_per_customer",
        "Contacts a customer and month",
        "contacts",
        "1",
        words=("contacts", "customer-months"),
        table="person_months",
        needs=("customers", "contacts", "contact_months_whole"),
        unit=Unit.RATIO,
        reason=(
            "Contacts of customers, without those that ask to cancel, over all months in which they were one and that the tickets hold as a whole: "
            "how much work a customer brings. Those who never write count."
        ),
        example=("contacts", (0, 2, 1, 0), 0.75),
    ),
    share(
        "heavy_writers",
        "Customer-months with three contacts or more",
        "contacts >= 3",
        "contacts > 0",
        words=("3 contacts or more", "customer-months with a contact"),
        table="person_months",
        needs=("customers", "contacts", "contact_months_whole"),
        better=Better.LOWER,
        reason=("Few customers often bring much of the work; three in one month is a matter that did not end. Contacts that ask to cancel are left out."),
        example=("contacts", (0, 3, 1, 5, 1), 0.5),
    ),
    share(
        "weekend_contacts",
        "Contacts of a weekend",
        "(CAST(floor(CAST(at_s AS DOUBLE) / 86400) AS BIGINT) + 3) % 7 >= 5",
        "TRUE",
        words=("opened on Saturday or Sunday, UTC", "contacts"),
        table="contacts",
        needs=("contacts",),
        reason="By the clock of UTC, in which times are kept. It says whether opening hours fit, not whether anybody was there.",
        example=("at_s", (0, 172800, 259200, 345600), 0.5),
    ),
    share(
        "returning_matter",
        "Contacts on a matter that came back",
        "recontact_7d",
        "recontact_7d IS NOT NULL AND category IS NOT NULL",
        words=("same matter again within 7 days", "category known, 7 days watched"),
        table="contacts",
        needs=("contacts",),
        better=Better.LOWER,
        reason=(
            "The same customer on the same category again: recurring issues. Only where a category is known, "
            "as without one every second contact would be the same matter."
        ),
        example=("recontact_7d category", ((True, "a"), (False, "a"), (True, None)), 0.5),
    ),
)
