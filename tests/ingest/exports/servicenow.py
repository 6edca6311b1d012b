from datetime import datetime

from tests.ingest.exports.example import Example, key, table

_LIST = (
    '"number","opened_at","short_description","caller_id","priority","state","category","assignment_group","assigned_to","sys_updated_on","sys_updated_by"\r\n'
    '"INC0010001","2026-02-03 08:15:00","VPN \u2013 no connection","Ann Caller (acaller)","2 - High","Work In Progress","network","Network","Bob Agent",'
    '"2026-02-03 09:00:00","bob"\r\n'
    '"INC0010002","2026-02-14 23:59:59","Printer, 3rd floor","Cy Caller (ccaller)","5 - Planning","Canceled","hardware","","",'
    '"2026-02-15 00:10:00","system"\r\n'
    '"INC0010003","2026-02-20 07:00:00","Mail is slow","Dee Caller (dcaller)","3 - Moderate","On Hold","software","Mail","Eve Agent",'
    '"2026-02-21 07:30:00","eve"\r\n'
)

NAMES = Example(
    "servicenow_incident_list_export_column_names",
    "servicenow_incident_list_export_column_names",
    "cp1252_every_field_quoted",
    _LIST.encode("cp1252"),
    (
        {
            "ticket_id": "INC0010001",
            "created_at": datetime(2026, 2, 3, 8, 15),
            "updated_at": datetime(2026, 2, 3, 9, 0),
            "priority": "2 - High",
            "status": "open",
            "type": "network",
            "team": "Network",
            "agent": key("bob agent"),
        },
        {"ticket_id": "INC0010002", "status": "closed", "team": None, "agent": None, "updated_at": datetime(2026, 2, 15, 0, 10)},
        {"ticket_id": "INC0010003", "status": "pending", "created_at": datetime(2026, 2, 20, 7, 0)},
    ),
    notes=("given by name only", "no time zone is given"),
)

EXTRA_COLUMNS = Example(
    "servicenow_incident_list_export_column_names",
    "",
    "more_columns_saved_by_a_spreadsheet",
    table(
        (
            "number",
            "opened_at",
            "short_description",
            "incident_state",
            "category",
            "subcategory",
            "contact_type",
            "company",
            "resolved_at",
            "closed_at",
            "due_date",
            "calendar_duration",
            "business_duration",
            "reopen_count",
            "made_sla",
            "sys_updated_on",
        ),
        {
            "number": "INC0020001",
            "opened_at": "3/17/2025 6:04",
            "short_description": "Cannot sign in",
            "incident_state": "Resolved",
            "category": "access",
            "subcategory": "password",
            "contact_type": "phone",
            "company": "Initech GmbH",
            "resolved_at": "3/17/2025 8:04",
            "closed_at": "3/24/2025 8:04",
            "due_date": "3/18/2025 6:04",
            "calendar_duration": "7200",
            "business_duration": "3600",
            "reopen_count": "1",
            "made_sla": "true",
            "sys_updated_on": "3/24/2025 8:04",
        },
        {"number": "INC0020002", "opened_at": "4/1/2025 12:00", "short_description": "Second", "incident_state": "New", "made_sla": "false"},
    ),
    (
        {
            "ticket_id": "INC0020001",
            "category": "password",
            "channel": "phone",
            "company": key("initech"),
            "status": "resolved",
            "created_at": datetime(2025, 3, 17, 6, 4),
            "resolved_at": datetime(2025, 3, 17, 8, 4),
            "closed_at": datetime(2025, 3, 24, 8, 4),
            "due_at": datetime(2025, 3, 18, 6, 4),
            "vendor_resolution_minutes": 120.0,
            "reopens": 1,
            "sla_met": True,
        },
        {"ticket_id": "INC0020002", "created_at": datetime(2025, 4, 1, 12, 0), "status": "open", "sla_met": False, "vendor_resolution_minutes": None},
    ),
)

LABELS = Example(
    "servicenow_incident_list_export_column_labels",
    "servicenow_incident_list_export_column_labels",
    "renamed_labels",
    b'"Number","State","Created","Last update","Incident CI type","Affected User","User location","Assignment Group","Assigned to","Urgency","Severity",'
    b'"Created By","Updated By"\n'
    b'"INC2900001","Work In Progress","03-05-2025 15:21:08","13-05-2025 15:40:46","Application","User A","Oslo","Service Desk","Ann Agent","4 - Low",'
    b'"3 - Low","U1","U2"\n'
    b'"INC2900002","Resolved","04-05-2025 10:00:00","28-05-2025 11:30:00","Network","User B","Oslo","Network","","3 - Medium",'
    b'"3 - Low","U1","U3"\n',
    (
        {
            "ticket_id": "INC2900001",
            "status": "open",
            "created_at": datetime(2025, 5, 3, 15, 21, 8),
            "updated_at": datetime(2025, 5, 13, 15, 40, 46),
            "type": "Application",
            "team": "Service Desk",
            "agent": key("ann agent"),
            "priority": "4 - Low",
        },
        {"ticket_id": "INC2900002", "status": "resolved", "agent": None, "updated_at": datetime(2025, 5, 28, 11, 30)},
    ),
    notes=("day before month",),
)

