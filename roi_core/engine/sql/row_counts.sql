-- Rows of each loaded table.
select 'customers' as table_name, count(*) as n from customers
union all select 'subscriptions' as table_name, count(*) as n from subscriptions
union all select 'invoices' as table_name, count(*) as n from invoices
union all select 'tickets' as table_name, count(*) as n from tickets
union all select 'surveys' as table_name, count(*) as n from surveys
union all select 'usage' as table_name, count(*) as n from usage
union all select 'costs' as table_name, count(*) as n from costs
