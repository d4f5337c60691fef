"""Reads a JSON report as a stranger would and adds up its certificates with fractions of its own.

It shares nothing with gainsay: each row's bound is compared with what the claim's entry says, and the weighted right-hand
sides are added. That boxes contain one another is left to gainsay's own verifier, which has run already.
"""

import json
import sys
from fractions import Fraction


def main(path):
    report = json.load(open(path, encoding="utf-8"))
    summary = report["summary"]
    assert report["schema"] == 1
    assert sum(summary["coverage"].values()) == summary["claims"] > 0
    for verdict in ("contradiction", "tension", "note"):
        count = sum(1 for f in report["findings"] if f["verdict"] == verdict and not f["waived"])
        assert count == summary[verdict + "s"], verdict
    proofs = 0
    for finding in report["findings"]:
        certificate = finding["certificate"]
        if certificate is None:
            continue
        proofs += 1
        claims = {claim["claim"]: claim for claim in finding["claims"]}
        total = Fraction(0)
        for row in certificate["rows"]:
            weight, right = Fraction(row["weight"]), Fraction(row["at_least"])
            assert weight > 0, finding["id"]
            claim = claims.get(row.get("claim"))
            if claim and claim.get("change") in ("factor", "share"):
                # The bound is a factor: it stands on the left, and the right-hand side is nothing.
                assert right == 0, finding["id"]
                claim = None
            if claim and claim.get("low") is not None and row["bound"] == "low":
                assert right == Fraction(claim["low"]), finding["id"]
            if claim and claim.get("high") is not None and row["bound"] == "high":
                assert right == -Fraction(claim["high"]), finding["id"]
            total += weight * right
        assert total == Fraction(certificate["total"]), finding["id"]
        assert total > 0 or (total == 0 and any(row.get("open") for row in certificate["rows"])), finding["id"]
    assert proofs > 0
    print(f"{proofs} certificates added up; {summary['contradictions']} contradictions, {summary['tensions']} tensions")


if __name__ == "__main__":
    main(sys.argv[1])
