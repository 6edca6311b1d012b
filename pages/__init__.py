"""The reader's questions, one file each. A page calls `roi_core` and shows what it returns; it computes nothing."""
