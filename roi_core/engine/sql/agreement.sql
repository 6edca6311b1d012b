-- How often a way names the customer whom a way before it has named: its tickets with both, and those in which they agree.
with second as (
  select 'external id' as way, l.same_external as agrees from links as l where l.way = 'customer id'
  union all
  select 'e-mail' as way, l.same_email as agrees from links as l where l.way in ('customer id', 'external id')
  union all
  select 'CRM' as way, l.same_crm as agrees from links as l where l.way in ('customer id', 'external id', 'e-mail')
  union all
  select 'company name' as way, l.same_company as agrees from links as l where l.way in ('customer id', 'external id', 'e-mail', 'CRM')
  union all
  select 'order number' as way, l.same_order as agrees
  from links as l
  where l.way in ('customer id', 'external id', 'e-mail', 'CRM', 'company name')
  union all
  select 'phone' as way, l.same_phone as agrees
  from links as l
  where l.way in ('customer id', 'external id', 'e-mail', 'CRM', 'company name', 'order number')
)
select s.way as way, count(*) as both_ways, sum(s.agrees) as agree from second as s where s.agrees is not null group by s.way
