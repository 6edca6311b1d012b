"""How long customers stay, or in a shop how soon they order again: a description by groups, no comparison that says why."""

from roi_core.effects.staying.answer import LEAST_CUSTOMERS, MOST_GROUPS, all_staying
from roi_core.effects.staying.found import MARKS, Cohort, Group, Staying, staying_as_json
from roi_core.effects.staying.spells import EVERYBODY, FIRST_CONTACT

__all__ = ["EVERYBODY", "FIRST_CONTACT", "LEAST_CUSTOMERS", "MARKS", "MOST_GROUPS", "Cohort", "Group", "Staying", "all_staying", "staying_as_json"]
