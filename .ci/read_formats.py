"""Reads the reports for other programs with readers that others use: GitHub's own Markdown, junitparser, SARIF tools.

Arguments: the JSON report, and the same in Markdown, JUnit and SARIF.
"""

import json
import re
import sys

import cmarkgfm
import junitparser
from cmarkgfm.cmark import Options
from sarif import loader

report, markdown, junit, sarif = sys.argv[1:]
with open(report, encoding="utf-8") as file:
    findings = json.load(file)["findings"]
count = lambda verdict: sum(finding["verdict"] == verdict for finding in findings)

# GitHub makes links of addresses and mentions once the Markdown is rendered; nothing that somebody wrote may become one.
with open(markdown, encoding="utf-8") as file:
    html = cmarkgfm.github_flavored_markdown_to_html(file.read(), options=Options.CMARK_OPT_UNSAFE)
tags = set(re.findall(r"<\s*/?\s*([a-zA-Z!]\w*)", html))
known = {"h1", "h2", "h3", "p", "ul", "li", "code", "details", "summary"} | {"table", "thead", "tbody", "tr", "th", "td"}
assert tags <= known, f"tags in the Markdown report: {tags - known}"
assert "@" not in re.sub("@\u200b", "", html), "a mention"

suites = junitparser.JUnitXml.fromfile(junit)
assert suites.failures == count("contradiction"), (suites.failures, count("contradiction"))
assert sum(len(suite) for suite in suites) == suites.tests

records = loader.load_sarif_file(sarif).get_records()
for severity, verdict in [("error", "contradiction"), ("warning", "tension"), ("note", "note")]:
    told = [record for record in records if record["Severity"] == severity]
    assert len(told) == count(verdict), (verdict, len(told), count(verdict))
places = {(claim["file"], claim["line"]) for finding in findings for claim in finding["claims"]}
assert all((record["Location"], int(record["Line"])) in places for record in records), "each result is at a claim"
print(f"{len(findings)} findings, read back from Markdown, JUnit and SARIF")
