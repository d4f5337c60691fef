#!/usr/bin/env python3
"""Measures what it costs to check a million claims, beside what it costs to read them.

One command makes it all: it builds the program, makes up the claims (examples/gainsay-bench), runs each program so many times, in
turn, and prints a Markdown table of the processor time (user and system) and the peak memory of each. Where two programs count the
pairs of claims that contradict each other, they must agree, else the exit status is 1. What was not run is said.

    benches/million.py                      # gainsay on one thread and on two, and a plain program that only parses
    benches/million.py --peers              # DuckDB and Polars too: pip install -r benches/peers/requirements.txt
    benches/million.py --ten --shape dense  # 10,000,000 claims too, and of another shape

It needs Python 3.9 and Linux or macOS, and nothing else unless peers run.
"""
import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What getrusage calls a unit of memory.
MEMORY = 1 if sys.platform == "darwin" else 1024
PARSER = "parse-floor"


class Program:
    """A program to measure, and what its runs gave."""

    def __init__(self, name, threads, command, counts):
        self.name, self.threads, self.command, self.counts = name, threads, [str(word) for word in command], counts
        self.seconds, self.wall, self.memory, self.pairs, self.failed = [], [], [], None, None

    def run(self, output, timeout):
        """Runs once, unless a run failed before."""
        if self.failed:
            return
        with open(output, "wb") as out, open(f"{output}.err", "wb") as errors:
            begun = time.monotonic()
            process = subprocess.Popen(self.command, stdout=out, stderr=errors, cwd=ROOT)
        timer = threading.Timer(timeout, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        took = time.monotonic() - begun
        timer.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        # gainsay's 1 says that there are findings.
        if code != 0 and not (code == 1 and self.name == "gainsay"):
            said = pathlib.Path(f"{output}.err").read_text(errors="replace").strip().splitlines()
            stopped = f"stopped after {timeout} s, or for want of memory"
            self.failed = stopped if code == -9 else (said[0] if said else f"exit status {code}")
            return
        self.seconds.append(usage.ru_utime + usage.ru_stime)
        self.wall.append(took)
        self.memory.append(usage.ru_maxrss * MEMORY)
        found = self.counts(output) if self.counts else None
        if self.pairs not in (None, found):
            self.failed = f"it counted {self.pairs}, then {found}"
        self.pairs = found


def summary(report):
    """How many pairs a report of gainsay counts, under strict and only as a reader takes them."""
    many = json.loads(pathlib.Path(report).read_text(encoding="utf-8"))["many"]
    return many["strict_pairs"], many["plain_pairs"]


def counted(output):
    """What a peer counted."""
    pairs = json.loads(pathlib.Path(output).read_text())
    return pairs["strict_pairs"], pairs["plain_pairs"]


def programs(folder, target, arguments):
    claims = folder / "sources" / "incidents.jsonl"
    yield Program(PARSER, 1, [target / "examples" / PARSER, claims], None)
    for threads in (1, 2):
        check = [target / "gainsay", "check", "--format", "json", "--threads", threads, folder]
        yield Program("gainsay", threads, check, summary)
    for name in ("DuckDB", "Polars") if arguments.peers else ():
        for threads in (1, 2):
            script = ROOT / "benches" / "peers" / f"{name.lower()}_pairs.py"
            yield Program(name, threads, [arguments.python, script, folder, "--threads", threads], counted)


def measure(claims, arguments, target):
    """Measures all programs on one folder, prints the table, and returns whether all that counted agree."""
    shape = arguments.shape
    folder = arguments.work / f"{shape}-{claims}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    make = ["--claims", claims, "--seed", arguments.seed, "--lies", arguments.lies, "--shape", shape, folder]
    subprocess.run([str(word) for word in [target / "examples" / "gainsay-bench", *make]], check=True)
    size = (folder / "sources" / "incidents.jsonl").stat().st_size
    measured = list(programs(folder, target, arguments))
    for run in range(arguments.runs):
        for program in measured:
            print(f"run {run + 1}: {program.name}, threads: {program.threads}", file=sys.stderr)
            program.run(arguments.work / "output", arguments.timeout)

    print(f"\n## {claims:,} claims ({shape}), {size / 1e6:.0f} MB, {arguments.lies} lies, seed {arguments.seed}\n")
    print("| program | threads | processor time, s (least to most) | of the parser's | time that passed, s | of the parser's | peak memory, MB | of the file | strict pairs | plain pairs |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |")
    parser = next(program for program in measured if program.name == PARSER)
    floor = (statistics.median(parser.seconds), statistics.median(parser.wall)) if parser.seconds else None
    for program in measured:
        print(row(program, floor, size))
    for program in measured:
        if program.failed:
            print(f"\nNot run to the end: {program.name} on {program.threads} thread(s): {program.failed}")
    if not arguments.peers:
        print("\nNot run: DuckDB and Polars (--peers).")
    counts = {program.pairs for program in measured if program.pairs and not program.failed}
    if len(counts) > 1:
        print("\n**The programs do not agree on how many pairs there are.**")
    return len(counts) <= 1


def row(program, floor, size):
    if program.failed or not program.seconds:
        return f"| {program.name} | {program.threads} | not run | | | | | | | |"
    seconds, memory = statistics.median(program.seconds), statistics.median(program.memory)
    spread = f"{seconds:.2f} ({min(program.seconds):.2f} to {max(program.seconds):.2f})"
    wall = statistics.median(program.wall)
    shares = [f"{seconds / floor[0]:.2f}", f"{wall / floor[1]:.2f}"] if floor else ["", ""]
    pairs = [f"{count:,}" for count in program.pairs] if program.pairs else ["", ""]
    cells = [program.name, str(program.threads), spread, shares[0], f"{wall:.2f}", shares[1], f"{memory / 1e6:.0f}", f"{memory / size:.2f}", *pairs]
    return f"| {' | '.join(cells)} |"


def said(*command):
    """The first line that a command says of itself, or that it cannot."""
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
        return done.stdout.strip().splitlines()[0]
    except (OSError, subprocess.CalledProcessError, IndexError):
        return f"{pathlib.Path(str(command[0])).name}: version unknown"


def machine():
    """The processor's name and how many of it there are."""
    names = pathlib.Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else []
    models = [line.partition(":")[2].strip() for line in names if line.startswith("model name")]
    return f"{models[0] if models else platform.machine()}, {os.cpu_count()} processors, {platform.system()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ten", action="store_true", help="10,000,000 claims as well")
    parser.add_argument("--shape", choices=["ordinary", "hot-cell", "dense"], default="ordinary")
    parser.add_argument("--lies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", action="store_true", help="DuckDB and Polars as well")
    parser.add_argument("--python", default=sys.executable, help="the Python that has what the peers need")
    parser.add_argument("--timeout", type=int, default=600, help="seconds after which a run is stopped")
    parser.add_argument("--work", type=pathlib.Path, help="where the claims go, if not into Cargo's target folder")
    arguments = parser.parse_args()
    if arguments.claims <= 100_000:
        parser.error("--claims: up to 100,000 claims are kept and checked another way, which this does not measure")

    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release"
    arguments.work = (arguments.work or target.parent / "million").resolve()
    build = ["cargo", "build", "--release", "--locked", "--quiet", "--bin", "gainsay"]
    subprocess.run([*build, "--example", "gainsay-bench", "--example", PARSER], cwd=ROOT, check=True)

    print(f"{machine()}. {said(target / 'gainsay', '--version')}; {said('rustc', '--version')}.")
    print(f"Each program ran {arguments.runs} times, in turn; the median counts.")
    if arguments.peers:
        print(said(arguments.python, "-c", "import duckdb, polars; print(f'DuckDB {duckdb.__version__}, Polars {polars.__version__}.')"))
    agreed = measure(arguments.claims, arguments, target)
    if arguments.ten:
        agreed &= measure(10_000_000, arguments, target)
    else:
        print("\nNot run: 10,000,000 claims (--ten).")
    sys.exit(not agreed)


main()
