"""The benefits ledger: every unit of money stands in one line, and each line says how far it may be trusted."""

from roi_core.ledger.build import build_ledger
from roi_core.ledger.lines import Ledger, Line, ledger_as_json
from roi_core.ledger.rules import RULES, Rule
from roi_core.ledger.total import Roi, Sums, Total, add_up, roi, roi_as_json, total

__all__ = ["RULES", "Ledger", "Line", "Roi", "Rule", "Sums", "Total", "add_up", "build_ledger", "ledger_as_json", "roi", "roi_as_json", "total"]
