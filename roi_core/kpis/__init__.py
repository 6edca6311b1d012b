"""Key figures as a reader looks at them: which, of which period, beside what, and down to the rows."""

from roi_core.kpis.behind import Asked
from roi_core.kpis.books import About, Books, books_of, open_books
from roi_core.kpis.breakdown import Breakdown, breakdown
from roi_core.kpis.figures import Figure, figures

__all__ = ["About", "Asked", "Books", "Breakdown", "Figure", "books_of", "breakdown", "figures", "open_books"]
