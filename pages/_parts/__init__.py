"""What the pages share: the list of pages, the frame around them, their state and how a result is shown."""
