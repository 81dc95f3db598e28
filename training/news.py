"""News without annotation as the program's input: headline, dateline and text of `newswire` and `articles`, JSON lines on stdout.

    python news.py DATA > news.jsonl
"""

import glob
import json
import os
import sys

from data import rows


def report(row):
    dateline = row.get("dateline")
    head = [row.get("title")] if row.get("title") else []
    return {"id": row["id"], "text": "\n\n".join([*head, f"{dateline} - {row['text']}" if dateline else row["text"]])}


if __name__ == "__main__":
    if len(sys.argv) != 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    for path in ("newswire/docs.jsonl*", "articles/news.jsonl*", "articles/whitehouse_briefings.jsonl*"):
        for row in rows(glob.glob(os.path.join(sys.argv[1], path))[0]):
            print(json.dumps(report(row)))
