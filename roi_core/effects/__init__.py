"""What support changed: comparisons with their gates, grades, ladders and sentences."""