DEFAULT_LABELS = Example(
    "servicenow_incident_list_export_column_labels",
    "",
    "default_labels",
    table(
        (
            "Number",
            "Opened",
            "Short description",
            "Caller",
            "Priority",
            "Urgency",
            "State",
            "Category",
            "Subcategory",
            "Company",
            "Assignment group",
            "Assigned to",
            "Resolved",
            "Closed",
            "Updated",
            "Updated by",
        ),
        {
            "Number": "INC0000050",
            "Opened": "2026-05-04 08:00:00",
            "Short description": "Cannot order",
            "Priority": "1 - Critical",
            "Urgency": "2 - Medium",
            "State": "Closed",
            "Category": "Inquiry / Help",
            "Subcategory": "Order",
            "Company": "ACME Corp.",
            "Assignment group": "Desk",
            "Assigned to": "Ann Agent",
            "Resolved": "2026-05-04 10:00:00",
            "Closed": "2026-05-11 10:00:00",
            "Updated": "2026-05-11 10:00:05",
        },
    ),
    (
        {
            "ticket_id": "INC0000050",
            "created_at": datetime(2026, 5, 4, 8, 0),
            "priority": "1 - Critical",
            "category": "Order",
            "company": key("acme"),
            "team": "Desk",
            "resolved_at": datetime(2026, 5, 4, 10, 0),
            "closed_at": datetime(2026, 5, 11, 10, 0),
        },
    ),
)

_LOG_HEADERS = (
    "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla", "caller_id", "opened_by", "opened_at",
    "sys_created_by", "sys_created_at", "sys_updated_by", "sys_updated_at", "contact_type", "location", "category", "subcategory", "u_symptom", "cmdb_ci",
    "impact", "urgency", "priority", "assignment_group", "assigned_to", "knowledge", "u_priority_confirmation", "notify", "problem_id", "rfc", "vendor",
    "caused_by", "closed_code", "resolved_by", "resolved_at", "closed_at",
)  # fmt: skip
_FIRST = {
    **dict.fromkeys(_LOG_HEADERS, "?"),
    "number": "INC0000045",
    "caller_id": "Caller 2403",
    "opened_at": "29-02-2016 01:16",
    "contact_type": "Phone",
    "category": "Category 55",
    "subcategory": "Subcategory 170",
    "priority": "3 - Moderate",
    "assignment_group": "Group 56",
    "made_sla": "TRUE",
    "active": "TRUE",
    "reopen_count": "0",
}
_SECOND = {**_FIRST, "number": "INC0000047", "caller_id": "?", "opened_at": "29-02-2016 04:40", "made_sla": "FALSE"}

LOG = Example(
    "servicenow_incident_audit_log_uci_enriched_event_log",
    "servicenow_incident_audit_log_uci_enriched_event_log",
    "one_row_per_change",
    table(
        _LOG_HEADERS,
        {**_FIRST, "incident_state": "New", "sys_mod_count": "0", "sys_updated_at": "29-02-2016 01:23"},
        {**_FIRST, "incident_state": "Awaiting User Info", "sys_mod_count": "2", "sys_updated_at": "29-02-2016 08:53"},
        {
            **_FIRST,
            "incident_state": "Closed",
            "sys_mod_count": "10",
            "sys_updated_at": "05-03-2016 12:00",
            "assigned_to": "Resolver 89",
            "resolved_at": "29-02-2016 11:29",
            "closed_at": "05-03-2016 12:00",
            "reopen_count": "1",
        },
        {**_SECOND, "incident_state": "Active", "sys_mod_count": "1", "sys_updated_at": "29-02-2016 05:30"},
        {**_SECOND, "incident_state": "Awaiting Vendor", "sys_mod_count": "2", "sys_updated_at": "01-03-2016 09:52"},
    ),
    (
        {
            "ticket_id": "INC0000045",
            "customer_id": key("Caller 2403"),
            "status": "closed",
            "priority": "3 - Moderate",
            "type": "Category 55",
            "category": "Subcategory 170",
            "channel": "Phone",
            "team": "Group 56",
            "agent": key("resolver 89"),
            "created_at": datetime(2016, 2, 29, 1, 16),
            "resolved_at": datetime(2016, 2, 29, 11, 29),
            "closed_at": datetime(2016, 3, 5, 12, 0),
            "updated_at": datetime(2016, 3, 5, 12, 0),
            "reopens": 1,
            "sla_met": True,
        },
        {"ticket_id": "INC0000047", "customer_id": None, "status": "pending", "sla_met": False, "resolved_at": None, "agent": None},
    ),
    not_data=3,
    notes=("earlier states of an incident",),
)

EXAMPLES = (NAMES, EXTRA_COLUMNS, LABELS, DEFAULT_LABELS, LOG)
