-- Every key that a customer is known by in any file, each once: one customer may have many e-mail addresses, and many customers one.
-- A company has two keys: its name as written, with the legal form, and its name without.
with held as (
  select
    c.customer_id as customer_id, c.email as email, c.company as company, c.company_written as company_written, c.external_id as external_id, c.phone as phone
  from customers as c
  union select
    s.customer_id as customer_id, s.email as email, s.company as company, s.company_written as company_written, null as external_id, null as phone
  from subscriptions as s
  union select
    i.customer_id as customer_id, i.email as email, i.company as company, i.company_written as company_written, null as external_id, null as phone
  from invoices as i
  where i.email is not null or i.company is not null
  union select
    o.customer_id as customer_id, o.email as email, o.company as company, o.company_written as company_written, null as external_id, o.phone as phone
  from orders as o
),
known as (
  select p.customer_no as customer_no, h.email as email, h.company as company, h.company_written as company_written, h.external_id as external_id,
    h.phone as phone
  from held as h
  inner join people as p on p.customer_key = h.customer_id
)
select 'customer id' as kind, p.customer_key as match_key, p.customer_no as customer_no from people as p
union select 'external id' as kind, k.external_id as match_key, k.customer_no as customer_no from known as k where k.external_id is not null
union select 'e-mail' as kind, k.email as match_key, k.customer_no as customer_no from known as k where k.email is not null
union select 'company name' as kind, k.company as match_key, k.customer_no as customer_no from known as k where k.company is not null
union select 'company as written' as kind, k.company_written as match_key, k.customer_no as customer_no from known as k where k.company_written is not null
union select 'phone' as kind, k.phone as match_key, k.customer_no as customer_no from known as k where k.phone is not null
