"""From effects to money: margin kept, the cost of support, returns and break-even, each with the doubt it came with."""
