-- The customer of each ticket, at most one: what the user added, then customer id, external id, e-mail address, CRM, company name,
-- order number, telephone number, and last an e-mail domain that the user accepted. A key that fits several customers links only
-- where they are one account's, and then to the one that started first; else a later way may say who is meant. An e-mail address of
-- several customers is one person's: it links to the only one of them who was a customer when the ticket was opened, if there is one.
-- A company is looked for as it is written before its legal form is left off. What the user rejected is no link.
-- The ids of a file are not used where its e-mail addresses, ten or more that are one customer's, name another customer in more than four
-- tickets of five: they are the helpdesk's own and coincide with those of billing. is_passed_over says so of a ticket whose id was found.
-- same_... says whether a further way, by a key of one customer, names the customer that was chosen.
with added as (
  select d.kind as kind, d.match_key as match_key, min(d.customer_no) as customer_no from decided as d where d.verdict = 'add' group by d.kind, d.match_key
),
rejected as (
  select distinct d.kind as kind, d.match_key as match_key, d.customer_no as customer_no from decided as d where d.verdict = 'reject'
),
one_customer as (
  select b.* from bridge as b where b.is_clear
),
one_owner as (
  select k.* from key_owners as k where k.is_clear
),
only_then as (
  select t.ticket_row as ticket_row, min(k.customer_no) as customer_no
  from counted_tickets as t
  inner join key_owners as v on v.kind = 'e-mail' and v.match_key = t.email and not v.is_clear
  inner join customer_keys as k on k.kind = 'e-mail' and k.match_key = t.email
  inner join people as p on p.customer_no = k.customer_no
  where p.started_s <= t.created_s and (p.churned_s is null or t.created_s < p.churned_s)
  group by t.ticket_row
  having count(*) = 1
),
other_ids as (
  select t.part_no as part_no, i.kind as kind
  from counted_tickets as t
  inner join key_owners as i on i.match_key = t.customer_id
  inner join key_owners as e on e.kind = 'e-mail' and e.match_key = t.email
  where (i.kind = 'customer id' or i.kind = 'external id' and i.is_clear) and e.customers = 1
  group by t.part_no, i.kind
  having count(distinct t.email) >= 10 and 5 * sum(case when i.customer_no = e.customer_no then 1 else 0 end) < count(*)
),
order_numbers as (
  select p.order_number as order_number, min(p.customer_no) as customer_no
  from purchases as p
  where p.customer_no is not null
  group by p.order_number
  having count(distinct p.customer_no) = 1
),
found as (
  select
    t.ticket_row as ticket_row,
    t.customer_id as customer_id,
    t.account_id as account_id,
    t.email as email,
    t.company as company,
    t.domain as domain,
    t.phone as phone,
    t.order_id as order_id,
    coalesce(ae.customer_no, ac.customer_no) as by_user,
    case when wi.part_no is null then i.customer_no end as by_id,
    case when wx.part_no is null then x.customer_no end as by_external,
    case when wi.part_no is not null and i.customer_no is not null or wx.part_no is not null and x.customer_no is not null then 1 else 0 end as is_passed_over,
    coalesce(e.customer_no, ot.customer_no) as by_email,
    coalesce(ba.customer_no, bi.customer_no, be.customer_no) as by_crm,
    coalesce(cw.customer_no, c.customer_no, bc.customer_no) as by_company,
    coalesce(cw.customer_no, c.customer_no) as by_name,
    o.customer_no as by_order,
    f.customer_no as by_phone,
    ad.customer_no as by_domain,
    case when x.customers = 1 and wx.part_no is null then x.customer_no end as one_external,
    case when e.customers = 1 then e.customer_no end as one_email,
    case when be.customers = 1 then be.customer_no end as one_crm,
    case when cw.customers = 1 then cw.customer_no when c.customers = 1 then c.customer_no end as one_company,
    case when f.customers = 1 then f.customer_no end as one_phone
  from counted_tickets as t
  left join added as ae on ae.kind = 'e-mail' and ae.match_key = t.email
  left join added as ac on ac.kind = 'company name' and ac.match_key = t.company
  left join added as ad on ad.kind = 'domain' and ad.match_key = t.domain
  left join key_owners as i on i.kind = 'customer id' and i.match_key = t.customer_id
  left join one_owner as x on x.kind = 'external id' and x.match_key = t.customer_id
  left join one_owner as e on e.kind = 'e-mail' and e.match_key = t.email
  left join only_then as ot on ot.ticket_row = t.ticket_row
  left join one_customer as ba on ba.kind = 'account id' and ba.match_key = t.account_id
  left join one_customer as bi on bi.kind = 'customer id' and bi.match_key = t.customer_id
  left join one_customer as be on be.kind = 'e-mail' and be.match_key = t.email
  left join one_owner as cw on cw.kind = 'company as written' and cw.match_key = t.company_written
  left join one_owner as c on c.kind = 'company name' and c.match_key = t.company
  left join one_customer as bc on bc.kind = 'company name' and bc.match_key = t.company
  left join order_numbers as o on o.order_number = t.order_id
  left join one_owner as f on f.kind = 'phone' and f.match_key = t.phone
  left join other_ids as wi on wi.kind = 'customer id' and wi.part_no = t.part_no
  left join other_ids as wx on wx.kind = 'external id' and wx.part_no = t.part_no
),
chosen as (
  select
    n.*,
    coalesce(n.by_user, n.by_id, n.by_external, n.by_email, n.by_crm, n.by_company, n.by_order, n.by_phone, n.by_domain) as customer_no,
    case
      when n.by_user is not null then 'added by you'
      when n.by_id is not null then 'customer id'
      when n.by_external is not null then 'external id'
      when n.by_email is not null then 'e-mail'
      when n.by_crm is not null then 'CRM'
      when n.by_name is not null then 'company name'
      when n.by_company is not null then 'CRM'
      when n.by_order is not null then 'order number'
      when n.by_phone is not null then 'phone'
      when n.by_domain is not null then 'domain'
    end as way
  from found as n
),
judged as (
  select
    c.*,
    case when coalesce(ri.customer_no, ra.customer_no, re.customer_no, rc.customer_no, rf.customer_no, ro.customer_no) is not null
      and c.way not in ('added by you', 'domain') then 1 else 0 end as is_rejected
  from chosen as c
  left join rejected as ri on ri.kind = 'customer id' and ri.match_key = c.customer_id and ri.customer_no = c.customer_no
  left join rejected as ra on ra.kind = 'account id' and ra.match_key = c.account_id and ra.customer_no = c.customer_no
  left join rejected as re on re.kind = 'e-mail' and re.match_key = c.email and re.customer_no = c.customer_no
  left join rejected as rc on rc.kind = 'company name' and rc.match_key = c.company and rc.customer_no = c.customer_no
  left join rejected as rf on rf.kind = 'phone' and rf.match_key = c.phone and rf.customer_no = c.customer_no
  left join rejected as ro on ro.kind = 'order number' and ro.match_key = c.order_id and ro.customer_no = c.customer_no
)
select
  j.ticket_row as ticket_row,
  case when j.is_rejected = 0 then j.customer_no end as customer_no,
  case when j.is_rejected = 0 then j.way end as way,
  j.is_rejected as is_rejected,
  j.is_passed_over as is_passed_over,
  cast(case when j.one_external is not null then case when j.one_external = j.customer_no then 1 else 0 end end as smallint) as same_external,
  cast(case when j.one_email is not null then case when j.one_email = j.customer_no then 1 else 0 end end as smallint) as same_email,
  cast(case when j.one_crm is not null then case when j.one_crm = j.customer_no then 1 else 0 end end as smallint) as same_crm,
  cast(case when j.one_company is not null then case when j.one_company = j.customer_no then 1 else 0 end end as smallint) as same_company,
  cast(case when j.by_order is not null then case when j.by_order = j.customer_no then 1 else 0 end end as smallint) as same_order,
  cast(case when j.one_phone is not null then case when j.one_phone = j.customer_no then 1 else 0 end end as smallint) as same_phone
from judged as j
