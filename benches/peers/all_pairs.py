#!/usr/bin/env python3
"""Counts the pairs of claims that contradict each other by comparing every claim with every other.

This is slow on purpose, and shares nothing with the queries that are held against it but the meaning of the words. It reads what
examples/gainsay-bench writes: count measures of whole things, the hedges below, and the codebook's default policies.
"""
import argparse
import calendar
import datetime
import json
import math
import pathlib
from fractions import Fraction

import numpy

NONE = 1 << 60


def interval(value, plain):
    """The least and the greatest whole number that a value allows."""
    about = Fraction(1, 10) if plain else Fraction(1, 4)
    distance = lambda v: max(v * about, 1)
    beyond = lambda v: math.floor(v + max(Fraction(v, 4), 10)) if plain else NONE
    match value:
        case int():
            return value, value
        case {"at_least": v}:
            return v, beyond(v)
        case {"more_than": v}:
            return v + 1, beyond(v)
        case {"at_most": v}:
            return -NONE, v
        case {"less_than": v}:
            return -NONE, v - 1
        case {"about": v}:
            return math.ceil(v - distance(v)), math.floor(v + distance(v))
        case {"nearly": v}:
            return math.ceil(v - distance(v)), v - 1
        case {"between": [low, high]}:
            return low, high
        case {"rounded": v, "to": to}:
            return math.ceil(v - Fraction(to, 2)), math.floor(v + Fraction(to, 2))
    raise ValueError(value)


def days(period):
    """The first and the last day of an EDTF period, as numbers."""
    ends = period.split("/")
    first, last = ([int(part) for part in end.split("-")] for end in (ends[0], ends[-1]))
    month = last[1] if len(last) > 1 else 12
    day = last[2] if len(last) > 2 else calendar.monthrange(last[0], month)[1]
    return datetime.date(*(first + [1, 1])[:3]).toordinal(), datetime.date(last[0], month, day).toordinal()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    codebook = json.loads((folder / "codebook.json").read_text())
    with open(folder / "sources" / "incidents.jsonl") as lines:
        claims = [claim for claim in map(json.loads, lines) if "id" in claim]

    names = list(codebook["dimensions"])
    # Per dimension: the terms that a term is in (itself among them), as a table of what is within what; and each claim's term.
    tables, terms = [], []
    for name in names:
        dimension = codebook["dimensions"][name]
        parents = {dimension["root"]: None} | {id: term["in"] for id, term in dimension["terms"].items()}
        number = {id: index for index, id in enumerate(parents)}
        table = numpy.zeros((len(parents), len(parents)), dtype=bool)
        for id in parents:
            above = id
            while above is not None:
                table[number[id], number[above]] = True
                above = parents[above]
        tables.append(table)
        terms.append(numpy.array([number[claim.get(name, dimension["root"])] for claim in claims]))
    measures = numpy.array([sorted(codebook["measures"]).index(claim["measure"]) for claim in claims])
    first, last = numpy.array([days(claim["period"]) for claim in claims]).T
    strict_low, strict_high = numpy.array([interval(claim["value"], False) for claim in claims]).T
    plain_low, plain_high = numpy.array([interval(claim["value"], True) for claim in claims]).T

    strict = plain = 0
    for part in range(len(claims)):
        within = (measures == measures[part]) & (first <= first[part]) & (last[part] <= last)
        for table, term in zip(tables, terms):
            within &= table[term[part], term]
        below = within & (strict_high < strict_low[part])
        strict += int(below.sum())
        plain += int((within & (plain_high < plain_low[part]) & ~below).sum())
    print(json.dumps({"strict_pairs": strict, "plain_pairs": plain}))


main()
