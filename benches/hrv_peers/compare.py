"""Times heart rate variability of 5 minutes and of 24 hours beside other libraries.

    python compare.py --ours PATH [--only NAME] [--skip-day] [--python NAME=INTERPRETER]

`--ours` is the built example `hrv_speed` of twin-models. A peer that is not installed is left out and said so. Each
peer does what it offers of: time domain, Poincaré plot, Welch spectrum, sample entropy, DFA; `ours` is timed
on the same set. Intervals are synthetic, from a seeded generator. See README.md.
"""

import argparse
import contextlib
import importlib
import io
import json
import math
import os
import random
import subprocess
import sys
import time
import warnings

warnings.filterwarnings("ignore")

# What of ours answers for the same measures as a peer's set.
FULL = ("time", "welch", "sampen", "dfa")
SPECTRAL = ("time", "welch")


def intervals(seconds, seed=7):
    """Intervals in ms around 850 ms with a slow and a breathing rhythm, a day's course and noise."""
    rng = random.Random(seed)
    out, t, drift = [], 0.0, 0.0
    while t < seconds:
        drift = 0.98 * drift + rng.gauss(0, 4)
        day = 60 * math.sin(2 * math.pi * t / 86400)
        slow = 30 * math.sin(2 * math.pi * 0.1 * t)
        breath = 20 * math.sin(2 * math.pi * 0.25 * t)
        rr = 850 + day + slow + breath + drift + rng.gauss(0, 8)
        out.append(round(rr, 3))
        t += rr / 1000
    return out


def neurokit2(rr):
    import neurokit2 as nk
    import numpy as np

    peaks = np.round(np.cumsum([0] + rr)).astype(int)

    def time_domain():
        return nk.hrv_time(peaks, sampling_rate=1000)

    def welch():
        return nk.hrv_frequency(peaks, sampling_rate=1000, psd_method="welch", silent=True)

    series = np.array(rr)
    tolerance = 0.2 * series.std(ddof=1)

    def shape():
        nk.entropy_sample(series, dimension=2, tolerance=tolerance)
        nk.fractal_dfa(series, scale=np.arange(4, 17), overlap=False)
        nk.fractal_dfa(series, scale=np.arange(16, 65), overlap=False)

    return [("time + Welch", SPECTRAL, lambda: (time_domain(), welch())),
            ("time + Welch + SampEn + DFA", FULL, lambda: (time_domain(), welch(), shape()))]


def hrvanalysis(rr):
    import hrvanalysis as h

    def spectral():
        h.get_time_domain_features(rr)
        h.get_poincare_plot_features(rr)
        h.get_frequency_domain_features(rr, method="welch")

    def entropy():
        spectral()
        h.get_sampen(rr)

    return [("time + Welch", SPECTRAL, spectral), ("time + Welch + SampEn", ("time", "welch", "sampen"), entropy)]


def heartpy(rr):
    import heartpy as hp
    import numpy as np

    series = np.array(rr)

    def spectral():
        hp.process_rr(series, calc_freq=True, freq_method="welch")

    return [("time + Poincaré + Welch", SPECTRAL, spectral)]


def pyhrv(rr):
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    import numpy as np
    import pyhrv.frequency_domain as fd
    import pyhrv.nonlinear as nl
    import pyhrv.time_domain as td

    nn = np.array(rr)

    def spectral():
        for f in (td.nni_parameters, td.sdnn, td.rmssd, td.sdsd, td.nn50, td.nn20):
            f(nni=nn)
        nl.poincare(nni=nn, show=False, ellipse=False, vectors=False, legend=False)
        fd.welch_psd(nni=nn, show=False, show_param=False, legend=False)
        plt.close("all")

    def full():
        spectral()
        nl.sample_entropy(nni=nn)
        nl.dfa(nn=nn, short=list(range(4, 17)), long=list(range(17, 65)), show=False, legend=False)
        plt.close("all")

    return [("time + Poincaré + Welch", SPECTRAL, spectral), ("… + SampEn + DFA", FULL, full)]


PEERS = {"neurokit2": neurokit2, "hrvanalysis": hrvanalysis, "heartpy": heartpy, "pyhrv": pyhrv}


def best(call, budget=4.0):
    """Seconds of the best of some calls; one call at least."""
    times, spent = [], 0.0
    while not times or (spent < budget and len(times) < 15):
        start = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            call()
        times.append(time.perf_counter() - start)
        spent += times[-1]
    return min(times)


def one_peer(name, seconds, skip_entropy):
    """Runs in a process of its own, so that a peer may have its own interpreter."""
    lines = []
    for label, ours, call in PEERS[name](intervals(seconds)):
        if skip_entropy and "sampen" in ours:
            continue
        try:
            lines.append([label, list(ours), best(call), None])
        except Exception as error:
            lines.append([label, list(ours), None, f"{type(error).__name__}: {error}"[:160]])
    version = getattr(importlib.import_module(name), "__version__", "?")
    print(json.dumps({"version": version, "lines": lines}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", help="the built example hrv_speed")
    parser.add_argument("--only", choices=PEERS)
    parser.add_argument("--skip-day", action="store_true", help="5 minutes only")
    parser.add_argument("--python", action="append", default=[], metavar="NAME=INTERPRETER")
    parser.add_argument("--peer", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peer:
        name, seconds, skip = args.peer
        return one_peer(name, float(seconds), skip == "yes")
    interpreters = dict(pair.split("=", 1) for pair in args.python)
    for title, seconds in (("5 minutes", 300), ("24 hours", 86400)):
        if seconds > 300 and args.skip_day:
            continue
        rr = intervals(seconds)
        told = subprocess.run([args.ours], input="\n".join(map(str, rr)), capture_output=True, text=True, check=True)
        ours = json.loads(told.stdout)
        print(f"\n## {title}: {ours['beats']} beats")
        print("ours: " + ", ".join(f"{k} {1e3 * v:.3f} ms" for k, v in ours["seconds"].items()))
        print(f"ours, all (time, Poincaré, Welch, SampEn, DFA): {1 / ours['seconds']['all']:.0f} a second")
        print("| peer | measures | peer, ms | ours, ms | times as fast |\n| --- | --- | ---: | ---: | ---: |")
        for name in [args.only] if args.only else PEERS:
            # quadratic entropy of a day takes hours or more memory than there is
            skip = "yes" if seconds > 300 else "no"
            command = [interpreters.get(name, sys.executable), os.path.abspath(__file__), "--peer", name, str(seconds), skip]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=300)
            except subprocess.TimeoutExpired:
                print(f"| {name} | – | more than 5 minutes | | |")
                continue
            if done.returncode:
                why = (done.stderr.strip().splitlines() or ["failed"])[-1]
                print(f"| {name} | left out: {why[:100]} | | | |")
                continue
            answer = json.loads(done.stdout.splitlines()[-1])
            for label, parts, spent, error in answer["lines"]:
                mine = sum(ours["seconds"][part] for part in parts)
                if error:
                    print(f"| {name} {answer['version']} | {label} | failed: {error} | | |")
                    continue
                print(f"| {name} {answer['version']} | {label} | {1e3 * spent:.2f} | {1e3 * mine:.3f} | {spent / mine:.0f} |")


if __name__ == "__main__":
    main()
