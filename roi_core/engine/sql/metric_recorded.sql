-- Which months the files tell, in one row. `first_left` and `last_left`: leaving is recorded. Left out are the first and the last months in
-- which nobody left where chance would bring so many in fewer than 1 of 1,000 cases: the files hold only customers who stayed until then, or
-- billing ends before the other files do. A run at the end must also be longer than any between two months with a leaver, since ends may
-- come together once a quarter or a year. `last_billed`: where leaving ends so, the month of the last start or end of a customer; who is
-- one at the start of a later month nobody knows. `last_left` is then a whole month of these. `first_written` and `last_written`: the whole
-- months with contacts, reached to within three days (259,200 seconds); where no customer months are known, nothing says whether the first and the
-- last month with a contact are whole, so these two are not. `last_written_s` is the last contact. Null where the files bound nothing.
with months as (
  select p.month as month, count(*) as at_risk, count(*) - count(n.customer_no) as gone
  from person_months as p
  left join person_months as n on n.customer_no = p.customer_no and n.month = p.month + 1
  group by p.month
),
ends as (
  select min(m.month) as first_month, max(m.month) as last_month from months as m
),
events as (
  select s.started_s as at_s, 0 as is_end from spine as s
  union all
  select s.churned_s as at_s, 1 as is_end from spine as s
),
dated as (
  select k.month as month, sum(v.is_end) as ended, max(v.at_s) as last_s
  from events as v
  inner join calendar as k on v.at_s >= k.start_s and v.at_s < k.end_s
  cross join ends as e
  where k.month between e.first_month and e.last_month
  group by k.month
),
followed as (
  select m.month as month, m.at_risk as at_risk, coalesce(d.ended, 0) as ended,
    case when m.month < e.last_month then m.at_risk else 0 end as watched,
    case when m.month < e.last_month then m.gone else 0 end as gone
  from months as m
  cross join ends as e
  left join dated as d on d.month = m.month
),
gaps as (
  select max(l.next_month - l.month - 1) as longest
  from (select f.month as month, lead(f.month) over (order by f.month) as next_month from followed as f where f.ended > 0) as l
),
bounds as (
  select min(case when f.gone > 0 then f.month end) as first_gone, max(case when f.ended > 0 then f.month end) as last_end from followed as f
),
silence as (
  select
    max(b.first_gone) as first_gone,
    max(b.last_end) as last_end,
    pow(1 - cast(sum(case when f.month < b.first_gone then f.watched else 0 end) as double) / nullif(sum(f.watched), 0), sum(f.gone)) as before_first,
    case when max(e.last_month) - max(b.last_end) > max(g.longest) then
      pow(1 - cast(sum(case when f.month > b.last_end then f.at_risk else 0 end) as double) / sum(f.at_risk), sum(f.ended))
    end as after_last
  from followed as f
  cross join bounds as b
  cross join ends as e
  cross join gaps as g
),
evidence as (
  select d.month as month, case when d.last_s >= k.end_s - 259200 then d.month else d.month - 1 end as whole
  from dated as d
  inner join calendar as k on k.month = d.month
  where d.month = (select max(a.month) from dated as a)
),
written as (
  select min(c.created_s) as first_s, max(c.created_s) as last_s, min(c.month) as first_month, max(c.month) as last_month from contacts as c
)
select
  (select s.first_gone from silence as s where s.before_first < 0.001) as first_left,
  (select least(s.last_end, v.whole) from silence as s cross join evidence as v where s.after_last < 0.001) as last_left,
  (select v.month from silence as s cross join evidence as v where s.after_last < 0.001) as last_billed,
  (
    select min(k.month)
    from calendar as k
    cross join written as w
    cross join ends as e
    where k.start_s + 259200 >= w.first_s and k.month >= coalesce(e.first_month, w.first_month + 1)
  ) as first_written,
  (
    select max(k.month)
    from calendar as k
    cross join written as w
    cross join ends as e
    where k.end_s - 259200 <= w.last_s and k.month <= coalesce(e.last_month, w.last_month - 1)
  ) as last_written,
  (select w.last_s from written as w) as last_written_s
