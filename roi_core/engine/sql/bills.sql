-- One row per bill: an invoice that stands in two files of one system counts once, in its latest state, with what is left of its
-- amount after refunds. A payment (a row with a payment id) is no bill of its own where its invoice is there: by its id, else, where it
-- names none, by customer, amount and a day at most three days off. Payments whose invoice is in no file add up; of those that failed one
-- stays, and only where none went through.
-- A bill has at most one customer: by customer id, else by an e-mail address, company name or CRM account that fits exactly one.
-- Numbers that stand in several rows: only these have copies to put in order.
with common as (
  select i.invoice_id as invoice_id from invoices as i where i.invoice_id is not null group by i.invoice_id having count(*) > 1
),
repeated as (
  select i.system_no as system_no, i.invoice_id as invoice_id, i.payment_row_id as payment_row_id
  from invoices as i
  inner join common as c on c.invoice_id = i.invoice_id
  group by i.system_no, i.invoice_id, i.payment_row_id
  having count(*) > 1
),
several as (
  select i.part_no as part_no, i.row_no as row_no, i.file_no as file_no, i.system_no as system_no, i.invoice_id as invoice_id,
    i.payment_row_id as payment_row_id, coalesce(i.customer_id, i.email, i.company) as buyer, i.issued_at as issued_at,
    coalesce(i.paid_at, i.issued_at) as settled_at, coalesce(i.refunded, 0) as refunded
  from invoices as i
  inner join repeated as r on r.system_no = i.system_no and r.invoice_id = i.invoice_id and r.payment_row_id is not distinct from i.payment_row_id
),
crowded as (
  select distinct i.system_no as system_no, i.invoice_id as invoice_id
  from several as i
  where i.payment_row_id is null
  group by i.system_no, i.invoice_id, i.file_no
  having count(distinct i.buyer) > 1
),
places as (
  select i.part_no as part_no, i.row_no as row_no,
    row_number() over (
      partition by i.system_no, i.invoice_id, i.payment_row_id, case when k.invoice_id is not null then i.buyer end
      order by i.settled_at desc, i.refunded desc, i.file_no, i.row_no
    ) as copy
  from several as i
  left join crowded as k on k.system_no = i.system_no and k.invoice_id = i.invoice_id
  where i.issued_at is not null
),
dated as (
  select i.invoice_id as invoice_id, i.payment_row_id as payment_row_id, i.customer_id as customer_id, i.email as email, i.company as company,
    i.issued_at as issued_at, i.paid_at as paid_at, i.amount as amount, i.refunded as refunded, i.currency as currency,
    coalesce(i.status, 'paid') as state
  from invoices as i
  left join places as c on c.part_no = i.part_no and c.row_no = i.row_no
  where i.invoice_id is not null and i.issued_at is not null and coalesce(c.copy, 1) = 1
    and coalesce(i.status, 'paid') not in ('draft', 'void')
),
stated as (
  select d.* from dated as d where d.payment_row_id is null
),
payments as (
  select
    o.*,
    case when o.state = 'failed' then 1 else 0 end as failed,
    min(case when o.state = 'failed' then 1 else 0 end) over (partition by o.invoice_id) as all_failed,
    row_number() over (partition by o.invoice_id, case when o.state = 'failed' then 1 else 0 end order by o.issued_at desc, o.payment_row_id) as attempt
  from dated as o
  where o.payment_row_id is not null
),
owed as (
  select s.*, cast(round(s.amount * 100) as bigint) as cents from stated as s
),
loose as (
  select p.*, cast(round(p.amount * 100) as bigint) as cents from payments as p where p.invoice_id = p.payment_row_id
),
alike as (
  select p.payment_row_id as payment_row_id, i.invoice_id as invoice_id, p.failed as failed, p.issued_at as paid_at, i.issued_at as issued_at,
    i.paid_at as settled_at, coalesce(p.currency = i.currency, true) as one_currency
  from loose as p
  inner join owed as i on i.customer_id = p.customer_id and i.cents = p.cents
  union
  select p.payment_row_id as payment_row_id, i.invoice_id as invoice_id, p.failed as failed, p.issued_at as paid_at, i.issued_at as issued_at,
    i.paid_at as settled_at, coalesce(p.currency = i.currency, true) as one_currency
  from loose as p
  inner join owed as i on i.email = p.email and i.cents = p.cents
),
apart as (
  select a.*, least(abs(epoch(a.paid_at) - epoch(a.issued_at)), abs(epoch(a.paid_at) - epoch(coalesce(a.settled_at, a.issued_at)))) as gap
  from alike as a
  where a.one_currency
),
near as (
  select a.*,
    row_number() over (partition by a.payment_row_id order by a.gap, a.invoice_id) as from_payment,
    row_number() over (partition by a.failed, a.invoice_id order by a.gap, a.payment_row_id) as from_invoice
  from apart as a
  where a.gap <= 259200
),
settling as (
  select p.payment_row_id as payment_row_id, p.invoice_id as invoice_id from payments as p where p.invoice_id in (select s.invoice_id from stated as s)
  union
  select n.payment_row_id as payment_row_id, n.invoice_id as invoice_id
  from near as n
  where n.failed = 1 and n.from_payment = 1 or n.from_payment = 1 and n.from_invoice = 1
),
settled as (
  select s.invoice_id as invoice_id, min(p.issued_at) as paid_at,
    cast(sum(cast(coalesce(p.refunded, case when p.state = 'refunded' then p.amount else 0 end) as decimal(38, 9))) as double) as refunded
  from settling as s
  inner join payments as p on p.payment_row_id = s.payment_row_id
  where p.state in ('paid', 'partially_refunded', 'refunded', 'disputed')
  group by s.invoice_id
),
copies as (
  select s.invoice_id as invoice_id, s.customer_id as customer_id, s.email as email, s.company as company, s.issued_at as issued_at,
    s.amount as amount, s.currency as currency,
    case when s.state in ('failed', 'uncollectible') and p.invoice_id is not null then 'paid' else s.state end as status,
    coalesce(s.paid_at, p.paid_at) as paid_at,
    coalesce(s.refunded, p.refunded) as refunded
  from stated as s
  left join settled as p on p.invoice_id = s.invoice_id
  union all
  select p.payment_row_id as invoice_id, p.customer_id as customer_id, p.email as email, p.company as company, p.issued_at as issued_at,
    p.amount as amount, p.currency as currency, p.state as status, p.paid_at as paid_at, p.refunded as refunded
  from payments as p
  where p.payment_row_id not in (select s.payment_row_id from settling as s) and (p.failed = 0 or p.all_failed = 1 and p.attempt = 1)
),
listed as (
  select distinct c.customer_id as customer_id from customers as c where c.customer_id is not null
),
-- Further keys are looked at only where the id is no customer's.
owned as (
  select c.*, i.customer_no as by_id,
    case when i.customer_no is null then c.customer_id end as open_id,
    case when i.customer_no is null then c.email end as open_email,
    case when i.customer_no is null then c.company end as open_company
  from copies as c
  left join key_owners as i on i.kind = 'customer id' and i.match_key = c.customer_id
)
select
  c.invoice_id as invoice_id,
  case
    when c.by_id is not null then c.by_id
    when h.customer_id is not null then null
    when e.customers = 1 then e.customer_no
    when m.customers = 1 then m.customer_no
    when b.customers = 1 then b.customer_no
    when d.customers = 1 then d.customer_no
  end as customer_no,
  case
    when c.by_id is not null or h.customer_id is not null then 0
    when e.customers = 1 or m.customers = 1 or b.customers = 1 or d.customers = 1 then 0
    when e.customers > 1 or m.customers > 1 or b.customers > 1 or d.customers > 1 then 1
    else 0
  end as several,
  cast(floor(epoch(c.issued_at)) as bigint) as issued_s,
  cast(extract(year from c.issued_at) * 12 + extract(month from c.issued_at) - 1 as integer) as issued_month,
  cast(floor(epoch(coalesce(c.paid_at, case when c.status in ('paid', 'partially_refunded', 'refunded') then c.issued_at end))) as bigint) as paid_s,
  c.amount - coalesce(c.refunded, case when c.status = 'refunded' then c.amount else 0 end) as amount,
  c.currency as currency,
  c.status as status
from owned as c
left join listed as h on h.customer_id = c.open_id
left join key_owners as e on e.kind = 'e-mail' and e.match_key = c.open_email
left join key_owners as m on m.kind = 'company name' and m.match_key = c.open_company
left join bridge as b on b.kind = 'e-mail' and b.match_key = c.open_email
left join bridge as d on d.kind = 'company name' and d.match_key = c.open_company
