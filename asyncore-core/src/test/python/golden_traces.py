"""Plays the scenarios of the package ``golden`` on the real asyncore and asynchat and writes what happened.

    python3.11 golden_traces.py            rewrites ../resources/golden/traces.json
    python3.11 golden_traces.py --print    writes the same text to standard output
    python3.11 golden_traces.py NAME ...   shows the traces of these scenarios only

The text is the same in every run: it holds no ports, addresses, descriptors or times.
"""

import os
import sys
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore", DeprecationWarning)

from golden import catalogue  # noqa: E402  (the two settings above must come first)

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "golden", "traces.json")


def main(arguments):
    names = [argument for argument in arguments if not argument.startswith("--")]
    text = catalogue.as_json(catalogue.play_all(names))
    if arguments:
        sys.stdout.write(text)
        return
    os.makedirs(os.path.dirname(TARGET), exist_ok=True)
    with open(TARGET, "w", encoding="ascii", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
