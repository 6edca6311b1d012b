-- The customer of each ticket: by customer id, then external id, then e-mail, then company name.
-- Where a key fits several customers, the one that started first is taken, so that no ticket counts twice.
with by_id as (
  select customer_key as match_key, min(customer_no) as customer_no from people group by customer_key
),
by_external as (
  select external_id as match_key, min(customer_no) as customer_no from people where external_id is not null group by external_id
),
by_email as (
  select email as match_key, min(customer_no) as customer_no from people where email is not null group by email
),
by_company as (
  select company as match_key, min(customer_no) as customer_no from people where company is not null group by company
)
select
  t.ticket_row as ticket_row,
  coalesce(i.customer_no, x.customer_no, e.customer_no, c.customer_no) as customer_no,
  case
    when i.customer_no is not null then 'customer id'
    when x.customer_no is not null then 'external id'
    when e.customer_no is not null then 'e-mail'
    when c.customer_no is not null then 'company name'
  end as way
from counted_tickets as t
left join by_id as i on i.match_key = t.customer_id
left join by_external as x on x.match_key = t.customer_id
left join by_email as e on e.match_key = t.email
left join by_company as c on c.match_key = t.company
