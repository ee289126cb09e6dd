#!/usr/bin/env python3
"""Power cuts: QEMU is killed at random moments while notes are written, and whatever was reported
saved is there when the guest has booted again, on a file system that is clean.

usage: powercut.py CHECKOUT FOLDER CUTS [SEED]

A killed QEMU alone would be a kind power cut: what it had written, flushed or not, outlives it in the
host's cache. So the data's disk (ext4 with a journal) has every write and every flush of the guest
logged by QEMU's blklogwrites, and the disk of the next boot is made of the log: all up to the last
flush, and of the writes after it any half, in whatever order a disk's cache would have put them."""

import os
import random
import shutil
import struct
import subprocess
import sys

sys.dont_write_bytecode = True

import disks
import run
from guest import Failure, Guest, Stream, wait_until

NOTES = "/var/lib/strata/notes"
WRITER = "/usr/libexec/strata-guest/writer"
FLUSH, FUA, DISCARD = 1, 2, 4
MAGIC = 0x6a736677736872


def read_log(path):
    """The entries of a log of dm-log-writes' format: (sector, flags, bytes)."""
    entries = []
    with open(path, "rb") as log:
        magic, version, _, sector_size = struct.unpack("<QQQI", log.read(28))
        if (magic, version) != (MAGIC, 1):
            raise Failure("%s is no log of writes" % path)
        log.seek(sector_size)
        while True:
            head = log.read(sector_size)
            if len(head) < 32:
                return sector_size, entries
            sector, count, flags, length = struct.unpack("<QQQQ", head[:32])
            if (sector, count, flags, length) == (0, 0, 0, 0):
                return sector_size, entries
            data = b"" if flags & DISCARD else log.read(count * sector_size)
            if not flags & DISCARD and len(data) < count * sector_size:
                return sector_size, entries  # cut in the midst of it
            entries.append((sector, flags, data))


def replay(log, image, chance):
    """Makes of the disk as it was before a boot the disk as the cut left it."""
    sector_size, entries = read_log(log)
    last = max((i for i, entry in enumerate(entries) if entry[1] & FLUSH), default=-1)
    after = [e for e in entries[last + 1:] if e[2]]
    kept = [e for e in after if e[1] & FUA or chance.random() < 0.5]
    chance.shuffle(kept)
    with open(image, "r+b") as disk:
        for sector, _, data in [e for e in entries[:last + 1] if e[2]] + kept:
            disk.seek(sector * sector_size)
            disk.write(data)
    return len(entries), len(after) - len(kept)


def check_disk(image, scratch):
    """What fsck says once the journal has been played back, as the next mount will do."""
    shutil.copy(image, scratch)
    played = subprocess.run(["e2fsck", "-p", "-E", "journal_only", scratch],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    checked = subprocess.run(["e2fsck", "-fn", scratch], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, check=False)
    if played.returncode > 1 or checked.returncode != 0:
        raise Failure("the file system is not clean: %s" %
                      (played.stdout + checked.stdout).decode(errors="replace"))
    os.unlink(scratch)


class Writer:
    """Of notes, for ever; what came over the line was reported saved."""

    def __init__(self, guest, first):
        self.saved = []
        self.stream = Stream(guest.path("saved"), "the writer")
        guest.run("mkdir -p %s; ls /dev/virtio-ports/strata.saved >/dev/null 2>&1 || udevadm trigger; "
                  "port=$(grep -l strata.saved /sys/class/virtio-ports/*/name); port=${port%%/name}; "
                  "setsid %s %s %d /dev/${port##*/} >/dev/kmsg 2>&1 </dev/null &" %
                  (NOTES, WRITER, NOTES, first))

    def listen(self, seconds):
        import time
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self.stream.line(max(0.01, end - time.monotonic()), "a note is saved")
            except Failure:
                return
            self.saved.append(int(line.split()[1]))


def drain(writer):
    """What had left the guest before the cut was said before it."""
    while True:
        try:
            writer.saved.append(int(writer.stream.line(1, "more").split()[1]))
        except Failure:
            return


def read_notes(guest):
    said = guest.run("mkdir -p %s; %s %s" % (NOTES, WRITER, NOTES), seconds=120).out.decode()
    errors = guest.run("dmesg | grep -E 'EXT4-fs (error|warning)|I/O error' || true").text()
    if errors:
        raise Failure("the kernel says: " + errors)
    return {int(line.split()[1]) for line in said.splitlines()}


def cut(guest, chance, first):
    """One boot's writing: the numbers that were reported saved."""
    writer = Writer(guest, first)
    wait_until("a note is saved", 60, lambda: writer.listen(1) or writer.saved)
    writer.listen(chance.uniform(0, 6))
    guest.kill()
    drain(writer)
    return writer.saved


def main():
    checkout, folder, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.SystemRandom().randrange(1 << 30)
    print("# seed %d" % seed, flush=True)
    chance = random.Random(seed)
    log = os.path.join(folder, "own.log")
    its = disks.make(checkout, folder, own_options=(), own_log=log)
    image, before = its["own"][0], os.path.join(folder, "before.ext4")
    saved = set()
    for turn in range(cuts + 1):
        shutil.copy(image, before)
        open(log, "wb").close()
        guest = Guest(its, folder, run.words_of(checkout), ports=("saved",))
        guest.start()
        guest.wait_for_agent(240)
        there = read_notes(guest)
        if not saved <= there:
            raise Failure("after cut %d these notes are gone: %s" % (turn, sorted(saved - there)))
        if turn == cuts:
            guest.kill()
            break
        told = cut(guest, chance, max(there | saved, default=0) + 1)
        saved |= set(told)
        shutil.copy(before, image)
        writes, lost = replay(log, image, chance)
        check_disk(image, os.path.join(folder, "check.ext4"))
        print("# cut %d: %d notes reported saved, %d in all; of %d writes %d that were not flushed are lost" %
              (turn + 1, len(told), len(saved), writes, lost), flush=True)
    print("%d cuts, %d notes reported saved, all of them there" % (cuts, len(saved)))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        print("FAILED: %s" % failure)
        sys.exit(1)
