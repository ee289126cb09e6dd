#!/usr/bin/env python3
"""usage: rest.py SECONDS PID…
Counts the context switches of every thread of these processes over SECONDS of real time, and names
each thread that woke. Ends with 1 if one did.

Before that it waits until nothing has woken for one second (15 s at most), so that what a command
started has come to rest. It sleeps: that time passes is what is tested."""
import pathlib
import sys
import time

UNTIL_QUIET_S = 15


def threads(pids):
    seen = {}
    for pid in pids:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            status = dict(line.split(":\t", 1) for line in (task / "status").read_text().splitlines() if ":\t" in line)
            switches = int(status["voluntary_ctxt_switches"]) + int(status["nonvoluntary_ctxt_switches"])
            seen[int(task.name)] = (pid, status["Name"], switches)
    return seen


def woken(pids, seconds):
    before = threads(pids)
    time.sleep(seconds)
    after = threads(pids)
    names = []
    for thread, (pid, name, switches) in after.items():
        more = switches - before.get(thread, (0, "", 0))[2]
        if more != 0:
            names.append(f"{name} ({pid}, thread {thread}): {more} times")
    return names


def main():
    seconds = float(sys.argv[1])
    pids = [int(word) for word in sys.argv[2:]]
    until = time.monotonic() + UNTIL_QUIET_S
    names = woken(pids, 1)
    while names and time.monotonic() < until:
        names = woken(pids, 1)
    if not names:
        names = woken(pids, seconds)
    for name in names:
        print("woke:", name)
    return 1 if names else 0


sys.exit(main())
