"""Rows of the table whose outcome is seen by another test: on a page, in a browser, in a workspace, or in the answer."""

COVERED_ELSEWHERE: dict[int, tuple[str, ...]] = {}
