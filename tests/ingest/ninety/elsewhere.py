"""Rows of the table whose outcome is seen by another test: on a page, in a browser, in a workspace, in an answer, or by a choice of the user."""

COVERED_ELSEWHERE: dict[int, tuple[str, ...]] = {
    4: ("tests/effects/test_flat.py::test_only_one_group_or_one_outcome_gives_no_number",),
    31: ("tests/charts/test_rows.py::test_odd_names_draw_all_their_rows",),
    32: (
        "tests/pages/test_plain.py::test_a_markdown_reader_sees_the_text_and_nothing_else",
        "tests/browser/test_hostile.py::test_hostile_text_is_shown_and_fetches_nothing",
    ),
    36: ("tests/ingest/test_ninety.py::test_a_table_of_too_many_rows_is_refused_and_never_cut",),
    37: (
        "tests/test_middleware.py::test_a_declared_length_is_refused_before_a_byte_is_read",
        "tests/test_middleware.py::test_uploads_stop_where_the_session_or_all_together_hold_enough",
    ),
    45: ("tests/money/test_returns.py::test_a_cost_of_nothing_has_no_return", "tests/test_value.py::test_a_cost_of_nothing_has_no_return"),
    46: ("tests/ingest/test_mapping.py::test_days_and_months_are_read_as_the_answer_says",),
    50: ("tests/ingest/test_mapping.py::test_a_zone_is_asked_once_for_all_times_and_moves_them",),
    53: ("tests/ingest/test_copies.py::test_copies_and_states_are_told_apart",),
    54: ("tests/ingest/test_merging.py::test_the_latest_ticket_is_in_the_facts_whatever_the_order_of_the_files",),
    55: ("tests/ingest/test_intake.py::test_the_same_file_is_loaded_once",),
    56: (
        "tests/ingest/test_merging.py::test_two_periods_that_overlap_say_how_many_and_how_many_differ",
        "tests/ingest/test_merging.py::test_a_subscription_in_two_files_is_paid_once_and_ends_as_the_later_file_says",
        "tests/ingest/test_merging.py::test_an_invoice_in_two_files_counts_once_in_its_latest_state",
    ),
    57: ("tests/test_bad_input.py::test_no_shared_customer_is_said_with_the_match_rate",),
    58: (
        "tests/spine/test_revenue_once.py::test_bridges_that_tie_everybody_to_everybody_add_nothing",
        "tests/spine/test_revenue_once.py::test_a_revenue_row_that_fits_several_customers_is_refused_and_counted",
    ),
    59: ("tests/test_bad_input.py::test_only_one_cohort", "tests/effects/test_checks.py::test_nobody_to_compare_with"),
    60: ("tests/test_bad_input.py::test_nobody_left", "tests/test_bad_input.py::test_everybody_left_is_the_one_reason_and_the_column_that_says_so_is_named"),
    82: ("tests/report/test_ledger_csv.py::test_what_could_run_stands_behind_an_apostrophe",),
    83: (
        "tests/ingest/test_mapping.py::test_changed_headers_ask_with_the_difference",
        "tests/ingest/test_mapping.py::test_the_order_and_the_case_of_headers_do_not_count",
    ),
    84: ("tests/ingest/test_mapping.py::test_a_mapping_that_cannot_be_read_is_refused_with_the_roles_and_nothing_is_kept",),
    86: (
        "tests/pages/test_state.py::test_a_first_load_that_does_not_end_leaves_no_work_behind",
        "tests/ingest/test_intake.py::test_a_run_that_fails_publishes_nothing",
    ),
    87: (
        "tests/workspace/test_store.py::test_a_disk_that_fails_leaves_the_version_before",
        "tests/workspace/test_store.py::test_a_failed_load_leaves_no_staging_and_no_version",
    ),
    88: (
        "tests/workspace/test_store.py::test_work_of_a_later_release_is_refused",
        "tests/workspace/test_store.py::test_changed_bytes_are_noticed",
        "tests/workspace/test_store.py::test_writers_at_once_lose_nothing",
    ),
    89: (
        "tests/workspace/test_store.py::test_unknown_forbidden_and_malformed_ids_get_the_same_words",
        "tests/pages/test_state.py::test_an_unknown_id_gives_the_same_neutral_message_again_and_again_and_an_example_is_a_click_away",
        "tests/browser/test_frame.py::test_an_unknown_address_of_work_says_so_and_lets_the_visitor_go_on",
    ),
    90: ("tests/ingest/test_ninety.py::test_quotes_and_commas_alone_take_no_time",),
}
"""Number of the row to the tests that see its outcome."""
