-- Currencies that customers pay in.
select upper(s.currency) as currency from spine as s where s.currency is not null group by upper(s.currency) order by upper(s.currency)
