"""Every quote of the claims stands in its source's text, at its line; every text is the one that was encoded."""

import hashlib
import json
import pathlib
import re
import sys


def folded(text):
    for kind, plain in (("’‘", "'"), ("“”", '"'), ("–—‑‐", "-"), ("\u00ad", "")):
        text = re.sub("[" + kind + "]", plain, text)
    return re.sub(r"\s+", " ", text).strip()


def main(claims, texts):
    wrong = 0
    seen = 0
    for path in sorted(pathlib.Path(claims, "sources").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        described = document["source"]["text"]
        raw = pathlib.Path(texts, described["file"]).read_bytes()
        if hashlib.sha256(raw).hexdigest() != described["sha256"]:
            print(f"{path}: {described['file']} is not the text that was encoded")
            wrong += 1
        lines = raw.decode("utf-8").split("\n")
        for claim in document["claims"]:
            seen += 1
            # A quote may run over a few line breaks, and starts on its line.
            window = folded(" ".join(lines[claim["line"] - 1 : claim["line"] + 4]))
            if not all(folded(part) in window for part in claim["quote"].split("[...]")):
                print(f"{path}: {claim['id']}: not at line {claim['line']}: {claim['quote']}")
                wrong += 1
    print(f"{seen} quotes compared, {wrong} wrong")
    return 1 if wrong or not seen else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
