"""Hours of tasks beside LightGBM's quantile regression, along the same log.

    python compare.py --csv FILE [--ours COMMAND] [--warm 0.3] [--refit 0.1] [--tune] [--holdout] [--trees N]

Every task is forecast from what was completed before the day it was estimated. LightGBM is fitted anew each time
another `--refit` of the scored tasks is completed; a task is forecast by the newest such fit from before its estimate.
`--ours` is the command that runs this project's tasks, for example `cargo xtask` or `target/release/xtask`; without
it only the peers are shown. See README.md.
"""

import argparse
import csv
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
UNKNOWN = ("na", "n/a", "nan", "null", "none", "-")
LARGE_H = 14.0


def table(path):
    """The rows by column, names in small letters; what says that nothing is known is empty."""
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        lines = csv.reader(file)
        names = [name.strip().lower() for name in next(lines)]
        rows = pd.DataFrame([dict(zip(names, line)) for line in lines if line], columns=names).fillna("")
    rows = rows.apply(lambda column: column.str.strip())
    return rows.mask(rows.apply(lambda column: column.str.lower()).isin(UNKNOWN), "")


def days(texts):
    texts = texts.str.replace(r"\s*(UTC|GMT)$", "Z", regex=True).str.replace(r"\s+([+-])", r"\1", regex=True)
    return pd.to_datetime(texts, errors="coerce", utc=True, format="ISO8601")


def read(path):
    """The rows that can be used, by completion; the same rules as `cargo xtask eval duration`."""
    rows = table(path)
    for name in ("task_id", *KINDS, "estimate_h", "estimated_at"):
        if name not in rows:
            rows[name] = ""
    fits = ~(rows.duplicated() & rows.task_id.ne(""))
    for name in ("estimate_h", "actual_h"):
        said = rows[name].ne("")
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
        fits &= ~said | (rows[name].gt(0) & rows[name].le(MAX_H))
    fits &= rows.actual_h.notna()
    for name in ("estimated_at", "completed_at"):
        said = rows[name].ne("")
        rows[name] = days(rows[name])
        fits &= ~said | rows[name].notna()
    # a plain date of completion, or midnight, is its last moment: when on that day is not known
    plain = rows.completed_at.eq(rows.completed_at.dt.normalize())
    rows.loc[plain, "completed_at"] += pd.Timedelta(days=1) - pd.Timedelta(milliseconds=86)
    fits &= rows.completed_at.notna() & ~(rows.estimated_at > rows.completed_at)
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


FIXED = dict(objective="quantile", cat_smooth=10, verbose=-1, num_threads=2, seed=1)
PLAIN = dict(learning_rate=0.05, num_leaves=31, min_data_in_leaf=20)
# what `--tune` chooses from; with `ratio` the log of hours over the estimate is learnt, so that no split is needed to
# say what was estimated
GRID = [dict(learning_rate=rate, num_leaves=leaves, min_data_in_leaf=least, ratio=ratio)
        for rate in (0.03, 0.1) for leaves in (4, 8, 16, 31) for least in (20, 50, 100) for ratio in (False, True)]
MOST_TREES = 500


def fit(settings, level, x, y, rounds, newer=None):
    """A fit of one level; with `newer` (features, logs) trees are added until they no longer help there."""
    settings = dict(FIXED, alpha=level, **{k: v for k, v in settings.items() if k != "ratio"})
    data = lgb.Dataset(x, y, categorical_feature=list(KINDS), params={"verbose": -1})
    if newer is None:
        return lgb.train(settings, data, rounds)
    check = lgb.Dataset(*newer, reference=data, categorical_feature=list(KINDS))
    stop = [lgb.early_stopping(30, verbose=False)]
    return lgb.train(settings, data, rounds, valid_sets=[check], callbacks=stop)


def tuned(x, y, base):
    """The settings of the grid that do best on the newest fifth of what may be known."""
    cut = int(0.8 * len(x))
    best = (math.inf, None)
    for settings in GRID:
        off = base if settings["ratio"] else 0 * base
        z, loss = y - off, 0.0
        for level in (0.1, 0.5, 0.9):
            known = fit(settings, level, x[:cut], z[:cut], MOST_TREES, (x[cut:], z[cut:]))
            loss += pinball(level, z[cut:], known.predict(x[cut:])).mean()
        if loss < best[0]:
            best = (loss, settings)
    return best[1]


