from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_REPORT = (
    '"Case Origin","Full Name","Created Date","createdDate_PST","Case Number","Account Name","Name","Case Category","Case Type","Subject","Status",'
    '"Closed?","Closed Date","Age"\n'
    '"Email","Ann M\u00fcller","7/1/26 2:51:07 PM","7/1/26 7:51:07 AM","00012345","Acme, Inc.","Bea Client","Billing","Question","Caf\u00e9 invoice",'
    '"Closed","1","7/1/26 2:57:55 PM","69.38"\n'
    '"Phone","Ann M\u00fcller","7/2/26 9:05:00 AM","7/2/26 2:05:00 AM","00012346","Globex Ltd","Cy Client","Setup","Problem","Cannot log in",'
    '"Working","0","","12.00"\n'
    '"Web","Dan Agent","7/13/26 12:00:30 AM","7/12/26 5:00:30 PM","00012347","","Eve Client","Setup","Problem","Second report",'
    '"Merged","1","7/13/26 1:10:00 AM","1.16"\n'
    '"Web","Dan Agent","7/14/26 8:00:00 AM","7/14/26 1:00:00 AM","00012348","Globex Ltd","Cy Client","Setup","Problem","Waiting for parts",'
    '"On Hold","0","","3.00"\n'
    "\n"
    '"Grand Totals (4 records)"\n'
    '"Confidential Information - Do Not Distribute"\n'
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
)

REPORT = Example(
    "salesforce_case_report_export_one_real_org",
    "salesforce_case_report_export_one_real_org",
    "footer_latin1",
    _REPORT.encode("iso-8859-1"),
    (
        {
            "ticket_id": "00012345",
            "company": key("acme"),
            "agent": key("ann müller"),
            "status": "closed",
            "type": "Question",
            "category": "Billing",
            "channel": "Email",
            "created_at": datetime(2026, 7, 1, 14, 51, 7),
            "closed_at": datetime(2026, 7, 1, 14, 57, 55),
        },
        {"ticket_id": "00012346", "company": key("globex"), "status": "open", "created_at": datetime(2026, 7, 2, 9, 5), "closed_at": None},
        {"ticket_id": "00012347", "company": None, "status": "merged", "created_at": datetime(2026, 7, 13, 0, 0, 30)},
        {"ticket_id": "00012348", "status": "pending"},
    ),
    not_data=4,
    notes=("Age is how long", "no time zone is given"),
)

OTHER_LABELS = Example(
    "salesforce_case_report_export_one_real_org",
    "",
    "labels_of_another_org",
    table(
        ("Case Owner", "Date/Time Opened", "Date/Time Closed", "Case Number", "Account Name: Account Name", "Contact Email", "Priority", "Case Reason", "Type"),
        {
            "Case Owner": "Ann Agent",
            "Date/Time Opened": "14/01/2025 15:31",
            "Date/Time Closed": "15/01/2025 9:02",
            "Case Number": "00000417",
            "Account Name: Account Name": "Initech GmbH",
            "Contact Email": "Kay@Initech.example",
            "Priority": "High",
            "Case Reason": "Instructions not clear",
            "Type": "Mechanical",
        },
        {"Case Owner": "Ann Agent", "Date/Time Opened": "02/03/2025 10:00", "Case Number": "00000418", "Account Name: Account Name": "Initech GmbH"},
    ),
    (
        {
            "ticket_id": "00000417",
            "agent": key("ann agent"),
            "company": key("initech"),
            "email": key("kay@initech.example"),
            "domain": key("initech.example"),
            "priority": "High",
            "category": "Instructions not clear",
            "type": "Mechanical",
            "created_at": datetime(2025, 1, 14, 15, 31),
            "closed_at": datetime(2025, 1, 15, 9, 2),
        },
        {"ticket_id": "00000418", "created_at": datetime(2025, 3, 2, 10, 0), "email": None},
    ),
)

