"""Scenarios on the real asyncore, and the stage they are played on.

``catalogue`` knows all scenarios and writes their traces, ``stage`` holds the map, the loop and the trace of one
scenario, ``recorders`` are the channels that say what is called, ``peers`` the raw sockets at the other end.
The other modules are the scenarios, one module per subject. A scenario has one thread: it moves its raw peers between
two polls, so nothing in a trace depends on timing.
"""
