"""What all errors for a user have in common."""


class SupportRoiError(Exception):
    """Base of all errors that are shown to a user as they are."""
