-- Payments that name no invoice, by part.
select i.part_no as part_no, count(*) as n from invoices as i where i.payment_row_id = i.invoice_id group by i.part_no order by part_no
