import pkgutil
import subprocess
import sys

import roi_core.stats

HEAVY = ("scipy.stats", "scipy.optimize", "scipy.special", "statsmodels", "pandas", "sklearn")


def test_nothing_heavy_is_loaded_before_it_is_needed():
    names = [f"roi_core.stats.{module.name}" for module in pkgutil.iter_modules(roi_core.stats.__path__)]
    script = f"import sys, {', '.join(names)}; print([m for m in {HEAVY!r} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
