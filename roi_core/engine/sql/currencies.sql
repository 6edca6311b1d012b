-- Currencies that money is stated in, most frequent first.
select upper(c.currency) as currency, count(*) as n
from (
  select currency from subscriptions union all select currency from invoices union all select currency from customers
) as c
where c.currency is not null
group by upper(c.currency)
order by n desc, currency
