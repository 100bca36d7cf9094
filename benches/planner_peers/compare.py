"""Sets plans beside those of OR-Tools CP-SAT on the same instances.

    python compare.py DUMP [--kind KIND] [--seconds 20] [--workers 2] [--kept FILE]

`DUMP` is the folder that `measures planners --dump DUMP` wrote. Objectives are those of the reference vectors,
counted here again from our plans; a plan that breaks a rule ends the script. With `--kept` what CP-SAT found is
kept in a file and not searched for again. See README.md.
"""

import argparse
import json
import pathlib
import sys
import time

import numpy
from ortools.graph.python import linear_sum_assignment
from ortools.sat.python import cp_model

KINDS = ("schedule", "assignment", "balance", "team", "learning_path")
LEAST = ("assignment", "balance")
LIMITS = ("50 ms", "1 s")
FLOORS = {"50 ms": 0.97, "1 s": 0.995}


class Broken(Exception):
    """A plan that breaks a rule."""


def must(kept, rule):
    if not kept:
        raise Broken(rule)


# -- what a plan is worth ------------------------------------------------------------------------------------


def gain(task, start, energy):
    """Worth of a task at a start, or None where it would end after the last slot."""
    end = start + task["dur"]
    late = max(0, end - task["deadline"])
    return task["value"] * task["load"] * sum(energy[start:end]) - 60 * task["value"] * late


def open_starts(x):
    """For each task the starts that leave it whole within a day and in no busy slot."""
    per_day, busy, slots = x["slots_per_day"], set(x["busy"]), len(x["energy"])

    def fits(task, s):
        end = s + task["dur"]
        return end <= slots and s // per_day == (end - 1) // per_day and not busy & set(range(s, end))

    return [[s for s in range(slots) if fits(task, s)] for task in x["tasks"]]


def worth_schedule(x, plan):
    taken, total = set(), 0
    for task, s, starts in zip(x["tasks"], plan, open_starts(x)):
        if s is None:
            continue
        own = set(range(s, s + task["dur"]))
        must(s in starts and not own & taken, "a task where it does not fit")
        taken |= own
        total += gain(task, s, x["energy"])
    return total


def worth_assignment(x, plan):
    must(len(set(plan)) == len(x["cost"]) and None not in plan, "each row one column of its own")
    return sum(row[j] for row, j in zip(x["cost"], plan))