_CASE = (
    '"Id","CaseNumber","ContactId","AccountId","ParentId","SuppliedName","SuppliedEmail","Type","Status","Reason","Origin","Subject","Priority",'
    '"Description","IsClosed","ClosedDate","IsEscalated","OwnerId","CreatedDate","LastModifiedDate"\n'
    '"500xx00000aBcDe","00001001","003xx000004TmiU","001xx000003DGbY","","Kay","kay@initech.example","Problem","Closed","Installation","Email",'
    '"No, ""it"" fails","High","First line\nsecond line","true","2026-03-02T08:00:00.000Z","true","005xx000001X8Uz","2026-03-01T22:15:30.000Z",'
    '"2026-03-02T08:00:01.000Z"\n'
    '"500xx00000abcde","00001002","003xx000004tmiu","","","","","","New","","Web","Where is my order","Low",'
    '"","false","","false","005xx000001X8Uz","2026-03-05T01:02:03.000+0000","2026-03-05T01:02:03.000+0000"\n'
)

CASES = Example(
    "salesforce_case_object_export_data_loader_weekly_export",
    "salesforce_case_object_export_data_loader_weekly_export",
    "every_field_quoted",
    _CASE.encode(),
    (
        {
            "ticket_id": "00001001",
            "customer_id": key("003xx000004TmiU"),
            "account_id": key("001xx000003DGbY"),
            "email": key("kay@initech.example"),
            "type": "Problem",
            "category": "Installation",
            "status": "closed",
            "channel": "Email",
            "priority": "High",
            "agent": key("005xx000001x8uz"),
            "escalated": True,
            "created_at": datetime(2026, 3, 1, 22, 15, 30),
            "closed_at": datetime(2026, 3, 2, 8, 0),
            "updated_at": datetime(2026, 3, 2, 8, 0, 1),
        },
        {"ticket_id": "00001002", "customer_id": key("003xx000004tmiu"), "escalated": False, "created_at": datetime(2026, 3, 5, 1, 2, 3)},
    ),
    notes=("general knowledge",),
)

_ACCOUNT_HEADERS = (
    "_fivetran_synced", "account_number", "account_source", "annual_revenue", "billing_city", "billing_country", "billing_country_code",
    "billing_geocode_accuracy", "billing_latitude", "billing_longitude", "billing_postal_code", "billing_state", "billing_state_code", "billing_street",
    "description", "fax", "id", "industry", "is_deleted", "jigsaw_company_id", "last_activity_date", "last_referenced_date", "last_viewed_date",
    "master_record_id", "name", "number_of_employees", "owner_id", "ownership", "parent_id", "phone", "photo_url", "rating", "record_type_id",
    "shipping_city", "shipping_country", "shipping_country_code", "shipping_geocode_accuracy", "shipping_latitude", "shipping_longitude",
    "shipping_postal_code", "shipping_state", "shipping_state_code", "shipping_street", "sic", "sic_desc", "site", "ticker_symbol", "type", "website",
    "_fivetran_active",
)  # fmt: skip

ACCOUNTS = Example(
    "salesforce_account_object_fivetran_snake_case",
    "salesforce_account_object_fivetran_snake_case",
    "deleted_and_old_versions",
    table(
        (*_ACCOUNT_HEADERS, "created_date"),
        {
            "_fivetran_synced": "2026-04-01 00:00:00",
            "annual_revenue": "1250000.0",
            "billing_street": "1 Main Street\nFloor 2",
            "id": "001xx000003DGbY",
            "industry": "Manufacturing",
            "is_deleted": "false",
            "name": "Initech GmbH",
            "number_of_employees": "120",
            "owner_id": "005xx000001X8Uz",
            "parent_id": "001xx000003DGbX",
            "website": "https://www.initech.example/about",
            "_fivetran_active": "true",
            "created_date": "2021-07-01 08:00:00",
        },
        {"id": "001xx000003DGbZ", "is_deleted": "true", "master_record_id": "001xx000003DGbY", "name": "Initech", "_fivetran_active": "true"},
        {"id": "001xx000003DGbY", "is_deleted": "false", "name": "Initech", "_fivetran_active": "false"},
        {"id": "001xx000003DGbX", "is_deleted": "false", "name": "Initrode", "website": "initrode.example", "_fivetran_active": "true"},
    ),
    (
        {
            "account_id": key("001xx000003DGbY"),
            "name": key("initech"),
            "domain": key("initech.example"),
            "industry": "Manufacturing",
            "owner": key("005xx000001x8uz"),
            "annual_revenue": 1_250_000.0,
            "employees": 120,
            "parent_account_id": key("001xx000003DGbX"),
            "created_at": datetime(2021, 7, 1, 8, 0),
        },
        {"account_id": key("001xx000003DGbX"), "domain": key("initrode.example"), "annual_revenue": None},
    ),
    not_data=2,
    notes=("an API schema",),
)

