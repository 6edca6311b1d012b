-- Tickets without a customer, by the name they go under and the reason most of them share, largest first.
with outsiders as (
  select 'customer id' as kind, c.customer_id as match_key from customers as c where c.customer_id is not null
  union select 'e-mail' as kind, c.email as match_key from customers as c where c.email is not null
),
shared as (
  select b.kind as kind, b.match_key as match_key, b.customers as customers from bridge as b where b.customers > 1 and not b.is_clear
),
vague as (
  select k.kind as kind, k.match_key as match_key, k.customers as customers from key_owners as k where not k.is_clear
),
domains as (
  select o.domain as domain, max(o.customers) as customers from domain_owners as o group by o.domain
),
lone as (
  select
    t.ticket_row as ticket_row,
    case
      when t.company is not null then 'company name'
      when t.domain is not null then 'domain'
      when t.email is not null then 'e-mail'
      when t.customer_id is not null then 'customer id'
      when t.account_id is not null then 'account id'
      when t.phone is not null then 'phone'
      when t.order_id is not null then 'order number'
      else 'none'
    end as kind,
    coalesce(t.company, t.domain, t.email, t.customer_id, t.account_id, t.phone, t.order_id, '') as match_key,
    case
      when l.is_rejected = 1 then 'rejected'
      when coalesce(sa.customers, si.customers, se.customers, sc.customers) is not null then 'several_accounts'
      when coalesce(vx.customers, ve.customers, vw.customers, vc.customers, vf.customers) is not null then 'fits_several'
      when l.is_passed_over = 1 and t.email is null and t.company is null then 'other_ids'
      when oi.match_key is not null or oe.match_key is not null then 'not_followed'
      when d.customers = 1 then 'domain_of_one'
      when d.customers > 1 then 'domain_of_several'
      when t.email is not null and t.company is not null then 'no_email_or_company'
      when t.email is not null then 'no_email'
      when t.company is not null then 'no_company'
      when t.id_lost then 'id_lost'
      when t.customer_id is not null or t.account_id is not null then 'no_id'
      when t.phone is not null then 'no_phone'
      when t.order_id is not null then 'no_order'
      else 'nobody'
    end as reason,
    coalesce(
      sa.customers, si.customers, se.customers, sc.customers, vx.customers, ve.customers, vw.customers, vc.customers, vf.customers, d.customers, 0
    ) as customers
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  left join shared as sa on sa.kind = 'account id' and sa.match_key = t.account_id
  left join shared as si on si.kind = 'customer id' and si.match_key = t.customer_id
  left join shared as se on se.kind = 'e-mail' and se.match_key = t.email
  left join shared as sc on sc.kind = 'company name' and sc.match_key = t.company
  left join vague as vx on vx.kind = 'external id' and vx.match_key = t.customer_id
  left join vague as ve on ve.kind = 'e-mail' and ve.match_key = t.email
  left join vague as vw on vw.kind = 'company as written' and vw.match_key = t.company_written
  left join vague as vc on vc.kind = 'company name' and vc.match_key = t.company
  left join vague as vf on vf.kind = 'phone' and vf.match_key = t.phone
  left join outsiders as oi on oi.kind = 'customer id' and oi.match_key = t.customer_id
  left join outsiders as oe on oe.kind = 'e-mail' and oe.match_key = t.email
  left join domains as d on d.domain = t.domain
  where l.customer_no is null and t.set_aside is null
),
counted as (
  select u.kind as kind, u.match_key as match_key, u.reason as reason, max(u.customers) as customers, count(*) as n, min(u.ticket_row) as first_row
  from lone as u
  group by u.kind, u.match_key, u.reason
),
ranked as (
  select
    c.*,
    sum(c.n) over (partition by c.kind, c.match_key) as tickets,
    row_number() over (partition by c.kind, c.match_key order by c.n desc, c.first_row) as place
  from counted as c
)
select r.kind as kind, r.match_key as match_key, r.reason as reason, cast(r.customers as bigint) as customers, cast(r.tickets as bigint) as n
from ranked as r
where r.place = 1
order by n desc, r.first_row
limit 200
