#!/usr/bin/env python3
"""Times gainsay and Z3 on the same components of figures, one after the other, and compares what they say.

Needs PyPI's z3-solver, and the benchmark built: cargo bench --bench sums --no-run. The problems are those of benches/sums.rs. Z3
is given one unknown for every distinct set of figures that a unit of mass can lie in, found here beforehand and not timed, and
the figures' bounds as inequalities; what is timed is its check() alone, which says whether they have a solution. gainsay's
time is that of finding those sets too, of the minimal conflicts, of a smallest set to withdraw, and of checking each proof.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import z3


def extents(codebook):
    """Per dimension, of each term the leaves that it holds; what no term holds is a leaf too, as is what no child holds."""
    dimensions = {}
    for name, dimension in codebook["dimensions"].items():
        terms = dimension["terms"]
        parents = {term.get("in") for term in terms.values()}
        leaves = {None: {None}}
        for term, said in terms.items():
            own = set() if term in parents and said.get("exhaustive") else {term}
            for above in (term, said.get("in"), None):
                leaves.setdefault(above, set()).update(own)
        dimensions[name] = leaves
    return dimensions


def months(period):
    """The months of a period, as numbers."""
    first, _, last = period.partition("/")
    number = lambda text: int(text[:4]) * 12 + int(text[5:7]) - 1
    return set(range(number(first), number(last or first) + 1))


def bounds(value):
    """The least and the greatest value."""
    if isinstance(value, int):
        return value, value
    if "between" in value:
        return tuple(value["between"])
    return value.get("at_least"), value.get("at_most")


def cells(codebook, claims):
    """The distinct non-empty sets of claims whose scopes one unit can lie in: crossed axis by axis."""
    states = {frozenset(range(len(claims)))}
    dimensions = extents(codebook)
    axes = []
    for name, leaves in dimensions.items():
        said = [leaves[claim.get(name)] for claim in claims]
        axes.append({frozenset(at for at, held in enumerate(said) if leaf in held) for leaf in leaves[None]})
    said = [months(claim["period"]) for claim in claims]
    axes.append({frozenset(at for at, held in enumerate(said) if month in held) for month in set().union(*said)})
    for axis in axes:
        states = {state & held for state in states for held in axis}
    return sorted((sorted(state) for state in states if state))


def z3_check(claims, cells, limit):
    """Seconds of check(), its verdict, and the claims of its core where there is no solution."""
    z3.set_param("timeout", int(limit * 1000))
    solver = z3.SolverFor("QF_LRA")
    solver.set("timeout", int(limit * 1000))
    unknowns = [z3.Real(f"x{at}") for at in range(len(cells))]
    solver.add([unknown >= 0 for unknown in unknowns])
    holding = [[] for _ in claims]
    for unknown, cell in zip(unknowns, cells):
        for at in cell:
            holding[at].append(unknown)
    for at, claim in enumerate(claims):
        low, high = bounds(claim["value"])
        total = z3.Sum(holding[at]) if holding[at] else z3.RealVal(0)
        if low is not None:
            solver.assert_and_track(total >= low, f"{at} low")
        if high is not None:
            solver.assert_and_track(total <= high, f"{at} high")
    before = time.process_time()
    answer = solver.check()
    seconds = time.process_time() - before
    core = {claims[int(str(name).split()[0])]["id"] for name in solver.unsat_core()} if answer == z3.unsat else set()
    return seconds, str(answer), core


def bench(arguments):
    """The benchmark's lines, split."""
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "sums", "--", *arguments]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in out.splitlines()]


def milliseconds(seconds):
    return f"{seconds * 1000:,.1f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often the two take turns")
    parser.add_argument("--limit", type=float, default=120, help="seconds that Z3 gets per problem")
    options = parser.parse_args()
    print(f"Z3 {z3.get_version_string()}, {options.rounds} rounds, medians of seconds on a processor\n")
    print("| figures | | gainsay | Z3 | ratio | sets of figures |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        problems = [line[0] for line in bench(["--runs", "1", "--write", folder])]
        for problem in problems:
            read = lambda path: json.loads((pathlib.Path(folder) / problem / path).read_text())
            codebook, claims = read("codebook.json"), read("sources/s.json")["claims"]
            of_problem = cells(codebook, claims)
            ours, theirs, late = [], [], False
            for _ in range(options.rounds):
                [[_, size, microseconds, verdict, listed, sets]] = bench(["--runs", "1", problem])
                ours.append(int(microseconds) / 1e6)
                if late:
                    continue
                seconds, answer, core = z3_check(claims, of_problem, options.limit)
                theirs.append(seconds)
                late = answer == "unknown"
                conflicts = [set(names.split(",")) for names in sets.split()]
                if not late and (answer == "unsat") != (verdict == "conflict"):
                    wrong += 1
                    print(f"{problem}: gainsay says {verdict}, Z3 says {answer}", file=sys.stderr)
                # Whatever Z3 needs for its proof holds a minimal conflict.
                if core and listed == "all" and not any(conflict <= core for conflict in conflicts):
                    wrong += 1
                    print(f"{problem}: Z3's core holds no conflict that gainsay lists", file=sys.stderr)
            our, their = statistics.median(ours), statistics.median(theirs)
            more = "more than " if late else ""
            kind = "all true" if verdict == "true" else f"{'' if listed == 'all' else 'over '}{len(sets.split())} conflicts"
            times = f"{milliseconds(our)} | {more}{milliseconds(their)} | {more}{their / our:.1f}"
            print(f"| {size} | {kind} | {times} | {len(of_problem)} |", flush=True)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
