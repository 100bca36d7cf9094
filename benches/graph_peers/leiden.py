"""Weighted modularity that leidenalg reaches on a file of contacts, best of ten seeds.

    pip install leidenalg
    python leiden.py contacts.csv          # columns t,a,b
    python leiden.py tij_InVS.dat          # or moment and two people, parted by blanks

A tie weighs as many contacts as were recorded, as in `cargo xtask eval communities`.
"""

import collections
import csv
import gzip
import sys

import igraph
import leidenalg


def contacts(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        lines = file.read().splitlines()
    if "," in lines[0]:
        for row in csv.DictReader(lines):
            yield row["a"].strip(), row["b"].strip()
    else:
        for line in lines:
            _, a, b = line.split()[:3]
            yield a, b


def main(path):
    weights = collections.Counter(tuple(sorted(pair)) for pair in contacts(path) if pair[0] != pair[1])
    names = sorted({name for pair in weights for name in pair})
    number = {name: i for i, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(number[a], number[b]) for a, b in weights])
    graph.es["weight"] = list(weights.values())
    runs = [
        leidenalg.find_partition(
            graph, leidenalg.ModularityVertexPartition, weights="weight", n_iterations=-1, seed=seed
        )
        for seed in range(10)
    ]
    found = sorted(graph.modularity(run, weights="weight") for run in runs)
    best = max(runs, key=lambda run: graph.modularity(run, weights="weight"))
    print(f"people {len(names)}, ties {len(weights)}, groups {len(best)}")
    print(f"leidenalg {leidenalg.version}: modularity best {found[-1]:.6f}, lowest {found[0]:.6f}")


main(sys.argv[1])
