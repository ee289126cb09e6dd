"""A guest under QEMU: boots, runs scripts inside it, takes pictures of its screen from outside.

    guest = Guest(disks, folder, words="quiet")
    guest.start()
    guest.run("id -un", user="strata").out
    guest.picture("home.png")
    guest.end()

Every wait has an end, and says what it waited for. A guest that was started is killed by its own
process id when this program ends, however it ends."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import time

SCREEN = (480, 800)


class Failure(Exception):
    """What was wanted, and what was seen."""


def wait_until(what, seconds, ask):
    """Asks again until the answer is true, and returns it."""
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure("after %d s still not: %s" % (seconds, what))
        pause(0.1)


def pause(seconds):
    select.select([], [], [], seconds)


class Answer:
    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def text(self):
        return self.out.decode("utf-8", "replace").strip()

    def json(self):
        return json.loads(self.out)


class Stream:
    """A unix socket to read from with an end to the patience."""

    def __init__(self, path, what, seconds=20):
        self.what = what
        self.kept = b""
        self.socket = socket.socket(socket.AF_UNIX)
        wait_until("QEMU's socket for " + what, seconds, lambda: self.try_to(path))

    def try_to(self, path):
        try:
            self.socket.connect(path)
            return True
        except OSError:
            return False

    def fill(self, end, waits_for):
        left = end - time.monotonic()
        ready = left > 0 and select.select([self.socket], [], [], left)[0]
        if not ready:
            raise Failure("%s does not answer: %s" % (self.what, waits_for))
        got = self.socket.recv(1 << 20)
        if not got:
            raise Failure("%s has gone: %s" % (self.what, waits_for))
        self.kept += got

    def line(self, seconds, waits_for):
        end = time.monotonic() + seconds
        while b"\n" not in self.kept:
            self.fill(end, waits_for)
        line, self.kept = self.kept.split(b"\n", 1)
        return line

    def bytes(self, count, seconds, waits_for):
        end = time.monotonic() + seconds
        while len(self.kept) < count:
            self.fill(end, waits_for)
        got, self.kept = self.kept[:count], self.kept[count:]
        return got


class Guest:
    def __init__(self, disks, folder, words="", log="console.log", ports=()):
        """disks: of root, Strata and its own: (path, format, where its writes are logged or None).
        ports: further lines out of the guest, /dev/virtio-ports/strata.NAME."""
        self.disks = disks
        self.folder = folder
        self.words = words
        self.ports = ports
        self.log = os.path.join(folder, log)
        self.process = None
        self.control = None
        self.monitor = None
        self.owed = False  # an answer

    # --- QEMU ------------------------------------------------------------------------------------

    def command(self):
        line = ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2",
                "-m", "1024", "-accel", "tcg,thread=multi", "-nodefaults",
                "-display", "none", "-nic", "none", "-no-user-config",
                "-kernel", self.disks["kernel"], "-initrd", self.disks["initrd"],
                "-append", "console=ttyAMA0 panic=5 " + self.words,
                "-serial", "file:" + self.log,
                "-qmp", "unix:%s,server=on,wait=off" % self.path("qmp"),
                "-chardev", "socket,id=control,path=%s,server=on,wait=off" % self.path("control"),
                "-device", "virtio-serial-pci",
                "-device", "virtserialport,chardev=control,name=strata.control",
                "-device", "virtio-gpu-pci,xres=%d,yres=%d" % SCREEN,
                "-device", "virtio-keyboard-pci", "-device", "virtio-rng-pci"]
        for name in ("root", "strata", "own"):
            path, form, log = self.disks[name]
            line += ["-device", "virtio-blk-pci,drive=" + name] + (
                # Every write and every flush that the guest makes is written down.
                ["-blockdev", "driver=blklogwrites,node-name=%s,file.driver=file,file.filename=%s,"
                 "log.driver=file,log.filename=%s,log-sector-size=512" % (name, path, log)]
                if log else
                ["-drive", "file=%s,format=%s,if=none,id=%s,snapshot=on" % (path, form, name)])
        for name in self.ports:
            line += ["-chardev", "socket,id=%s,path=%s,server=on,wait=off" % (name, self.path(name)),
                     "-device", "virtserialport,chardev=%s,name=strata.%s" % (name, name)]
        return line

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self):
        for name in ("qmp", "control", *self.ports):
            if os.path.exists(self.path(name)):
                os.unlink(self.path(name))
        self.said = open(self.path("qemu.log"), "ab")
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL,
                                        stdout=self.said, stderr=self.said)
        atexit.register(self.kill)
        self.began = time.monotonic()
        self.monitor = Stream(self.path("qmp"), "QEMU's monitor")
        self.monitor.line(20, "its greeting")
        self.tell("qmp_capabilities")
        self.control = Stream(self.path("control"), "the guest's agent")

    def wait_for_agent(self, seconds=120):
        """The first thing that the guest says, after power-on and after a reset."""
        try:
            end = time.monotonic() + seconds
            while self.control.line(end - time.monotonic(), "its hello") != b"hello":
                pass
            self.owed = False
            self.run("true")
        except Failure as failure:
            raise Failure("the guest does not come up: %s; its console ends with:\n%s" %
                          (failure, self.console_end())) from failure
        return time.monotonic() - self.began

    def console_end(self, lines=25):
        try:
            with open(self.log, errors="replace") as log:
                return "".join(log.readlines()[-lines:])
        except OSError:
            return "(nothing)"

    def kill(self):
        """As a power cut: at once."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        atexit.unregister(self.kill)

    def tell(self, verb, **arguments):
        text = json.dumps({"execute": verb, "arguments": arguments}) + "\n"
        self.monitor.socket.sendall(text.encode())
        while True:
            reply = json.loads(self.monitor.line(30, verb))
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise Failure("QEMU: %s: %s" % (verb, reply["error"]["desc"]))

    def picture(self, path, form="png"):
        """The screen, as somebody in front of it sees it."""
        path = os.path.abspath(path)
        self.tell("screendump", filename=path, format=form)
        return path

    def keys(self, *names):
        """Of the keyboard that QEMU has, by its names: "shift+a" holds the first."""
        for name in names:
            codes = [{"type": "qcode", "data": part} for part in name.split("+")]
            for down in (True, False):
                order = codes if down else list(reversed(codes))
                self.tell("input-send-event", events=[
                    {"type": "key", "data": {"down": down, "key": code}} for code in order])

    def reset(self):
        """The reset button."""
        self.control.kept = b""
        self.tell("system_reset")
        self.began = time.monotonic()

    # --- Inside ----------------------------------------------------------------------------------

    def run(self, script, user="root", seconds=120, check=True):
        while self.owed:  # what nobody had the patience for has to be over first
            self.answer(seconds, "what was asked before")
        script = script.encode()
        self.owed = True
        self.control.socket.sendall(b"run %s %d\n" % (user.encode(), len(script)) + script)
        what = script.decode().strip().splitlines()[-1]
        answer = self.answer(seconds, what)
        code, out, err = answer.code, answer.out, answer.err
        if check and code != 0:
            raise Failure("in the guest: %s: ended with %d: %s" %
                          (what, code, (err or out).decode(errors="replace").strip()))
        return answer

    def answer(self, seconds, what):
        head = self.control.line(seconds, what).split()
        if head[0] != b"exit":
            raise Failure("the guest's agent said %r" % head)
        code, out, err = (int(word) for word in head[1:])
        answer = Answer(code, self.control.bytes(out, seconds, what),
                        self.control.bytes(err, seconds, what))
        self.owed = False
        return answer

    def get(self, inside, outside):
        with open(outside, "wb") as file:
            file.write(self.run("cat '%s'" % inside).out)
        return outside
