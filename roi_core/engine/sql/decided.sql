-- What the user decided about a key and a customer, where that customer is in the files.
select d.verdict as verdict, d.kind as kind, d.match_key as match_key, p.customer_no as customer_no
from decisions as d
inner join people as p on p.customer_key = d.customer_key
