#!/usr/bin/env python3
"""usage: kill_role.py STRATA DEVICE ROLE BEFORE.png
Kills the process of a role, and prints after how many ms another one is there and the picture is what
it was before. Ends with 1 if that takes longer than the promised 2 s."""
import json
import os
import signal
import subprocess
import sys
import time

DEADLINE_S = 2.0
FEW_PIXELS = 1000  # the caret and the status bar's clock; missing text is more

program, device, role, before = sys.argv[1:]
now = os.path.join(os.path.dirname(before), "now.png")


def strata(*words):
    return subprocess.run([program, "--device", device, *words], capture_output=True, text=True, check=False)


def pid_of_role():
    facts = strata("status", "--json")
    if facts.returncode != 0:
        return None
    return next((p["pid"] for p in json.loads(facts.stdout)["processes"] if p["role"] == role), None)


def what_is_missing(old_pid):
    pid = pid_of_role()
    if pid in (None, old_pid):
        return "no new process"
    shot = strata("screenshot", now)
    if shot.returncode != 0:
        return "no picture: " + shot.stderr.strip()
    pixels = json.loads(strata("compare", "--json", "--tolerance", "2", before, now).stdout)["pixels"]
    return None if pixels < FEW_PIXELS else f"a picture with {pixels} other pixels"


def main():
    old_pid = pid_of_role()
    since = time.monotonic()
    os.kill(old_pid, signal.SIGKILL)
    missing = "not looked yet"
    while missing is not None:
        missing = what_is_missing(old_pid)
        took = time.monotonic() - since
        if took > DEADLINE_S:
            print(f"{role} killed: it took {took:.1f} s; before: {missing}")
            return 1
    print(int(took * 1000))
    return 0


sys.exit(main())
