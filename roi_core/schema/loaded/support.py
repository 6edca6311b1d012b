"""What support did and heard: tickets, their events, surveys, outreach, tests, feedback, agents."""

from roi_core.schema.columns import Column, ColumnType, Privacy, Table

T = ColumnType
HASHED, DROPPED = Privacy.HASHED, Privacy.DROPPED

TICKETS = Table(
    "tickets",
    "Tickets",
    "One row per contact with support.",
    (
        Column("ticket_id", T.TEXT, "id of the ticket, as written", required=True),
        Column("customer_id", T.KEY, "id of the customer, where the helpdesk knows it", privacy=HASHED),
        Column("account_id", T.KEY, "id of the account, where the helpdesk knows it", privacy=HASHED),
        Column("email", T.KEY, "e-mail address of who asked", privacy=HASHED),
        Column("company", T.KEY, "company of who asked, legal form folded away", privacy=HASHED),
        Column("company_written", T.KEY, "the same with its legal form; computed on reading", privacy=HASHED),
        Column("domain", T.KEY, "e-mail domain, free-mail excluded", privacy=HASHED),
        Column("phone", T.KEY, "telephone number of who asked, digits only", privacy=HASHED),
        Column("order_id", T.TEXT, "number of the order it is about; else found in subject or tags on reading"),
        Column("created_at", T.TIMESTAMP, "opened", required=True),
        Column("first_response_at", T.TIMESTAMP, "first reply by support"),
        Column("resolved_at", T.TIMESTAMP, "resolved"),
        Column("closed_at", T.TIMESTAMP, "closed"),
        Column("status", T.TEXT, "status, in the canonical words", values=("open", "pending", "resolved", "closed", "merged", "spam", "deleted")),
        Column("priority", T.TEXT, "priority"),
        Column("category", T.TEXT, "what it was about"),
        Column("type", T.TEXT, "kind of ticket"),
        Column("channel", T.TEXT, "how it came in"),
        Column("agent", T.KEY, "who handled it", privacy=HASHED),
        Column("team", T.TEXT, "team that handled it"),
        Column("product", T.TEXT, "product it was about"),
        Column("tags", T.TEXT, "tags, as written"),
        Column("subject", T.TEXT, "subject line, read by the rules only", privacy=DROPPED),
        Column("body", T.TEXT, "what was written in it; no rule reads it", privacy=DROPPED),
        Column("language", T.TEXT, "language"),
        Column("replies", T.INTEGER, "replies by support", unit="count"),
        Column("reopens", T.INTEGER, "times it was opened again", unit="count"),
        Column("escalated", T.BOOLEAN, "passed on to a higher level"),
        Column("handled_by", T.TEXT, "who answered", values=("human", "bot", "both")),
        Column("outbound", T.BOOLEAN, "support wrote first"),
        Column("handle_minutes", T.MINUTES, "time worked on it", unit="minutes"),
        Column("csat_score", T.NUMBER, "satisfaction as answered"),
        Column("csat_scale", T.NUMBER, "top of the satisfaction scale"),
        Column("updated_at", T.TIMESTAMP, "last changed"),
        Column("assigned_at", T.TIMESTAMP, "given to an agent"),
        Column("due_at", T.TIMESTAMP, "promised by"),
        Column("sla_met", T.BOOLEAN, "promise kept"),
        Column("vendor_first_response_minutes", T.MINUTES, "first reply as the vendor counts it, often business hours", unit="minutes"),
        Column("vendor_resolution_minutes", T.MINUTES, "resolution as the vendor counts it, often business hours", unit="minutes"),
        Column("merged_into", T.TEXT, "ticket it was merged into"),
        Column("lifecycle_stage", T.TEXT, "stage of the customer when it came in; pre_sale needs no customer"),
        Column("asks_to_cancel", T.BOOLEAN, "known at creation to ask for cancellation; computed on reading"),
        Column("automated", T.BOOLEAN, "written by a machine; computed on reading"),
        Column("excluded_by", T.TEXT, "rules that say it is no contact; computed on reading"),
        Column("id_lost", T.BOOLEAN, "its customer or account id was shortened by a spreadsheet; computed on reading"),
    ),
    key=("ticket_id",),
    latest="by updated_at, else of the file with the latest event, and there with the later one",
)

