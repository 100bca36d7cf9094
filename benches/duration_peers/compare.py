"""Hours of tasks beside LightGBM's quantile regression, along the same log.

    python compare.py --csv FILE [--ours COMMAND] [--warm 0.3] [--refit 0.1] [--holdout] [--trees N]

Every task is forecast from what was completed before the day it was estimated. LightGBM is fitted anew each time
another `--refit` of the scored tasks is completed; a task is forecast by the newest such fit from before its estimate.
`--ours` is the command that runs this project's tasks, for example `cargo xtask` or `target/release/xtask`; without
it only the peers are shown. See README.md.
"""

import argparse
import json
import math
import shlex
import subprocess
import warnings

import lightgbm as lgb
import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
KINDS = ("person", "type", "subtype", "project", "requester", "priority")
MAX_H = 2000.0


def read(path):
    """The rows that can be used, by completion; the same rules as `cargo xtask eval duration`."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in ("task_id", *KINDS, "estimate_h", "estimated_at"):
        if name not in rows:
            rows[name] = ""
    for name in ("estimate_h", "actual_h"):
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
    # a plain date of completion is its last moment: when on that day is not known
    plain = rows.completed_at.str.strip().str.len().le(10)
    for name in ("estimated_at", "completed_at"):
        rows[name] = pd.to_datetime(rows[name].str.strip(), errors="coerce", utc=True, format="ISO8601")
    rows.loc[plain, "completed_at"] += pd.Timedelta(days=1) - pd.Timedelta(milliseconds=86)
    fits = rows.actual_h.gt(0) & rows.actual_h.le(MAX_H) & rows.completed_at.notna()
    fits &= ~(rows.estimate_h.le(0) | rows.estimate_h.gt(MAX_H))
    fits &= ~(rows.estimated_at > rows.completed_at)
    rows = rows[fits].sort_values("completed_at", kind="stable").reset_index(drop=True)
    rows["asked"] = rows.estimated_at.fillna(rows.completed_at)
    return rows


def features(rows):
    out = pd.DataFrame({"log_estimate": np.log(rows.estimate_h)})
    for name in KINDS:
        # codes of the whole file: only equality counts, and a level not yet seen in training is an unknown one
        out[name] = pd.Categorical(rows[name]).codes
    days = (rows.asked - rows.asked.min()).dt.total_seconds() / 86400
    out["day"] = days
    return out


def pinball(level, was, said):
    return np.where(was >= said, level * (was - said), (1 - level) * (said - was))


def lightgbm(rows, first, every, trees, holdout):
    """Quantiles of log hours of rows from `first` on, an array of rows by levels."""
    x, y = features(rows), np.log(rows.actual_h.to_numpy())
    said = np.full((len(rows), len(LEVELS)), np.nan)
    step = max(1, int(every * len(rows)))
    ends = [e for e in range(step, len(rows), step)]
    days = rows.completed_at.to_numpy()
    starts = [days[e] for e in ends]
    asked = rows.asked.to_numpy()
    newest = np.searchsorted(starts, asked, side="right") - 1
    # a task estimated before the first fit is forecast by it all the same: a favour to LightGBM
    newest = np.maximum(newest, 0)
    for k, start in enumerate(starts):
        train = np.flatnonzero(days < start)
        test = np.flatnonzero((newest == k) & (np.arange(len(rows)) >= first))
        if not len(train) or not len(test):
            continue
        for i, level in enumerate(LEVELS):
            settings = dict(objective="quantile", alpha=level, learning_rate=0.05, num_leaves=31,
                            min_data_in_leaf=20, cat_smooth=10, verbose=-1, num_threads=2, seed=1)
            names = list(KINDS)
            rounds = trees
            if holdout:
                cut = int(0.85 * len(train))
                a = lgb.Dataset(x.iloc[train[:cut]], y[train[:cut]], categorical_feature=names)
                b = lgb.Dataset(x.iloc[train[cut:]], y[train[cut:]], reference=a, categorical_feature=names)
                fit = lgb.train(settings, a, 500, valid_sets=[b], callbacks=[lgb.early_stopping(30, verbose=False)])
                rounds = max(20, fit.best_iteration)
            data = lgb.Dataset(x.iloc[train], y[train], categorical_feature=names)
            said[test, i] = lgb.train(settings, data, rounds).predict(x.iloc[test])
    return np.sort(said, axis=1)


def scores(was, said):
    """Figures of quantiles on log hours."""
    inside = (was >= said[:, 0] - 1e-9) & (was <= said[:, -1] + 1e-9)
    off = np.abs(np.exp(said[:, 4]) - np.exp(was))
    loss = {level: pinball(level, was, said[:, i]).mean() for i, level in enumerate(LEVELS)}
    return {"mae_h": off.mean(), "mdae_h": np.median(off),
            "pinball_log": np.mean([loss[q] for q in (0.1, 0.5, 0.8, 0.9)]),
            "pinball_log_nine": np.mean(list(loss.values())), "coverage_80": inside.mean()}


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--csv", required=True)
    p.add_argument("--ours", help="command that runs `eval duration`, as `cargo xtask`")
    p.add_argument("--warm", type=float, default=0.3, help="share of rows before the first forecast")
    p.add_argument("--refit", type=float, default=0.1, help="share of the scored rows between fits of LightGBM")
    p.add_argument("--trees", type=int, default=150)
    p.add_argument("--holdout", action="store_true",
                   help="choose the number of trees on the newest 15 %% of each training part")
    args = p.parse_args()
    rows = read(args.csv)
    first = int(args.warm * len(rows))
    said = lightgbm(rows, first, args.refit * (1 - args.warm), args.trees, args.holdout)
    use = np.arange(len(rows)) >= first
    use &= ~np.isnan(said).any(axis=1)
    was = np.log(rows.actual_h.to_numpy())
    table = {"lightgbm": scores(was[use], said[use])}
    table["human estimate"] = {}
    known = use & rows.estimate_h.notna().to_numpy()
    if known.any():
        said = np.repeat(np.log(rows.estimate_h.to_numpy())[known, None], len(LEVELS), axis=1)
        table["human estimate"] = scores(was[known], said)
    if args.ours:
        command = shlex.split(args.ours) + ["eval", "duration", "--csv", args.csv, "--warm", str(args.warm), "--json"]
        report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        table = {"humantwin": report["metrics"], **table}
        print(f"humantwin forecast {report['n']} tasks, the peers {use.sum()}")
    names = ("mae_h", "mdae_h", "pinball_log", "pinball_log_nine", "coverage_80")
    print(f"{'':16}" + "".join(f"{n:>18}" for n in names))
    for who, figures in table.items():
        print(f"{who:16}" + "".join(f"{figures.get(n, math.nan):>18.4f}" for n in names))


if __name__ == "__main__":
    main()
