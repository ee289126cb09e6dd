#!/usr/bin/env python3
"""Figures of the whole system: a device of the benchmark's own, without a window, driven by the
command. It speaks work.h's protocol: "NAME TURNS" comes in, one number goes out."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
STRATA = os.path.join(ROOT, "apps", "cli", "strata")
PLACE = tempfile.mkdtemp(prefix="strata-bench.")
APP, LABEL = "org.strata.hello", "Hello"

# What a person does first: lists, pages that come and go, text, scrolling.
SCENES = """
tap "Notes"
settle
tap "New"
settle
type "Milk, eggs and bread"
key back
settle
tap "New"
settle
type "A second note"
key back
settle
drag 200 600 200 300 200
settle
key home
settle
tap "Settings"
settle
drag 200 600 200 300 200
settle
tap "About"
settle
key back
settle
key home
settle
"""


def environment():
    env = dict(os.environ, STRATA_HOME=os.path.join(PLACE, "devices"),
               XDG_RUNTIME_DIR=os.path.join(PLACE, "run"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        env.pop(name, None)
    os.makedirs(env["XDG_RUNTIME_DIR"], exist_ok=True)
    return env


ENVIRONMENT = environment()


def strata(*words, text=None):
    done = subprocess.run([STRATA, "--device", "bench", *words], env=ENVIRONMENT, input=text,
                          stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit("strata %s ended with %d" % (" ".join(words), done.returncode))
    return done.stdout


def stop():
    subprocess.run([STRATA, "--device", "bench", "stop"], env=ENVIRONMENT, check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    shutil.rmtree(PLACE, ignore_errors=True)


def start():
    atexit.register(stop)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    subprocess.run([STRATA, "--device", "bench", "run", "--headless", "--detach"], env=ENVIRONMENT,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    strata("settle")


def processes():
    return json.loads(strata("status", "--json"))["processes"]


def events():
    """Records of all processes in order of time, each with its process's name."""
    path = os.path.join(PLACE, "trace.json")
    strata("trace", path)
    with open(path, encoding="utf-8") as file:
        trace = json.load(file)["traceEvents"]
    names = {e["pid"]: e["args"]["name"] for e in trace if e["ph"] == "M"}
    slices = [dict(e, process=names[e["pid"]]) for e in trace if e["ph"] == "X"]
    return sorted(slices, key=lambda e: e["ts"])


# --- Works -----------------------------------------------------------------------------------


def first_frame_us(records):
    """From the last finger's lift to the frame that showed the app's first commit."""
    lifts = [e["ts"] for e in records if e["name"] == "touch up"]
    begin = lifts[-1]
    commits = [e["ts"] for e in records if e["name"] == "commit" and e["process"] == APP
               and e["ts"] >= begin]
    frames = [e["ts"] for e in records if e["name"] == "present" and commits
              and e["ts"] > commits[0]]
    return frames[0] - begin if frames else None


def launch_cold(turns):
    times = []
    for _ in range(turns):
        strata("tap", LABEL)
        strata("settle")
        took = first_frame_us(events())
        if took is not None:
            times.append(took)
        strata("quit", APP)
        strata("settle")
    return sorted(times)[len(times) // 2]


def own_kb(pid):
    """What work.h counts, and what is drawn into: that is shared with the compositor here."""
    sum_kb, arena = 0, False
    with open("/proc/%d/smaps" % pid, encoding="utf-8") as maps:
        for line in maps:
            words = line.split()
            if not words[0].endswith(":"):
                arena = "strata-arena" in line
            elif words[0] == ("Rss:" if arena else "Private_Dirty:"):
                sum_kb += int(words[1])
    return sum_kb


def memory_app(_turns):
    strata("launch", APP)
    strata("settle")
    found = [own_kb(p["pid"]) for p in processes() if p["app"] == APP]
    strata("quit", APP)
    return found[0]


def memory_system(_turns):
    return sum(p["private_kb"] for p in processes() if p["role"] != "app")


def wake_ups(pids):
    count = 0
    for pid in pids:
        for task in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/status" % (pid, task), encoding="utf-8") as status:
                for line in status:
                    if line.startswith("voluntary_ctxt_switches"):
                        count += int(line.split()[1])
    return count


def idle(turns):
    """turns: seconds, from just after a minute of the device's clock."""
    pids = [p["pid"] for p in processes()]
    strata("clock", "set", "2026-01-02T09:41:01Z")
    strata("settle")
    time.sleep(1)  # what the command set off has come to rest
    before = wake_ups(pids)
    time.sleep(turns)
    return wake_ups(pids) - before


def long_records(_turns):
    strata("play", "-", text=SCENES)
    return sum(1 for e in events() if e["name"] == "long")


WORKS = {"launch-cold": launch_cold, "memory-app": memory_app, "memory-system": memory_system,
         "idle": idle, "long": long_records}


def main():
    start()
    for line in sys.stdin:
        name, turns = line.split()
        print("%.6f" % WORKS[name](int(turns)), flush=True)


if __name__ == "__main__":
    main()
