"""`python -m specwright`."""

from __future__ import annotations

import sys

if not sys.flags.safe_path:
    # Python put the current folder first, where a `yaml.py` of someone else's would be ours; `python -P` does not.
    del sys.path[0]

from specwright.cli import main

sys.exit(main())
