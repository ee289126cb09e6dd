"""What checks say to a Strata inside a guest: the command's words, fingers, keys, pictures."""

import os
import subprocess

import pictures
from guest import Failure, SCREEN, wait_until

PLACES = "export STRATA_HOME=/var/lib/strata XDG_RUNTIME_DIR=/run/strata; "
HAND = "/usr/libexec/strata-guest/hand"
HAND_SOCKET = "/run/strata-hand"
LETTERS = {c: str(k) for c, k in zip("qwertyuiop", range(16, 26))}
LETTERS.update({c: str(k) for c, k in zip("asdfghjkl", range(30, 39))})
LETTERS.update({c: str(k) for c, k in zip("zxcvbnm", range(44, 51))})
LETTERS.update({" ": "57", "\n": "28"})


class Board:
    def __init__(self, guest, folder):
        self.guest = guest
        self.folder = folder
        self.orientation = 0
        os.makedirs(folder, exist_ok=True)

    # --- The command -----------------------------------------------------------------------------

    def strata(self, words, seconds=120, check=True):
        return self.guest.run(PLACES + "strata " + words, seconds=seconds, check=check)

    def status(self):
        answer = self.strata("status --json", check=False)
        return answer.json() if answer.code == 0 else {}

    def foreground(self):
        return self.status().get("foreground")

    def wait_foreground(self, app, seconds=60):
        """The app is in front, or home where it is None, and nothing moves any more."""
        wait_until("%s in front" % (app or "home"), seconds, lambda: self.is_in_front(app))
        self.strata("settle", seconds=120)

    def is_in_front(self, app):
        status = self.status()
        return status.get("state") == "running" and status["foreground"] == app and \
            status["frames_presented"] > 0

    def processes(self):
        return self.status().get("processes", [])

    def nodes(self):
        def walk(node):
            yield node
            for child in node.get("children", []):
                yield from walk(child)
        return list(walk(self.strata("tree --json").json()))

    def node(self, label, app=None):
        """The visible element that is called so."""
        found = [n for n in self.nodes() if n.get("visible", True) and
                 (n.get("label") == label or label in (n.get("texts") or [])) and
                 (app is None or n.get("app") == app)]
        if not found:
            raise Failure('nothing called "%s" is on the screen' % label)
        found.sort(key=lambda n: not n.get("actions"))
        return found[0]

    # --- Fingers ---------------------------------------------------------------------------------

    def hand(self, words, seconds=30):
        return self.guest.run("%s %s %s" % (HAND, HAND_SOCKET, words), seconds=seconds)

    def serve_hand(self):
        self.guest.run("modprobe uinput; systemd-run --quiet --unit=strata-hand %s serve %s; "
                       "until [ -S %s ]; do :; done" % (HAND, HAND_SOCKET, HAND_SOCKET))

    def plug(self, what):
        """Plugs it in, and waits until the compositor holds it."""
        self.hand("plug " + what)
        node = self.guest.run("ls -t /dev/input | grep event | head -n 1").text()
        wait_until("%s is opened (%s)" % (node, what), 30, lambda: self.holds(node))

    def holds(self, node):
        pid = next((p["pid"] for p in self.processes() if p["role"] == "compositor"), 0)
        return pid and self.guest.run("ls -l /proc/%d/fd | grep -q input/%s$" % (pid, node),
                                      check=False).code == 0

    def size(self):
        frame = self.strata("tree --json").json()["frame"]
        return frame[2], frame[3]

    def place(self, x, y):
        """Points of the screen as it stands, to 0 to 1 of the panel as it is mounted."""
        width, height = self.size()
        u, v = x / width, y / height
        return {0: (u, v), 90: (1 - v, u), 180: (1 - u, 1 - v), 270: (v, 1 - u)}[self.orientation]

    def center(self, label, app=None):
        x, y, width, height = self.node(label, app)["frame"]
        return x + width / 2, y + height / 2

    def tap(self, label, app=None):
        """With the finger of the panel that is plugged in, in the element's middle."""
        self.strata("settle")
        self.hand("tap %.4f %.4f" % self.place(*self.center(label, app)))

    def drag(self, from_point, to_point, ms, rest_ms=0):
        a, b = self.place(*from_point), self.place(*to_point)
        self.hand("drag %.4f %.4f %.4f %.4f %d %d" % (*a, *b, ms, rest_ms))

    def type_keys(self, text):
        self.hand("key " + " ".join(LETTERS[c] for c in text))

    # --- Pictures --------------------------------------------------------------------------------

    def picture(self, name):
        """From outside, as PNG to look at and as pixels."""
        path = os.path.join(self.folder, name + ".ppm")
        self.guest.picture(path, "ppm")
        picture = pictures.read_ppm(path)
        pictures.write_png(picture, os.path.join(self.folder, name + ".png"))
        os.unlink(path)
        if (picture.width, picture.height) != SCREEN:
            raise Failure("the screen has %dx%d px" % (picture.width, picture.height))
        return picture


class Headless:
    """A device of this tree's own build, without a screen, on this machine: what the same fingers
    come to there."""

    def __init__(self, checkout, folder):
        self.program = os.path.join(checkout, "build", "apps", "cli", "strata")
        self.folder = os.path.join(folder, "headless")
        os.makedirs(os.path.join(self.folder, "run"), mode=0o700, exist_ok=True)
        self.env = dict(os.environ, STRATA_HOME=os.path.join(self.folder, "devices"),
                        XDG_RUNTIME_DIR=os.path.join(self.folder, "run"),
                        XDG_CACHE_HOME=os.path.join(self.folder, "cache"), TZ="UTC")
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            self.env.pop(name, None)

    def strata(self, *words, text=None):
        done = subprocess.run([self.program, *words], env=self.env, cwd=self.folder, timeout=120,
                              input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise Failure("headless: strata %s: %s" %
                          (" ".join(words), done.stderr.decode(errors="replace").strip()))
        return done.stdout

    def start(self):
        self.strata("run", "--headless", "--detach")

    def stop(self):
        self.strata("stop")

    def store(self, app):
        return os.path.join(self.env["STRATA_HOME"], "default", "containers", app)
