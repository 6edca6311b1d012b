-- The customers of a flat file, in file order; a customer that stands twice is taken once.
with numbered as (
  select f.*, row_number() over (partition by coalesce(f.customer_id, cast(f.row_no as varchar)) order by f.file_no, f.row_no) as copy
  from flat as f
)
select n.* from numbered as n where n.copy = 1 order by n.file_no, n.row_no
