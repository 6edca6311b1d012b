-- Every customer once, in the month in which they left; that of who did not leave, or left outside of the months that are followed, is null.
select
  s.cluster_no as cluster_no,
  s.customer_no as customer_no,
  s.customer_key as customer_key,
  k.month as month,
  s.churned_s as at_s,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  s.churned_s as churned_s,
  s.churn_kind as churn_kind,
  cast(s.churned_s - s.started_s as double) / 2629800 as lifetime_months,
  s.first_mrr as first_mrr,
  s.contacts as contacts
from spine as s
left join calendar as k on s.churned_s >= k.start_s and s.churned_s < k.end_s