def lightgbm(rows, first, every, trees, holdout, tune):
    """Quantiles of log hours of rows from `first` on, an array of rows by levels."""
    x, y = features(rows), np.log(rows.actual_h.to_numpy())
    base = np.log(rows.estimate_h.fillna(1.0).to_numpy())
    said = np.full((len(rows), len(LEVELS)), np.nan)
    step = max(1, int(every * len(rows)))
    days = rows.completed_at.to_numpy()
    starts = [days[e] for e in range(step, len(rows), step)]
    asked = rows.asked.to_numpy()
    # a task estimated before the first fit is forecast by it all the same: a favour to LightGBM
    newest = np.maximum(np.searchsorted(starts, asked, side="right") - 1, 0)
    settings, tuned_at = dict(PLAIN, ratio=False), 0
    for k, start in enumerate(starts):
        train = np.flatnonzero(days < start)
        test = np.flatnonzero((newest == k) & (np.arange(len(rows)) >= first))
        if not len(train) or not len(test):
            continue
        if tune and len(train) > 1.6 * tuned_at:
            settings, tuned_at = tuned(x.iloc[train], y[train], base[train]), len(train)
            print(f"LightGBM from {tuned_at} tasks: {settings}")
        off = base if settings["ratio"] else 0 * base
        for i, level in enumerate(LEVELS):
            rounds = trees
            if holdout or tune:
                cut = int(0.85 * len(train))
                a, b = train[:cut], train[cut:]
                newer = (x.iloc[b], y[b] - off[b])
                rounds = max(20, fit(settings, level, x.iloc[a], y[a] - off[a], MOST_TREES, newer).best_iteration)
            known = fit(settings, level, x.iloc[train], y[train] - off[train], rounds)
            said[test, i] = known.predict(x.iloc[test]) + off[test]
    return np.sort(said, axis=1)


def scores(was, said, estimate):
    """Figures of quantiles on log hours; large tasks are those of two days and more."""
    large = estimate >= LARGE_H
    inside = (was >= said[:, 0] - 1e-9) & (was <= said[:, -1] + 1e-9)
    off = np.abs(np.exp(said[:, 4]) - np.exp(was))
    loss = {level: pinball(level, was, said[:, i]).mean() for i, level in enumerate(LEVELS)}
    return {"mae_h": off.mean(), "mae_large_h": off[large].mean() if large.any() else math.nan, "mdae_h": np.median(off),
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
    p.add_argument("--tune", action="store_true", help="choose all settings from a grid on the training part")
    args = p.parse_args()
    rows = read(args.csv)
    first = int(args.warm * len(rows))
    said = lightgbm(rows, first, args.refit * (1 - args.warm), args.trees, args.holdout, args.tune)
    use = np.arange(len(rows)) >= first
    use &= ~np.isnan(said).any(axis=1)
    was = np.log(rows.actual_h.to_numpy())
    table = {"lightgbm": scores(was[use], said[use], rows.estimate_h.to_numpy()[use])}
    table["human estimate"] = {}
    known = use & rows.estimate_h.notna().to_numpy()
    if known.any():
        said = np.repeat(np.log(rows.estimate_h.to_numpy())[known, None], len(LEVELS), axis=1)
        table["human estimate"] = scores(was[known], said, rows.estimate_h.to_numpy()[known])
    if args.ours:
        command = shlex.split(args.ours) + ["eval", "duration", "--csv", args.csv, "--warm", str(args.warm), "--json"]
        report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        table = {"humantwin": report["metrics"], **table}
        print(f"humantwin forecast {report['n']} tasks, the peers {use.sum()}")
    names = ("mae_h", "mae_large_h", "mdae_h", "pinball_log", "pinball_log_nine", "coverage_80")
    print(f"{'':16}" + "".join(f"{n:>18}" for n in names))
    for who, figures in table.items():
        print(f"{who:16}" + "".join(f"{figures.get(n, math.nan):>18.4f}" for n in names))


if __name__ == "__main__":
    main()
