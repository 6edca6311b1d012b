-- One customer a key: the one that started first where a key fits several, and how many it fits.
select k.kind as kind, k.match_key as match_key, min(k.customer_no) as customer_no, count(*) as customers
from customer_keys as k
group by k.kind, k.match_key
