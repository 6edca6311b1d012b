-- One row per row of a treatment list, with at most one customer: by customer id, else by external id, by an e-mail address that fits exactly
-- one, or by the contact of a CRM whose account is exactly one customer. A row without an arm, a day or a name was drawn all the same.
select
  coalesce(a.test, '') as test,
  case when a.arm = 'treatment' then 1 when a.arm = 'control' then 0 end as treated,
  cast(floor(epoch(a.assigned_at)) as bigint) as assigned_s,
  case
    when i.customer_no is not null then i.customer_no
    when x.customers = 1 then x.customer_no
    when e.customers = 1 then e.customer_no
    when b.customers = 1 then b.customer_no
    when c.customers = 1 then c.customer_no
  end as customer_no
from assignments as a
left join key_owners as i on i.kind = 'customer id' and i.match_key = a.customer_id
left join key_owners as x on x.kind = 'external id' and x.match_key = a.customer_id
left join key_owners as e on e.kind = 'e-mail' and e.match_key = a.email
left join bridge as b on b.kind = 'e-mail' and b.match_key = a.email
left join bridge as c on c.kind = 'customer id' and c.match_key = a.customer_id
