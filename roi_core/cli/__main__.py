"""`python -m roi_core.cli` is `support-roi`."""

import sys

from roi_core.cli import main

sys.exit(main())
