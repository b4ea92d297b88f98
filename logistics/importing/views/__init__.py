"""Pages of imports: upload, columns, rows, names, steps. Whose import it is, is asked in ``access``."""
