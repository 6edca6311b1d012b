-- The customer of each e-mail address that one customer of the list alone has.
select c.email as email, min(c.customer_id) as customer_id
from customers as c
where c.email is not null and c.customer_id is not null
group by c.email
having count(distinct c.customer_id) = 1
