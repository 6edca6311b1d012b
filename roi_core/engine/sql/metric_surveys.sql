-- Surveys that were sent and answered, a row for each file; a second one without surveys says until which month its answers go.
select row_number() over (order by s.first_month, s.asked) as cluster_no, s.first_month as month, s.asked as asked, s.answered as answered
from surveys_sent as s
union all
select 0 as cluster_no, s.last_month as month, 0 as asked, 0 as answered
from surveys_sent as s