def worth_balance(x, plan):
    load = [0] * len(x["capacity"])
    for task, person in enumerate(plan):
        must(x["can_do"][person][task], "a task for one who cannot do it")
        load[person] += x["hours"][task]
    return max(-(-1000 * own // capacity) for own, capacity in zip(load, x["capacity"]))


def worth_team(x, plan):
    must(len(set(plan)) == len(plan) == x["team_size"], "as many people as asked for")
    levels = [min(need, max(x["skills"][p][s] for p in plan)) for s, need in enumerate(x["need"])]
    pairs = sum(x["chemistry"][a][b] for a in plan for b in plan if a < b)
    return 100 * sum(levels) + pairs - sum(x["load"][p] for p in plan)


def worth_learning_path(x, plan):
    must(len(set(plan)) == len(plan), "an item twice")
    for place, item in enumerate(plan):
        must(set(x["prereq"][item]) <= set(plan[:place]), "an item before what it needs")
    must(sum(x["hours"][i] for i in plan) <= x["budget"], "more hours than there are")
    return sum(x["value"][i] for i in plan)


# -- the peer ------------------------------------------------------------------------------------------------


def model_schedule(x, model):
    chosen, of_slot = [], [[] for _ in x["energy"]]
    for i, (task, starts) in enumerate(zip(x["tasks"], open_starts(x))):
        own = []
        for s in starts:
            var = model.new_bool_var(f"{i}@{s}")
            own.append(var)
            chosen.append((gain(task, s, x["energy"]), var))
            for t in range(s, s + task["dur"]):
                of_slot[t].append(var)
        model.add_at_most_one(own)
    for slot in of_slot:
        model.add_at_most_one(slot)
    model.maximize(sum(worth * var for worth, var in chosen))
    return 1


def model_assignment(x, model):
    cost = x["cost"]
    take = [[model.new_bool_var("") for _ in row] for row in cost]
    for row in take:
        model.add_exactly_one(row)
    for j in range(len(cost[0])):
        model.add_at_most_one(row[j] for row in take)
    model.minimize(sum(round(100 * c) * v for row, own in zip(cost, take) for c, v in zip(row, own)))
    return 100


def model_balance(x, model):
    people, tasks = range(len(x["capacity"])), range(len(x["hours"]))
    take = {(p, t): model.new_bool_var("") for p in people for t in tasks if x["can_do"][p][t]}
    for t in tasks:
        model.add_exactly_one(take[p, t] for p in people if (p, t) in take)
    most = model.new_int_var(0, 1000 * sum(x["hours"]), "most")
    for p in people:
        load = sum(x["hours"][t] * take[p, t] for t in tasks if (p, t) in take)
        model.add(1000 * load <= most * x["capacity"][p])
    model.minimize(most)
    return 1


def model_team(x, model):
    people = range(len(x["skills"]))
    member = [model.new_bool_var("") for _ in people]
    model.add(sum(member) == x["team_size"])
    terms = [-load * var for load, var in zip(x["load"], member)]
    for s, need in enumerate(x["need"]):
        # one point for each level that somebody reaches
        for level in range(1, need + 1):
            reached = model.new_bool_var("")
            model.add_bool_or([member[p] for p in people if x["skills"][p][s] >= level] + [reached.negated()])
            terms.append(100 * reached)
    for a in people:
        for b in range(a + 1, len(people)):
            points = x["chemistry"][a][b]
            both = model.new_bool_var("")
            if points > 0:
                model.add_implication(both, member[a])
                model.add_implication(both, member[b])
            else:
                model.add_bool_or([both, member[a].negated(), member[b].negated()])
            terms.append(points * both)
    model.maximize(sum(terms))
    return 1


def model_learning_path(x, model):
    take = [model.new_bool_var("") for _ in x["value"]]
    for item, needs in enumerate(x["prereq"]):
        for before in needs:
            model.add_implication(take[item], take[before])
    model.add(sum(h * v for h, v in zip(x["hours"], take)) <= x["budget"])
    model.maximize(sum(w * v for w, v in zip(x["value"], take)))
    return 1


def exact_assignment(x):
    """The least cost, by OR-Tools' solver for assignments alone."""
    cost = numpy.rint(100 * numpy.array(x["cost"])).astype(int)
    size = max(cost.shape)
    square = numpy.zeros((size, size), dtype=int)  # rows that are not there cost nothing
    square[: cost.shape[0], : cost.shape[1]] = cost
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    rows, columns = numpy.divmod(numpy.arange(size * size), size)
    solver.add_arcs_with_cost(rows, columns, square.ravel())
    must(solver.solve() == solver.OPTIMAL, "an assignment that can be solved")
    return solver.optimal_cost() / 100


def peer(kind, x, seconds, workers):
    """Objective, bound, status and wall seconds of CP-SAT."""
    model = cp_model.CpModel()
    scale = globals()[f"model_{kind}"](x, model)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    start = time.perf_counter()
    status = solver.status_name(solver.solve(model))
    wall = time.perf_counter() - start
    if status not in ("OPTIMAL", "FEASIBLE"):
        return None, None, status, wall
    return solver.objective_value / scale, solver.best_objective_bound / scale, status, wall


def size(kind, x):
    """How large an instance is, in a word."""
    return {
        "schedule": lambda: f"{len(x['tasks'])}/{x['days']}d",
        "assignment": lambda: f"{len(x['cost'])}x{len(x['cost'][0])}",
        "balance": lambda: f"{len(x['hours'])}/{len(x['capacity'])}",
        "team": lambda: f"{x['team_size']} of {len(x['skills'])}",
        "learning_path": lambda: f"{len(x['value'])}",
    }[kind]()


def main():
    words = argparse.ArgumentParser()
    words.add_argument("dump", type=pathlib.Path)
    words.add_argument("--kind", choices=KINDS)
    words.add_argument("--seconds", type=float, default=20)
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--kept", type=pathlib.Path)
    asked = words.parse_args()
    kept = json.loads(asked.kept.read_text()) if asked.kept and asked.kept.exists() else {}
    instances = json.loads((asked.dump / "instances.json").read_text())
    ours = {own["name"]: own for own in json.loads((asked.dump / "ours.json").read_text())}
    worst, missed = {}, 0
    print(f"{'instance':<26} {'n':>8} {'CP-SAT':>10} {'bound':>10} {'status':>9} {'s':>5} "
          f"{'50 ms':>10} {'ratio':>7} {'1 s':>10} {'ratio':>7}")
    for instance in instances:
        kind, x, name = instance["kind"], instance["input"], instance["name"]
        if asked.kind not in (None, kind):
            continue
        found = {}
        for limit in LIMITS:
            try:
                found[limit] = globals()[f"worth_{kind}"](x, ours[name][limit]["plan"])
            except Broken as rule:
                sys.exit(f"{name} in {limit}: broken rule: {rule}")
        if name not in kept:
            kept[name] = peer(kind, x, asked.seconds, asked.workers)
            if asked.kept:
                asked.kept.write_text(json.dumps(kept))
        best, bound, status, wall = kept[name]
        if kind == "assignment":
            # CP-SAT is far from the best here: the ratio is to the proven one
            best = bound = exact_assignment(x)
            status = "EXACT"
        row = f"{name:<26} {size(kind, x):>8} "
        if best is None:
            print(row + f"{'-':>10} {'-':>10} {status:>9} {wall:>5.1f} "
                  + " ".join(f"{found[limit]:>10.2f} {'-':>7}" for limit in LIMITS), flush=True)
            continue
        row += f"{best:>10.2f} {bound:>10.2f} {status:>9} {wall:>5.1f}"
        for limit in LIMITS:
            own = found[limit]
            ratio = (best / own if own else 1.0) if kind in LEAST else (own / best if best else 1.0)
            worst[kind, limit] = min(worst.get((kind, limit), ratio), ratio)
            missed += ratio < FLOORS[limit]
            row += f" {own:>10.2f} {ratio:>7.4f}"
        print(row, flush=True)
    print("\nworst ratio (above 1: better than CP-SAT in its time)")
    for kind in KINDS:
        if (kind, LIMITS[0]) in worst:
            print(f"{kind:<14} " + "  ".join(f"{limit}: {worst[kind, limit]:.4f}" for limit in LIMITS))
    print(f"goals missed: {missed}; no plan breaks a rule")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