ACCOUNT_NAMES = Example(
    "salesforce_account_object_fivetran_snake_case",
    "",
    "names_of_the_interface",
    b'"Id","Name","AnnualRevenue","NumberOfEmployees","OwnerId","Website","IsDeleted","CreatedDate"\n'
    b'"001xx000003DGbY","Initech GmbH","98000.5","7","005xx000001X8Uz","initech.example","false","2020-02-29T12:00:00.000Z"\n',
    ({"account_id": key("001xx000003DGbY"), "annual_revenue": 98_000.5, "employees": 7, "created_at": datetime(2020, 2, 29, 12, 0)},),
)

_OPPORTUNITY_HEADERS = (
    "_fivetran_synced", "account_id", "amount", "campaign_id", "close_date", "created_date", "description", "expected_revenue", "fiscal", "fiscal_quarter",
    "fiscal_year", "forecast_category", "forecast_category_name", "has_open_activity", "has_opportunity_line_item", "has_overdue_task", "id", "is_closed",
    "is_deleted", "is_excluded_from_territory_2_filter", "is_won", "last_activity_date", "last_referenced_date", "last_viewed_date", "lead_source", "name",
    "next_step", "owner_id", "pricebook_2_id", "probability", "record_type_id", "stage_name", "synced_quote_id", "territory_2_id", "type", "_fivetran_active",
)  # fmt: skip
_OPPORTUNITY = {"is_deleted": "false", "_fivetran_active": "true", "created_date": "2026-01-05 10:30:00", "account_id": "001xx000003DGbY"}

OPPORTUNITIES = Example(
    "salesforce_opportunity_object_fivetran_snake_case",
    "salesforce_opportunity_object_fivetran_snake_case",
    "open_won_lost_and_deleted",
    table(
        _OPPORTUNITY_HEADERS,
        {
            **_OPPORTUNITY,
            "id": "006xx000001a",
            "amount": "12500.0",
            "close_date": "2026-03-31",
            "is_closed": "true",
            "is_won": "true",
            "stage_name": "Closed Won",
            "type": "Existing Customer - Upgrade",
            "lead_source": "Support",
        },
        {
            **_OPPORTUNITY,
            "id": "006xx000001b",
            "close_date": "2026-03-01",
            "is_closed": "true",
            "is_won": "false",
            "stage_name": "Closed Lost",
            "type": "Renewal",
        },
        {
            **_OPPORTUNITY,
            "id": "006xx000001c",
            "close_date": "2027-01-31",
            "is_closed": "false",
            "is_won": "false",
            "stage_name": "Qualification",
            "type": "New Business",
        },
        {**_OPPORTUNITY, "id": "006xx000001d", "is_deleted": "true", "is_closed": "false", "is_won": "false", "type": "New Business"},
    ),
    (
        {
            "opportunity_id": "006xx000001a",
            "customer_id": key("001xx000003DGbY"),
            "kind": "upsell",
            "opened_at": datetime(2026, 1, 5, 10, 30),
            "closed_at": datetime(2026, 3, 31),
            "amount": 12_500.0,
            "won": True,
            "stage": "Closed Won",
            "source": "Support",
        },
        {"opportunity_id": "006xx000001b", "kind": "renewal", "won": False},
        {"opportunity_id": "006xx000001c", "kind": "new", "won": None, "amount": None},
    ),
    not_data=1,
    notes=("neither as won nor as lost",),
)

EXAMPLES = (REPORT, OTHER_LABELS, CASES, ACCOUNTS, ACCOUNT_NAMES, OPPORTUNITIES)