TICKET_EVENTS = Table(
    "ticket_events",
    "Ticket events",
    "One row per change of a ticket; folded to tickets.",
    (
        Column("ticket_id", T.TEXT, "id of the ticket, as written", required=True),
        Column("at", T.TIMESTAMP, "when it happened", required=True),
        Column("kind", T.TEXT, "what changed"),
        Column("value", T.TEXT, "what it changed to"),
    ),
)

SURVEYS = Table(
    "surveys",
    "Survey answers",
    "One row per answer, or per survey that was sent.",
    (
        Column("response_id", T.TEXT, "id of the answer", required=True),
        Column("kind", T.TEXT, "what was asked", required=True, values=("csat", "ces", "nps")),
        Column("score", T.NUMBER, "answer", required=True),
        Column("scale", T.NUMBER, "top of the scale"),
        Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
        Column("email", T.KEY, "e-mail address of who answered", privacy=HASHED),
        Column("domain", T.KEY, "e-mail domain, free-mail excluded", privacy=HASHED),
        Column("ticket_id", T.TEXT, "ticket it was about"),
        Column("sent_at", T.TIMESTAMP, "asked"),
        Column("answered_at", T.TIMESTAMP, "answered", required=True),
        Column("comment", T.TEXT, "free text, not kept", privacy=DROPPED),
    ),
    key=("response_id",),
    latest="by answered_at",
)

OUTREACH = Table(
    "outreach",
    "Outreach",
    "One row per time that support or success wrote or called first.",
    (
        Column("customer_id", T.KEY, "id of the customer", required=True, privacy=HASHED),
        Column("at", T.TIMESTAMP, "reached out", required=True),
        Column("kind", T.TEXT, "kind of outreach"),
        Column("outcome", T.TEXT, "what came of it"),
        Column("agent", T.KEY, "who reached out", privacy=HASHED),
    ),
)

ASSIGNMENTS = Table(
    "assignments",
    "Test assignments",
    "One row per customer who was drawn at random to be helped differently or not: a test, or a holdout.",
    (
        Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
        Column("email", T.KEY, "e-mail address of the customer", privacy=HASHED),
        Column("arm", T.TEXT, "arm that was drawn: treatment or control; other words are understood or asked about", required=True),
        Column("assigned_at", T.TIMESTAMP, "drawn, before anything was done differently", required=True),
        Column("test", T.TEXT, "name of the test, where there are several"),
    ),
    one_of=(("customer_id", "email"),),
)

FEEDBACK = Table(
    "feedback",
    "Feedback",
    "One row per request, bug or remark that came through support.",
    (
        Column("feedback_id", T.TEXT, "id of the remark", required=True),
        Column("customer_id", T.KEY, "id of the customer", privacy=HASHED),
        Column("ticket_id", T.TEXT, "ticket it came with"),
        Column("at", T.TIMESTAMP, "given", required=True),
        Column("kind", T.TEXT, "kind of remark", required=True, values=("request", "bug", "competitor", "price", "integration")),
        Column("title", T.TEXT, "title, not kept", privacy=DROPPED),
        Column("status", T.TEXT, "status"),
        Column("shipped_at", T.TIMESTAMP, "delivered"),
        Column("value", T.MONEY, "revenue it is tied to", unit="money"),
    ),
    key=("feedback_id",),
)

AGENTS = Table(
    "agents",
    "Agents",
    "One row per agent.",
    (
        Column("agent", T.KEY, "name or id, as in the tickets", required=True, privacy=HASHED),
        Column("team", T.TEXT, "team"),
        Column("cost_per_hour", T.MONEY, "full cost of an hour", unit="money"),
        Column("hours_per_month", T.NUMBER, "hours paid a month", unit="hours"),
    ),
    key=("agent",),
)

TABLES = (TICKETS, TICKET_EVENTS, SURVEYS, OUTREACH, ASSIGNMENTS, FEEDBACK, AGENTS)
