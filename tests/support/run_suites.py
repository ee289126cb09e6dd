#!/usr/bin/env python3
"""Runs suites of tests and ends with one line that sums them all: "N passed, N failed".

usage: run_suites.py CHECKOUT [--sanitized | --arch=arm64] [SUITE…]

Without suites: all that need no board and no patience, and then, under AddressSanitizer and
UBSan, those whose processes are ours. meson runs the tests; this reads what it wrote down.
Tests that exit with 77 were skipped: they are listed with their reason and counted neither way.
So are the parts of a test that passed without them, each a line "skipped: REASON".

--arch=arm64: the same tree for the other processor, in build-arm64, under qemu-user. What is real
only on a real kernel (walls, ptrace, whole devices) is not there; `strata test board` boots one.
"""

import json
import os
import re
import shutil
import subprocess
import sys

SUITES = ["unit", "arch", "ui", "system", "golden", "fuzz", "slow", "board"]
BARE = ["unit", "arch", "ui", "system", "golden", "fuzz"]
EMULATED = ["unit", "arch", "ui", "fuzz"]
SANITIZED = ["-Db_sanitize=address,undefined", "-Db_lundef=false"]
# Only processes behind walls are without the leak check: ptrace is refused to them.
LEAK_CHECKED = ["unit", "ui", "golden", "fuzz"]
GOOD = {"OK", "EXPECTEDFAIL"}


class Build:
    """A folder that the tree is built in, and how."""

    def __init__(self, folder, label="", options=(), patience=3, env=None):
        self.folder = folder
        self.label = label
        self.options = list(options)
        self.patience = patience
        self.env = env or {}


def arm64_options(checkout):
    support = os.path.join(checkout, "tests", "support")
    files = ["arm64.ini"] + (["arm64-ccache.ini"] if shutil.which("ccache") else [])
    return ["--cross-file=" + os.path.join(support, name) for name in files]


def builds(checkout):
    return {
        "build": Build("build"),
        "build-asan": Build("build-asan", "sanitized ", SANITIZED, 8),
        "build-arm64": Build("build-arm64", "arm64 ", arm64_options(checkout), 20,
                             {"TEST_EMULATED": "qemu-user"}),
    }


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = []
        self.failures = []

    def fail(self, name):
        self.failed += 1
        self.failures.append(name)


def prepare(checkout, build):
    """Sets a build folder up if need be, and builds. True when all is built."""
    folder = os.path.join(checkout, build.folder)
    if os.path.exists(os.path.join(folder, "build.ninja")) and not os.access(folder, os.W_OK):
        return True
    if build.folder == "build-arm64":
        prepare_arm64 = os.path.join(checkout, "tests", "support", "prepare_arm64.sh")
        if subprocess.call(["bash", prepare_arm64]) != 0:
            return False
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        setup = ["meson", "setup", folder, checkout] + build.options
        if subprocess.call(setup, stdout=sys.stderr) != 0:
            return False
    # Programs that run during the build end at once: what they leak is nobody's loss.
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
    return subprocess.call(["ninja", "-C", folder, "--quiet"], stdout=sys.stderr, env=env) == 0


