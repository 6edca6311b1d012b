-- The first and the last month with a contact.
select min(c.month) as first, max(c.month) as last from contacts as c
