-- What a customer can be called by: the keys of its company and its e-mail address, in the order of customer numbers.
select p.customer_key as customer_key, p.company as company, p.email as email
from people as p
order by p.customer_no
