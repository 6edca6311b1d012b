"""HubSpot: tickets, deals, companies, and contacts, which are the bridge from an e-mail address to a company."""

from types import MappingProxyType

from roi_core.ingest.export import Duration, DurationUnit, Export

_DATES = ("YYYY-MM-DD HH:MM", "YYYY-MM-DD HH:MM:SS", "YYYY-MM-DD HH:MM EDT")
_COMPANY_IDS = ("Associated Company IDs (Primary)", "Associated Company IDs")

TICKETS = Export(
    id="hubspot_tickets_export",
    vendor="hubspot",
    title="HubSpot tickets",
    entity="tickets",
    signature=("Ticket name", "Create date"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Ticket ID",),
            "tickets.subject": ("Ticket name",),
            "tickets.body": ("Ticket description",),
            "tickets.status": ("Ticket status",),
            "tickets.priority": ("Priority",),
            "tickets.channel": ("Source",),
            "tickets.type": ("Category",),
            "tickets.created_at": ("Create date",),
            "tickets.closed_at": ("Close date",),
            "tickets.vendor_first_response_minutes": ("Time to first agent email reply (HH:mm:ss)",),
            "tickets.vendor_resolution_minutes": ("Time to close (HH:mm:ss)",),
            "tickets.agent": ("Ticket owner",),
            "tickets.company": ("Associated Company (Primary)", "Associated Company"),
            "tickets.account_id": _COMPANY_IDS,
            "tickets.email": ("All associated contact emails",),
        }
    ),
    drift=MappingProxyType({"Ticket ID": ("Record ID",)}),
    dates=_DATES,
    durations=MappingProxyType(
        {
            "tickets.vendor_first_response_minutes": Duration(DurationUnit.MILLISECONDS),
            "tickets.vendor_resolution_minutes": Duration(DurationUnit.MILLISECONDS),
        }
    ),
    words=MappingProxyType({"tickets.status": MappingProxyType({"waiting on us": "open", "waiting on contact": "pending"})}),
    lists=MappingProxyType({"tickets.email": ";", "tickets.company": ";", "tickets.account_id": ";"}),
    warnings=("A ticket with several contacts belongs to the first of them here.",),
)

DEALS = Export(
    id="hubspot_deals_export",
    vendor="hubspot",
    title="HubSpot deals",
    entity="opportunities",
    signature=("Deal Name", "Deal Stage"),
    columns=MappingProxyType(
        {
            "opportunities.opportunity_id": ("Record ID",),
            "opportunities.stage": ("Deal Stage",),
            "opportunities.opened_at": ("Create Date",),
            "opportunities.closed_at": ("Close Date",),
            "opportunities.amount": ("Amount",),
            "opportunities.currency": ("Currency",),
            "opportunities.customer_id": _COMPANY_IDS,
            "opportunities.kind": ("Deal Type",),
            "opportunities.source": ("Original Traffic Source", "Original Source Type", "Deal Source"),
        }
    ),
    drift=MappingProxyType({"Record ID": ("Deal ID",)}),
    dates=("YYYY-MM-DD", "YYYY-MM-DD HH:MM"),
    words=MappingProxyType(
        {
            "opportunities.kind": MappingProxyType(
                {"newbusiness": "new", "new business": "new", "existingbusiness": "upsell", "existing business": "upsell", "renewal": "renewal"}
            )
        }
    ),
    lists=MappingProxyType({"opportunities.customer_id": ";"}),
    warnings=("The close date of a deal that is still open is a forecast.", "Existing business counts as upsell, the renewals among it as well."),
)

COMPANIES = Export(
    id="hubspot_companies_export",
    vendor="hubspot",
    title="HubSpot companies",
    entity="accounts",
    signature=("Record ID", "Company name"),
    columns=MappingProxyType(
        {
            "accounts.account_id": ("Record ID",),
            "accounts.name": ("Company name",),
            "accounts.domain": ("Company Domain Name",),
            "accounts.created_at": ("Create Date",),
            "accounts.owner": ("Company owner",),
            "accounts.industry": ("Industry",),
            "accounts.annual_revenue": ("Annual Revenue",),
            "accounts.employees": ("Number of Employees",),
        }
    ),
    absent=("First Name", "Deal Name", "Ticket name"),
    dates=_DATES,
)

CONTACTS = Export(
    id="hubspot_contacts_export",
    vendor="hubspot",
    title="HubSpot contacts",
    entity="customers",
    signature=("Record ID", "Associated Company IDs"),
    columns=MappingProxyType(
        {
            "customers.customer_id": ("Record ID",),
            "customers.email": ("Email",),
            "customers.phone": ("Phone Number",),
            "customers.company": ("Associated Company",),
            "customers.account_id": ("Associated Company IDs",),
            "customers.started_at": ("Create Date",),
            "customers.country": ("Country/Region",),
        }
    ),
    drift=MappingProxyType({"Associated Company": ("Associated Company (Primary)",), "Associated Company IDs": ("Associated Company IDs (Primary)",)}),
    absent=("Deal Name", "Ticket name", "Company Domain Name"),
    dates=_DATES,
    lists=MappingProxyType({"customers.account_id": ";", "customers.company": ";"}),
    warnings=(
        "Create Date is when a contact was recorded, not when it became a customer.",
        "A contact of several companies belongs to the first of them here.",
    ),
)

EXPORTS = (TICKETS, DEALS, COMPANIES, CONTACTS)
