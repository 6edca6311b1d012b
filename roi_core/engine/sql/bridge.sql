-- From a key of a CRM to the customers who pay: contacts belong to an account (else to the company they name), and an account
-- is a customer's by its id, its name, or the billing address of one of its contacts who belongs to no other account.
-- A key says who is meant where it leads to one customer, or to several by the id of one account.
with contact_rows as (
  select c.customer_id as contact_id, c.email as email, c.company as company, coalesce(c.account_id, c.company) as node
  from customers as c
  left join people as p on p.customer_key = c.customer_id
  where p.customer_no is null and (c.account_id is not null or (c.company is not null and c.file_no in (select f.file_no from contact_files as f)))
),
keys_of_nodes as (
  select 'e-mail' as kind, r.email as match_key, r.node as node from contact_rows as r where r.email is not null
  union select 'customer id' as kind, r.contact_id as match_key, r.node as node from contact_rows as r where r.contact_id is not null
  union select 'company name' as kind, r.company as match_key, r.node as node from contact_rows as r where r.company is not null
  union select 'company name' as kind, a.name as match_key, a.account_id as node from accounts as a where a.name is not null and a.account_id is not null
  union select 'account id' as kind, r.node as match_key, r.node as node from contact_rows as r
  union select 'account id' as kind, a.account_id as match_key, a.account_id as node from accounts as a where a.account_id is not null
  union select 'account id' as kind, p.account_key as match_key, p.account_key as node from people as p where p.account_key is not null
),
lonely as (
  select n.match_key as match_key, max(n.node) as node from keys_of_nodes as n where n.kind = 'e-mail' group by n.match_key having count(*) = 1
),
node_customers as (
  select p.account_key as node, p.customer_no as customer_no, 1 as by_account from people as p where p.account_key is not null
  union
  select n.node as node, k.customer_no as customer_no, 1 as by_account
  from keys_of_nodes as n
  inner join customer_keys as k on k.kind in ('customer id', 'external id') and k.match_key = n.node
  where n.kind = 'account id'
  union
  select n.node as node, k.customer_no as customer_no, 0 as by_account
  from keys_of_nodes as n
  inner join customer_keys as k on k.kind = 'company name' and k.match_key = n.match_key
  where n.kind = 'company name'
  union
  select o.node as node, k.customer_no as customer_no, 0 as by_account
  from lonely as o
  inner join customer_keys as k on k.kind = 'e-mail' and k.match_key = o.match_key
)
select
  n.kind as kind,
  n.match_key as match_key,
  min(c.customer_no) as customer_no,
  count(distinct c.customer_no) as customers,
  count(distinct n.node) as accounts,
  count(distinct c.customer_no) = 1
    or (count(distinct n.node) = 1 and count(distinct case when c.by_account = 1 then c.customer_no end) = count(distinct c.customer_no)) as is_clear
from keys_of_nodes as n
inner join node_customers as c on c.node = n.node
group by n.kind, n.match_key
