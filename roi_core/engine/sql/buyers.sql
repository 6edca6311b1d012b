-- Orders and bills that stand, and how many buyers and payers they have by the first of customer id, e-mail, telephone number and name.
-- An order below 0 is a credit note.
with placed as (
  select o.* from orders as o where coalesce(o.status, 'paid') not in ('cancelled', 'failed') and coalesce(o.amount, 0) >= 0
)
select
  (select count(*) from placed) as orders,
  (select count(distinct coalesce(o.customer_id, o.email, o.phone, o.company)) from placed as o) as buyers,
  (select count(*) from invoices as i where coalesce(i.status, 'paid') not in ('draft', 'void', 'failed')) as bills,
  (
    select count(distinct coalesce(i.customer_id, i.email, i.company)) from invoices as i where coalesce(i.status, 'paid') not in ('draft', 'void', 'failed')
  ) as payers
