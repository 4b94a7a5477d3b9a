"""`python -m benchmarks.start`."""

import sys

from benchmarks.start.run import main

sys.exit(main())
