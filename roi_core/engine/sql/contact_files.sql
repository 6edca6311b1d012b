-- Lists of contacts of a CRM among the customer files: nobody in them pays, and somebody elsewhere does. They tie, they are no customers.
with payers as (
  select s.customer_id as customer_id from subscriptions as s where s.customer_id is not null
  union select i.customer_id as customer_id from invoices as i where i.customer_id is not null
  union select o.customer_id as customer_id from orders as o where o.customer_id is not null
),
files as (
  select
    c.file_no as file_no,
    count(*) as contacts,
    count(c.account_id) as tied,
    max(case when y.customer_id is not null or c.mrr is not null or c.churned_at is not null or c.plan is not null then 1 else 0 end) as pays
  from customers as c
  left join payers as y on y.customer_id = c.customer_id
  group by c.file_no
)
select f.file_no as file_no, f.contacts as contacts
from files as f
where f.pays = 0 and ((select count(*) from subscriptions) > 0 or (f.tied > 0 and (select max(g.pays) from files as g) = 1))
