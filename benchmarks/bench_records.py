"""CPU seconds a run: futures of record-level data, beside the public Python model's 11.0.

One run is one draw of inpatients, outpatients and A&E with settings, expected values and counts.
Reading parquet and summing it into cells is done once for any number of draws, and is timed
beside, not within. The public model's 11.0 (inpatients 7.6, outpatients 2.4, A&E 1.0) was
measured on the same data; a run of it also reports by age, specialty and step, so the second
line counts by sex and age group as well.
"""

import time
from pathlib import Path

from footprint.records.draw import draw, prepare
from footprint.records.parameters import read_parameters
from footprint.records.read import read_records

DATA = Path(__file__).parents[2] / "shared" / "data" / "records_synthetic"
REFERENCE = 11.0
DRAWS = 4096


def main() -> dict[str, float]:
    """Time the draws and say what was found."""
    if not DATA.is_dir():
        print("skipped: the synthetic records belong in ../shared/data/records_synthetic")
        return {}
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        print("skipped: pip install 'footprint[records]'")
        return {}
    started = time.process_time()
    records = read_records(DATA)
    params = read_parameters(DATA / "params_256.json")
    read = time.process_time() - started
    found = {"reference_cpu_seconds_per_run": REFERENCE, "cpu_seconds_read_once": read}
    for name, by in (("", ("pod",)), ("_by_sex_and_age", ("pod", "sex", "age_group"))):
        started = time.process_time()
        prepared = prepare(records, params, by)
        once = time.process_time() - started
        started = time.process_time()
        draw(prepared, DRAWS)
        each = (time.process_time() - started) / DRAWS
        found[f"cpu_seconds_per_run{name}"] = each
        found[f"cpu_seconds_cells_once{name}"] = once
        print(
            f"by {', '.join(by)}: {each * 1000:.2f} ms of CPU a run, {REFERENCE / each:,.0f} times "
            f"faster; once: {read:.1f} s to read, {once:.1f} s to sum into cells"
        )
    return found


if __name__ == "__main__":
    main()
