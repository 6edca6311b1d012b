"""Numbers only: numpy arrays in, small frozen results out. No tables, no business words."""
