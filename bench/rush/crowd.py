"""The crowd of `booking.py`, in a process of its own: `python -m bench.rush.crowd FILE`."""

import json
import sys
from pathlib import Path

from bench.rush.families import rush

if __name__ == "__main__":
    told = json.loads(Path(sys.argv[1]).read_text())
    seen = rush(told["origin"], told["links"], told["seed"])
    print(
        json.dumps(
            {
                "ends": seen.ends,
                "p50": seen.percentile(0.5),
                "p99": seen.percentile(0.99),
                "took": round(seen.took, 2),
                "pages": len(seen.seconds),
            }
        )
    )
