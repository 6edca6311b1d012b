"""Salesforce: case reports and the case, account and opportunity objects."""

from types import MappingProxyType

from roi_core.ingest.export import Confidence, Export, Skip

_STATUS = MappingProxyType({"working": "open", "escalated": "open", "on hold": "pending", "merged": "merged"})
_DELETED = (Skip("is_deleted", "true|1", "deleted"), Skip("_fivetran_active", "false|0", "older versions of a record"))

CASE_REPORT = Export(
    id="salesforce_case_report_export_one_real_org",
    vendor="salesforce",
    title="Salesforce case report",
    entity="tickets",
    signature=("Case Number", "Account Name"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("Case Number",),
            "tickets.subject": ("Subject",),
            "tickets.status": ("Status",),
            "tickets.type": ("Case Type",),
            "tickets.category": ("Case Category", "Case Reason"),
            "tickets.channel": ("Case Origin",),
            "tickets.priority": ("Priority",),
            "tickets.email": ("Contact Email", "Web Email"),
            "tickets.company": ("Account Name",),
            "tickets.agent": ("Full Name",),
            "tickets.created_at": ("Created Date",),
            "tickets.closed_at": ("Closed Date",),
        }
    ),
    drift=MappingProxyType(
        {
            "Account Name": ("Account Name: Account Name",),
            "Created Date": ("Date/Time Opened", "Opened Date"),
            "Closed Date": ("Date/Time Closed",),
            "Case Type": ("Type",),
            "Full Name": ("Case Owner", "Case Owner Alias"),
            "Contact Email": ("Email",),
        }
    ),
    dates=("M/D/YY H:MM:SS AM/PM", "D/M/YYYY H:MM"),
    words=MappingProxyType({"tickets.status": _STATUS}),
    warnings=("Age is how long a case has existed, not time worked on it, so it is not used.",),
)

CASES = Export(
    id="salesforce_case_object_export_data_loader_weekly_export",
    vendor="salesforce",
    title="Salesforce case object",
    entity="tickets",
    signature=("CaseNumber", "CreatedDate"),
    columns=MappingProxyType(
        {
            "tickets.ticket_id": ("CaseNumber",),
            "tickets.customer_id": ("ContactId",),
            "tickets.account_id": ("AccountId",),
            "tickets.email": ("SuppliedEmail",),
            "tickets.type": ("Type",),
            "tickets.category": ("Reason",),
            "tickets.status": ("Status",),
            "tickets.channel": ("Origin",),
            "tickets.subject": ("Subject",),
            "tickets.body": ("Description",),
            "tickets.priority": ("Priority",),
            "tickets.agent": ("OwnerId",),
            "tickets.escalated": ("IsEscalated",),
            "tickets.created_at": ("CreatedDate",),
            "tickets.closed_at": ("ClosedDate",),
            "tickets.updated_at": ("LastModifiedDate",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SS.000Z",),
    zone="UTC",
    words=MappingProxyType({"tickets.status": _STATUS}),
    skips=(Skip("IsDeleted", "true|1", "deleted"),),
    confidence=Confidence.GENERAL,
)

ACCOUNTS = Export(
    id="salesforce_account_object_fivetran_snake_case",
    vendor="salesforce",
    title="Salesforce account object",
    entity="accounts",
    signature=("id", "name", "annual_revenue", "owner_id"),
    columns=MappingProxyType(
        {
            "accounts.account_id": ("id",),
            "accounts.name": ("name",),
            "accounts.domain": ("website",),
            "accounts.industry": ("industry",),
            "accounts.owner": ("owner_id",),
            "accounts.annual_revenue": ("annual_revenue",),
            "accounts.employees": ("number_of_employees",),
            "accounts.parent_account_id": ("parent_id",),
            "accounts.created_at": ("created_date",),
        }
    ),
    drift=MappingProxyType(
        {
            "id": ("Account ID",),
            "name": ("Account Name",),
            "annual_revenue": ("AnnualRevenue", "Annual Revenue"),
            "owner_id": ("OwnerId", "Account Owner"),
            "number_of_employees": ("NumberOfEmployees", "Employees"),
            "parent_id": ("ParentId", "Parent Account"),
            "created_date": ("CreatedDate", "Created Date"),
            "is_deleted": ("IsDeleted",),
        }
    ),
    dates=("YYYY-MM-DDTHH:MM:SS.000Z",),
    zone="UTC",
    skips=_DELETED,
    confidence=Confidence.DERIVED,
)

OPPORTUNITIES = Export(
    id="salesforce_opportunity_object_fivetran_snake_case",
    vendor="salesforce",
    title="Salesforce opportunity object",
    entity="opportunities",
    signature=("stage_name", "is_closed", "is_won", "close_date"),
    columns=MappingProxyType(
        {
            "opportunities.opportunity_id": ("id",),
            "opportunities.customer_id": ("account_id",),
            "opportunities.kind": ("type",),
            "opportunities.opened_at": ("created_date",),
            "opportunities.closed_at": ("close_date",),
            "opportunities.amount": ("amount",),
            "opportunities.stage": ("stage_name",),
            "opportunities.source": ("lead_source",),
        }
    ),
    joined=MappingProxyType({"opportunities.won": ("is_closed", "is_won")}),
    drift=MappingProxyType(
        {
            "id": ("Opportunity ID",),
            "account_id": ("AccountId", "Account ID"),
            "created_date": ("CreatedDate", "Created Date"),
            "close_date": ("CloseDate", "Close Date"),
            "stage_name": ("StageName", "Stage"),
            "lead_source": ("LeadSource", "Lead Source"),
            "is_closed": ("IsClosed", "Closed"),
            "is_won": ("IsWon", "Won"),
            "is_deleted": ("IsDeleted",),
        }
    ),
    dates=("YYYY-MM-DD", "YYYY-MM-DDTHH:MM:SS.000Z"),
    zone="UTC",
    words=MappingProxyType(
        {
            "opportunities.kind": MappingProxyType(
                {
                    "new": "new",
                    "existing": "upsell",
                    "upsell": "upsell",
                    "upgrade": "upsell",
                    "expansion": "upsell",
                    "add-on": "upsell",
                    "cross": "cross_sell",
                    "renewal": "renewal",
                }
            ),
            "opportunities.won": MappingProxyType({"true true": "true", "1 1": "true", "true false": "false", "1 0": "false"}),
        }
    ),
    blanks=MappingProxyType({"opportunities.won": ("false false", "0 0")}),
    skips=_DELETED,
    warnings=("The close date of a deal that is still open is the expected one; such a deal counts neither as won nor as lost.",),
    confidence=Confidence.DERIVED,
)

EXPORTS = (CASE_REPORT, CASES, ACCOUNTS, OPPORTUNITIES)
