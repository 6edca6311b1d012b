"""Speed and scale, measured in one run: `make bench`."""
