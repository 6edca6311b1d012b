-- Everybody who wrote, once, as a customer of whom nothing else is known.
select
  r.customer_no as customer_no,
  min(r.cluster_no) as cluster_no,
  min(r.started_s) as started_s,
  cast(null as bigint) as churned_s,
  cast(null as varchar) as plan,
  cast(null as varchar) as segment,
  cast(null as varchar) as industry,
  cast(null as varchar) as country,
  cast(null as varchar) as region,
  cast(null as integer) as started_month,
  cast(null as varchar) as customer_key,
  cast(null as varchar) as acquisition_channel,
  cast(null as varchar) as currency
from requesters as r
group by r.customer_no
order by r.customer_no
