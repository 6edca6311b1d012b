-- One row per bill: an invoice that stands in two exports (invoices and payments, or two periods) counts once, in its latest state,
-- with what is left of its amount after refunds.
-- It has at most one customer: by customer id, else by an e-mail address, company name or CRM account that fits exactly one.
with copies as (
  select
    i.*,
    row_number() over (
      partition by i.invoice_id order by coalesce(i.paid_at, i.issued_at) desc, coalesce(i.refunded, 0) desc, i.file_no, i.row_no
    ) as copy
  from invoices as i
  where i.invoice_id is not null and i.issued_at is not null
),
listed as (
  select distinct c.customer_id as customer_id from customers as c where c.customer_id is not null
)
select
  c.invoice_id as invoice_id,
  case
    when i.customer_no is not null then i.customer_no
    when h.customer_id is not null then null
    when e.customers = 1 then e.customer_no
    when m.customers = 1 then m.customer_no
    when b.customers = 1 then b.customer_no
    when d.customers = 1 then d.customer_no
  end as customer_no,
  case
    when i.customer_no is not null or h.customer_id is not null then 0
    when e.customers = 1 or m.customers = 1 or b.customers = 1 or d.customers = 1 then 0
    when e.customers > 1 or m.customers > 1 or b.customers > 1 or d.customers > 1 then 1
    else 0
  end as several,
  cast(floor(epoch(c.issued_at)) as bigint) as issued_s,
  cast(floor(epoch(coalesce(c.paid_at, case when c.status in ('paid', 'partially_refunded', 'refunded') then c.issued_at end))) as bigint) as paid_s,
  c.amount - coalesce(c.refunded, case when c.status = 'refunded' then c.amount else 0 end) as amount,
  coalesce(c.status, 'paid') as status
from copies as c
left join key_owners as i on i.kind = 'customer id' and i.match_key = c.customer_id
left join listed as h on h.customer_id = c.customer_id
left join key_owners as e on e.kind = 'e-mail' and e.match_key = c.email
left join key_owners as m on m.kind = 'company name' and m.match_key = c.company
left join bridge as b on b.kind = 'e-mail' and b.match_key = c.email
left join bridge as d on d.kind = 'company name' and d.match_key = c.company
where c.copy = 1 and coalesce(c.status, 'paid') not in ('draft', 'void')
