"""Write into README.md what the demo says, so that it cannot say anything else.

Run with `make docs`. A test holds the README to it.
"""

import textwrap
from pathlib import Path

from footprint.cli.words import answer_sentences
from footprint.plan.read import read_plan
from footprint.stress.summary import stress

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
EXAMPLE = ROOT / "examples" / "leicestershire-2016"
_START, _END = "```text\n", "```\n<!-- /answer -->"
_WIDTH = 100


def with_answer(readme: str) -> str:
    """The README with the block between its marks replaced by what the demo says."""
    before, rest = readme.split(_START, 1)
    after = rest.split(_END, 1)[1]
    sentences = [sentence.strip() for sentence in answer_sentences(stress(read_plan(EXAMPLE)))]
    lines = [textwrap.fill(sentence, _WIDTH) for sentence in sentences]
    return before + _START + "\n".join(lines) + "\n" + _END + after


def main() -> None:
    """Write the README."""
    README.write_text(with_answer(README.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md")


if __name__ == "__main__":
    main()
