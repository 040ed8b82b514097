"""All scenarios: registers them, plays them in both orders and writes their traces."""

import gc
import importlib
import json

from golden.stage import ORDERS, Stage

MODULES = (
    "connecting",
    "accepting",
    "ending",
    "closing",
    "failing",
    "leaving",
    "receiving",
    "sending",
    "turns",
    "nesting",
)
_scenarios = []


class Scenario:
    def __init__(self, play, differs, java):
        self.name = play.__name__
        self.play = play
        self.differs = differs
        self.java = java if isinstance(java, dict) else {order: java for order in ORDERS}

    def trace(self, order):
        stage = Stage(order)
        self.play(stage)
        stage.finish()
        gc.collect()
        return stage.trace

    def entries(self):
        """One entry if both orders give the same trace and the same answer of ours, else one for each."""
        entries = [self._entry(order) for order in ORDERS]
        first, *others = ({**entry, "order": "both"} for entry in entries)
        return [first] if all(other == first for other in others) else entries

    def _entry(self, order):
        java = self.java.get(order)
        return {
            "name": self.name,
            "order": order,
            "events": self.trace(order),
            "differs": self.differs if java else None,
            "java": java.split() if java else None,
        }


def scenario(play=None, *, differs=None, java=None):
    """Registers a scenario.

    Where the JVM differs on purpose, ``differs`` is the row of the design's table of flaws that says why and ``java``
    the trace expected there: its events divided by spaces, or a dictionary of such texts by order.
    """
    if play is None:
        return lambda played: scenario(played, differs=differs, java=java)
    _scenarios.append(Scenario(play, differs, java))
    return play


def play_all(names=()):
    for module in MODULES:
        importlib.import_module("golden." + module)
    all_names = [each.name for each in _scenarios]
    assert len(set(all_names)) == len(all_names), "two scenarios share a name"
    return [entry for each in _scenarios if not names or each.name in names for entry in each.entries()]


def as_json(entries):
    """One line per key, so that a difference of two versions can be read."""
    keys = ("name", "order", "events", "differs", "java")
    lines = [",\n  ".join("%s: %s" % (json.dumps(key), json.dumps(entry[key])) for key in keys) for entry in entries]
    return "[\n" + ",\n".join(" {" + line + "}" for line in lines) + "\n]\n"
