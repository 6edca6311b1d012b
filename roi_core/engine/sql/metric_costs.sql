-- The cost sheet as metrics read it: each line stands for itself.
select
  row_number() over (order by c.month, c.component) as cluster_no,
  c.month as month,
  c.component as component,
  c.amount as amount
from costs as c
