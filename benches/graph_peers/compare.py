"""Times graphs of people beside igraph and leidenalg, in one run and on the same ties.

    python compare.py --ours PATH [--dump DIR]

`--ours` is the built `measures`. Values are compared, too; where they differ the script ends with an error. See
README.md.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import igraph
import leidenalg
import numpy as np

REPEATS = 3


def best(work):
    """The least CPU seconds of some repeats, and what came out."""
    seconds, done = float("inf"), None
    for _ in range(REPEATS):
        start = time.process_time()
        done = work()
        seconds = min(seconds, time.process_time() - start)
        if seconds > 5:
            break
    return seconds, done


def read(path):
    ties = np.loadtxt(path, delimiter=",")
    return ties[:, :2].astype(int).tolist(), ties[:, 2].tolist()


def build(people, ties, weights):
    """A graph in which ties given twice add up, as ours does."""
    graph = igraph.Graph(n=people, edges=ties)
    graph.es["weight"] = weights
    return graph.simplify(combine_edges={"weight": "sum"})


def normalised(values, people):
    return np.array(values) / ((people - 1) * (people - 2) / 2)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--ours", required=True)
    words.add_argument("--dump", type=pathlib.Path)
    asked = words.parse_args()
    folder = asked.dump or pathlib.Path(tempfile.mkdtemp())
    subprocess.run([asked.ours, "graph", "--dump", str(folder)], check=True)
    told = json.loads((folder / "ours.json").read_text())
    ours = {one["name"]: one for one in told["timed"]}
    data = {name: read(folder / f"{name}.csv") for name in told["people"]}
    graphs = {name: build(told["people"][name], *data[name]) for name in data}
    apart = {}

    def measure(name, work, values=None):
        one = ours[name]
        seconds, done = best(lambda: work(graphs[one["graph"]], told["people"][one["graph"]]))
        if values is not None:
            apart[name] = float(np.max(np.abs(np.array(one["values"]) - values(done))))
        far = f"{apart[name]:.1e}" if name in apart else ""
        print(f"{name:<24} {one['graph']:<7} {one['seconds'] * 1e3:>10.1f} {seconds * 1e3:>10.1f} "
              f"{seconds / one['seconds']:>8.2f} {far:>9}", flush=True)
        return done

    print(f"igraph {igraph.__version__}, leidenalg {leidenalg.__version__}")
    print(f"{'what':<24} {'graph':<7} {'ours ms':>10} {'peer ms':>10} {'ratio':>8} {'apart':>9}")
    measure("update", lambda g, n: build(n, *data["large"]), lambda g: g.ecount())
    measure("pagerank", lambda g, n: g.pagerank(weights="weight", damping=0.85), np.array)
    measure("clustering", lambda g, n: g.transitivity_local_undirected(mode="zero"), np.array)
    measure("betweenness", lambda g, n: normalised(g.betweenness(), n), np.array)
    lengths = 1 / np.array(graphs["small"].es["weight"])
    measure("betweenness, weighted", lambda g, n: normalised(g.betweenness(weights=lengths.tolist()), n), np.array)

    own = ours["leiden"]
    graph, runs = graphs[own["graph"]], own["seeds"]
    def leidenalg_runs(rounds):
        parts = [leidenalg.find_partition(graph, leidenalg.ModularityVertexPartition, weights="weight",
                                          n_iterations=rounds, seed=seed) for seed in range(runs)]
        return [part.membership for part in parts]

    def igraph_runs(rounds):
        return [graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=rounds)
                .membership for _ in range(runs)]

    for name, peer, rounds in (("leidenalg, two rounds", leidenalg_runs, 2),
                               ("leidenalg, until stable", leidenalg_runs, -1),
                               ("igraph, two rounds", igraph_runs, 2),
                               ("igraph, until stable", igraph_runs, -1)):
        start = time.process_time()
        found = peer(rounds)
        seconds = time.process_time() - start
        quality = max(graph.modularity(groups, weights="weight") for groups in found)
        print(f"{'leiden, ' + str(runs) + ' runs':<24} {own['graph']:<7} {own['seconds'] * 1e3:>10.1f} "
              f"{seconds * 1e3:>10.1f} {seconds / own['seconds']:>8.2f}           {name}; modularity "
              f"{own['values']['quality']:.6f}, theirs {quality:.6f}", flush=True)
        if own["values"]["quality"] < quality - 0.002:
            sys.exit("our groups are worse than the peer's")
    wrong = [name for name, far in apart.items() if far > (1e-5 if "weighted" in name else 1e-12)]
    if wrong:
        sys.exit(f"values differ: {wrong}")


if __name__ == "__main__":
    main()
