"""Who is compared with whom: the design, and the arrays it selects from the facts."""