def environment(checkout, build, leaks):
    env = dict(os.environ, **build.env)
    env.pop("STRATA_HOME", None)  # a test makes its own
    if build.folder != "build-asan":
        return env
    support = os.path.join(checkout, "tests", "support")
    env["ASAN_OPTIONS"] = "halt_on_error=1:abort_on_error=1:detect_leaks=%d" % (1 if leaks else 0)
    env["UBSAN_OPTIONS"] = "halt_on_error=1:abort_on_error=1:print_stacktrace=1"
    env["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=" + os.path.join(support, "lsan.supp")
    return env


def reason(record):
    """What a skipped test said: its last line that speaks of it, or else its last line."""
    lines = (record.get("stdout", "") + "\n" + record.get("stderr", "")).splitlines()
    lines = [line.strip() for line in lines if line.strip()]
    said = [line for line in lines if "skip" in line.lower()]
    return (said or lines or ["no reason given"])[-1]


TAP = re.compile(r"(not )?ok \d+ - (.*)")


def read_tap(name, record, tally):
    """A test that is many checks on one machine counts as many."""
    said = record["stdout"].splitlines()
    plan = next((int(line[3:]) for line in said if line.startswith("1..")), 0)
    checks = [match.groups() for match in map(TAP.fullmatch, said) if match]
    for wrong, what in checks:
        if wrong:
            tally.fail("%s: %s" % (name, what))
        else:
            tally.passed += 1
    if len(checks) < plan:
        tally.fail("%s: %d of %d checks were not made (%s)" %
                   (name, plan - len(checks), plan, record["result"].lower()))


def read_log(path, label, tally):
    try:
        with open(path, encoding="utf-8") as log:
            records = [json.loads(line) for line in log if line.strip()]
    except OSError:
        records = []
    for record in records:
        name = label + record["name"].split(" / ")[-1]
        if record.get("stdout", "").startswith("TAP version"):
            read_tap(name, record, tally)
        elif record["result"] == "SKIP":
            tally.skipped.append((name, reason(record)))
        elif record["result"] in GOOD:
            tally.passed += 1
            tally.skipped += [(name + ", in part", line[len("skipped: "):])
                              for line in record.get("stdout", "").splitlines()
                              if line.startswith("skipped: ")]
        else:
            tally.fail("%s (%s)" % (name, record["result"].lower()))
    return len(records)


def run(checkout, build, suites, leaks, tally):
    base = "strata-" + "-".join(suites)
    folder = os.path.join(checkout, build.folder)
    path = os.path.join(folder, "meson-logs", base + ".json")
    if os.path.exists(path):
        os.unlink(path)
    command = ["meson", "test", "-C", folder, "--no-rebuild", "--print-errorlogs",
               "--logbase", base, "-t", str(build.patience)]
    for suite in suites:
        command += ["--suite", suite]
    print("== %s%s" % (build.label, " ".join(suites)), flush=True)
    status = subprocess.call(command, env=environment(checkout, build, leaks))
    counted = read_log(path, build.label, tally)
    if status != 0 and tally.failed == 0:
        tally.fail("%smeson test ended with %d after %d tests" % (build.label, status, counted))


def plan(suites, sanitized, arm64):
    """The runs to make: (build folder, suites, whether leaks are looked for)."""
    wanted = suites or BARE
    runs = []
    if arm64:
        return [("build-arm64", suites or ["unit", "arch", "ui"], False)]
    if not sanitized:
        runs.append(("build", wanted, False))
    if sanitized or not suites:
        again = suites or ["unit", "ui", "system"]
        for leaks in (True, False):
            part = [suite for suite in again if (suite in LEAK_CHECKED) == leaks]
            if part:
                runs.append(("build-asan", part, leaks))
    return runs


def main():
    checkout = os.path.abspath(sys.argv[1])
    suites = [word for word in sys.argv[2:] if not word.startswith("-")]
    options = [word for word in sys.argv[2:] if word.startswith("-")]
    unknown = [s for s in suites if s not in SUITES] + \
              [o for o in options if o not in ("--sanitized", "--arch=arm64")]
    arm64 = "--arch=arm64" in options
    if unknown:
        print("strata test: no such suite: %s; there are %s" % (unknown[0], " ".join(SUITES)),
              file=sys.stderr)
        return 2

    real = [s for s in suites if s not in EMULATED] if arm64 else []
    if real:
        print("strata test: %s needs a real kernel; under qemu-user there are %s" %
              (real[0], " ".join(EMULATED)), file=sys.stderr)
        return 2

    tally = Tally()
    prepared = {}
    kinds = builds(checkout)
    for name, part, leaks in plan(suites, "--sanitized" in options, arm64):
        build = kinds[name]
        if name not in prepared:
            prepared[name] = prepare(checkout, build)
            if not prepared[name]:
                tally.fail(name + " does not build")
        if prepared[name]:
            run(checkout, build, part, leaks, tally)

    for name, why in tally.skipped:
        print("skipped: %s: %s" % (name, why))
    for name in tally.failures:
        print("failed: %s" % name)
    if tally.passed == 0 and tally.failed == 0:
        print("strata test: no test ran", file=sys.stderr)
    print("%d passed, %d failed" % (tally.passed, tally.failed), flush=True)
    return 0 if tally.failed == 0 and tally.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
