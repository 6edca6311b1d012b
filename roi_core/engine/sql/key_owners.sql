-- One customer a key: the one that started first where a key fits several, how many it fits, and whether it says who is meant:
-- it fits one, or several customers that the files give the same account.
select
  k.kind as kind,
  k.match_key as match_key,
  min(k.customer_no) as customer_no,
  count(*) as customers,
  count(*) = 1 or (count(p.account_key) = count(*) and min(p.account_key) = max(p.account_key)) as is_clear
from customer_keys as k
inner join people as p on p.customer_no = k.customer_no
group by k.kind, k.match_key
