"""Times knowledge tracing beside pyBKT, in one run and on the same answers.

    python compare.py --ours PATH [--dump DIR]

`--ours` is the built `measures`. Log-likelihoods under both sets of parameters are compared, too. See README.md.
"""

import argparse
import json
import math
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
from pyBKT.models import Model  # noqa: E402


def likelihood(series, prior, learn, guess, slip):
    """Log-likelihood of series of answers, by the plain recurrence."""
    total = 0.0
    for answers in series:
        known = prior
        for right in answers:
            chance = known * (1 - slip) + (1 - known) * guess
            total += math.log(chance if right else 1 - chance)
            after = known * (1 - slip) / chance if right else known * slip / (1 - chance)
            known = after + (1 - after) * learn
    return total


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--ours", required=True)
    words.add_argument("--dump", type=pathlib.Path)
    asked = words.parse_args()
    folder = asked.dump or pathlib.Path(tempfile.mkdtemp())
    subprocess.run([asked.ours, "bkt", "--dump", str(folder)], check=True)
    ours = json.loads((folder / "ours.json").read_text())
    rows = pd.read_csv(folder / "answers.csv")
    model = Model(seed=42, num_fits=1, parallel=False)
    start = time.process_time()
    model.fit(data=rows)
    fitting = time.process_time() - start
    start = time.process_time()
    model.predict(data=rows)
    predicting = time.process_time() - start
    n = len(rows)
    print(f"{'what':<10} {'ours rows/s':>14} {'pyBKT rows/s':>14} {'ratio':>8}")
    for name, own, peer in (("fit", ours["fit_s"], fitting), ("predict", ours["predict_s"], predicting)):
        print(f"{name:<10} {n / own:>14.0f} {n / peer:>14.0f} {peer / own:>8.0f}")
    params = model.params()["value"]
    worst = math.inf
    print(f"\n{'skill':<8} {'ours':>12} {'pyBKT':>12} {'for an answer':>14}  log-likelihood of all answers")
    for own in ours["skills"]:
        name = own["skill"]
        of_skill = rows[rows["skill_name"] == name]
        series = [one["correct"].tolist() for _, one in of_skill.groupby("user_id", sort=False)]
        value = lambda key: float(params.loc[(name, key, "default")])  # noqa: E731
        mine = likelihood(series, own["prior"], own["learn"], own["guess"], own["slip"])
        peer = likelihood(series, value("prior"), value("learns"), value("guesses"), value("slips"))
        gain = (mine - peer) / len(of_skill)
        worst = min(worst, gain)
        print(f"{name:<8} {mine:>12.3f} {peer:>12.3f} {gain:>14.2e}")
    if worst < -1e-3:
        sys.exit("our parameters explain the answers worse")


if __name__ == "__main__":
    main()
