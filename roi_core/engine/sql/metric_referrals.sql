-- One row per customer who was won through another, with the traits of who referred.
with places as (
  select r.part_no as part_no, r.row_no as row_no,
    row_number() over (partition by r.referrer_id, r.referred_id order by r.file_no desc, r.row_no desc) as copy
  from referrals as r
  where r.referrer_id is not null and r.referred_id is not null and r.at is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when r.referrer_id is not null then concat('referrer_id ', r.referrer_id) end, concat('row ', r.file_no, ' ', r.row_no))) as cluster_no,
  r.referrer_id as referrer_key,
  r.referred_id as referred_key,
  cast(extract(year from r.at) * 12 + extract(month from r.at) - 1 as integer) as month,
  cast(floor(epoch(r.at)) as bigint) as at_s,
  r.channel as channel,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  cast(r.amount as double) as amount,
  case when d.customer_no is not null then true else false end as became_customer
from referrals as r
inner join places as p on p.part_no = r.part_no and p.row_no = r.row_no and p.copy = 1
left join spine as s on s.customer_key = r.referrer_id
left join spine as d on d.customer_key = r.referred_id
