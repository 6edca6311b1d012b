-- Rows of the contact lists of a CRM.
select cast(coalesce(sum(f.contacts), 0) as bigint) as n from contact_files as f
