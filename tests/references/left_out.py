"""The published figures that nothing of ours computes, by block, each with its reason; every other figure has a test."""

from collections.abc import Mapping

_COX = "no Cox model: method.md compares by trials and curves"

LEFT_OUT: Mapping[str, Mapping[str, str]] = {
    "wilson_newcombe_1998a": {},
    "newcombe_1998b_difference": {},
    "ucb_cmh": {},
    "fisher_tea": {},
    "power_prop_test": {},
    "evalue_vanderweele_ding_2017": {},
    "rosenbaum_lead": {},
    "gehan_6mp": {"cox_.*": _COX},
    "lung_ncctg": {"age.*|sex.*|LR|concordance": _COX},
    "rossi_cox": {".*": _COX},
    "stanford_td_cox": {".*": _COX},
    "matchit_lalonde_nn": {},
    "nhefs_what_if": {},
    "bgnbd_cdnow": {},
    "sbg_fader_hardie_2007": {},
    "npv_irr_excel": {".*": "no net present value or internal rate yet: issue of the ledger"},
    "markov_puzyrov": {".*": "no attribution yet: its own issue"},
    "ucla_admissions": {},
    "brier": {".*": "no prediction is scored yet"},
    "benjamini_hochberg_1995": {},
    "rank_correlations": {},
    "nps_margin": {},
    "welch_sleep": {},
    "nist_norris": {},
}
