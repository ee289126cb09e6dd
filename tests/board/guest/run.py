#!/usr/bin/env python3
"""The board suite: boots a guest, and runs the checks of checks.py in it, one after the other.

usage: run.py CHECKOUT FOLDER [CHECK…]

With names of checks only those, in the suite's order (the first one, installs, always). Says what
came of each in the words of TAP; pictures and logs are left in FOLDER."""

import os
import sys
import time

sys.dont_write_bytecode = True

import checks
import disks
from board import Board
from guest import Failure, Guest

# What board/install adds to a kernel's command line, where there is a file to write it into.
WORDS_FILE = "board/install/common.sh"


def words_of(checkout):
    with open(os.path.join(checkout, WORDS_FILE)) as file:
        for line in file:
            if line.startswith("words_added="):
                return line.split("=", 1)[1].strip().strip('"')
    raise Failure("%s names no words" % WORDS_FILE)


def begin(checkout, folder):
    os.makedirs(folder, exist_ok=True)
    began = time.monotonic()
    guest = Guest(disks.make(checkout, folder), folder, words_of(checkout))
    print("# disks after %.0f s" % (time.monotonic() - began), flush=True)
    headless = checks.make_headless(checkout, folder)
    print("# headless pictures after %.0f s" % (time.monotonic() - began), flush=True)
    guest.start()
    print("# the guest answers %.0f s after power-on" % guest.wait_for_agent(240), flush=True)
    return guest, headless


def main():
    checkout, folder, wanted = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
    todo = [c for c in checks.BOARD if not wanted or c.__name__ in wanted or c is checks.installs]
    print("TAP version 13\n1..%d" % (len(todo) + 1), flush=True)
    try:
        guest, headless = begin(checkout, folder)
    except Exception as failure:  # whatever it was, it is this check that failed
        print("not ok 1 - a guest boots: %s" % failure, flush=True)
        return 1
    print("ok 1 - a guest boots", flush=True)
    board = Board(guest, folder)
    failed = 0
    for number, check in enumerate(todo, 2):
        began = time.monotonic()
        try:
            check(board, headless)
            why = ""
        except Exception as failure:
            why = ": %s: %s" % (type(failure).__name__, failure)
            failed += 1
            tell_more(board, check.__name__)
        print("%s %d - %s%s" % ("not ok" if why else "ok", number, check.__doc__,
                                why.replace("\n", " | ")), flush=True)
        print("# %s took %.0f s" % (check.__name__, time.monotonic() - began), flush=True)
    guest.kill()
    return 1 if failed else 0


def tell_more(board, name):
    """For whoever looks at it later."""
    try:
        board.picture("failed-" + name)
        said = board.guest.run("journalctl -b --no-pager -n 80 -u strata -u strata-splash; "
                               "systemctl status strata --no-pager", check=False)
        with open(os.path.join(board.folder, "failed-%s.log" % name), "wb") as log:
            log.write(said.out + said.err)
    except Exception as failure:
        print("# nothing more is known: %s" % failure, flush=True)


if __name__ == "__main__":
    sys.exit(main())
