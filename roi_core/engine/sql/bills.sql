-- One row per bill: an invoice that stands in two exports (invoices and payments) counts once, in the state of the first file.
with copies as (
  select i.*, row_number() over (partition by i.invoice_id order by i.file_no, i.row_no) as copy
  from invoices as i
  where i.invoice_id is not null and i.issued_at is not null
)
select
  c.invoice_id as invoice_id,
  c.customer_id as customer_id,
  cast(floor(epoch(c.issued_at)) as bigint) as issued_s,
  cast(floor(epoch(coalesce(c.paid_at, case when c.status in ('paid', 'partially_refunded', 'refunded') then c.issued_at end))) as bigint) as paid_s,
  c.amount as amount,
  coalesce(c.status, 'paid') as status
from copies as c
where c.copy = 1 and coalesce(c.status, 'paid') not in ('draft', 'void')
