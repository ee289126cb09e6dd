"""The checks of the board suite, in the order in which one guest can have them all."""

import os
import subprocess

import pictures
from board import Headless
from guest import Failure, SCREEN, pause, wait_until
from lines import drives_a_line

NOTES, SETTINGS, PANEL = ("org.strata." + name for name in ("notes", "settings", "panel"))
HOME = None  # nobody is in front of it
TIME = "2026-01-02T09:41:00Z"
ROLES = ("supervisor", "services", "compositor", "home")
NOTE_COUNT = 30


def expect(fact, sentence):
    if not fact:
        raise Failure(sentence)


# --- Pictures of the same, elsewhere --------------------------------------------------------------

def make_headless(checkout, folder):
    """Pictures that the guest's have to equal, and a store with many notes, made on this machine."""
    device = Headless(checkout, folder)
    device.start()
    try:
        script = "".join('tap "New"\nsettle\ntype "Note %d of many"\nkey back\nsettle\n' % i
                         for i in range(1, NOTE_COUNT + 1))
        device.strata("clock", "set", TIME)
        device.strata("launch", NOTES)
        device.strata("play", "-", text=script.encode())
        device.strata("clock", "set", TIME)
        device.strata("settle")
        device.strata("screenshot", "notes.png")
        device.strata("play", "-", text=b"key home\nsettle\nscreenshot home.png\n"
                      b'tap "Settings"\nsettle\ntap "Text size"\nsettle\nscreenshot settings.png\n')
    finally:
        device.stop()
    return device


def equals_headless(board, headless, name, tolerance=2):
    """The guest's screen, and the picture of the same on this machine."""
    board.picture(name)
    one = os.path.join(headless.folder, name + ".png")
    other = os.path.join(board.folder, name + ".png")
    done = subprocess.run([headless.program, "compare", "--tolerance", str(tolerance), "--picture",
                           os.path.join(board.folder, name + "-difference.png"), one, other],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    expect(done.returncode == 0, "%s: %s; see %s" % (name, done.stdout.decode().strip(), board.folder))


# --- A board with fingers -------------------------------------------------------------------------

def installs(board, headless):
    """board install on a plain Debian: a system user, its units, the device up, nothing of it root"""
    board.guest.run("systemctl is-system-running --wait", seconds=400, check=False)
    board.guest.run("strata board install --no-start", seconds=400)
    board.guest.run("printf 'display=dumb\\nrenderer=soft\\n' >>/etc/strata/board.conf; "
                    "mkdir -p /var/lib/strata/default/containers/" + NOTES)
    folder = headless.store(NOTES)
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            put(board.guest, path, "/var/lib/strata/default/containers/%s/%s" % (NOTES, name))
    board.guest.run("chown -R strata:strata /var/lib/strata; systemctl start strata", seconds=400)
    board.wait_foreground(HOME, 120)
    owners = board.guest.run("for p in %s; do stat -c %%U /proc/$p; done" % " ".join(
        str(p["pid"]) for p in board.processes() if p["role"] != "app")).text().split()
    expect(owners and set(owners) == {"strata"}, "processes belong to %s" % sorted(set(owners)))


def put(guest, outside, inside):
    import base64
    with open(outside, "rb") as file:
        text = base64.b64encode(file.read()).decode()
    guest.run("base64 -d >'%s' <<'END'\n%s\nEND" % (inside, text))


def shows_home(board, headless):
    """home on KMS with soft on dumb, from outside as it is without a screen"""
    board.strata("clock set " + TIME)
    board.strata("settle")
    equals_headless(board, headless, "home")


def shows_settings(board, headless):
    """Settings' text sizes by a finger of uinput, from outside as they are without a screen"""
    board.serve_hand()
    board.plug("touch ft5x06")
    board.tap("Settings")
    board.wait_foreground(SETTINGS)
    board.tap("Text size")
    board.strata("settle")
    equals_headless(board, headless, "settings")
    board.strata("key home")
    board.wait_foreground(HOME)


def turns_the_dial(board, _):
    """a finger taps Panel and turns its dial"""
    board.tap("Panel")
    board.wait_foreground(PANEL)
    before = board.node("Brightness", PANEL)["value"]
    x, y, width, height = board.node("Brightness", PANEL)["frame"]
    middle = (x + width / 2, y + height / 2)
    board.drag((middle[0], middle[1] - height * 0.2), (middle[0], middle[1] + height * 0.3), 600, 200)
    board.strata("settle")
    after = board.node("Brightness", PANEL)["value"]
    expect(before != after, 'the dial still says "%s"' % before)
    board.picture("panel")
    board.strata("set display.brightness 1")  # later pictures are not dimmed
    board.strata("key home")
    board.wait_foreground(HOME)


def top_row(board):
    """The number of the first note that is whole on the screen."""
    rows = [n for n in board.nodes() if n.get("app") == NOTES and n.get("visible") and
            str(n.get("label", "")).startswith("Note ") and n["frame"][1] >= 100]
    expect(rows, "no note is on the screen")
    return int(min(rows, key=lambda n: n["frame"][1])["label"].split()[1])


def scrolls_notes(board, headless):
    """Notes made on the other processor, dragged by two fingers in turn, and flung"""
    board.tap("Notes")
    board.wait_foreground(NOTES)
    board.strata("clock set " + TIME)
    board.strata("settle")
    equals_headless(board, headless, "notes")
    first = top_row(board)
    board.drag((240, 600), (240, 300), 500, 400)
    board.strata("settle")
    dragged = top_row(board)
    expect(dragged < first, "a drag left note %d at the top" % dragged)
    board.drag((240, 700), (240, 250), 180)
    board.strata("settle", seconds=90)
    flung = top_row(board)
    expect(dragged - flung > first - dragged, "a fling went from note %d to %d only" % (dragged, flung))
    board.hand("two 0.3 0.4 0.3 0.8 0.7 0.4 0.7 0.8 400")
    board.strata("settle", seconds=90)
    expect(top_row(board) > flung, "two fingers moved nothing back")


def types_on_keyboard(board, _):
    """a hardware keyboard types; nothing of it is on the console"""
    board.plug("keyboard")
    board.tap("New")
    board.strata("settle")
    board.guest.keys("k", "m", "s")
    board.strata('expect "kms"')
    board.type_keys(" and evdev")
    board.strata('expect "kms and evdev"')
    board.strata("key back")
    board.strata("settle")
    console = board.guest.run("cat /dev/vcs1 | tr -d '\\0 '").text()
    expect("kms" not in console and "evdev" not in console, "the console reads: " + console[-200:])


def unplugs_in_mid_drag(board, _):
    """the touchscreen goes in the midst of a drag and comes back"""
    board.hand("down 0.5 0.7")
    board.hand("move 0.5 0.5 300")
    board.hand("unplug touch")
    board.strata("settle", seconds=60)  # no finger is down any more
    board.plug("touch ILITEK")
    wait_until("the new touchscreen is heard", 30, lambda: taps_again(board))
    board.strata("key home")
    board.wait_foreground(HOME)


def taps_again(board):
    board.tap("New")
    board.strata("settle")
    there = any(n["role"] == "field" and n.get("app") == NOTES and n.get("focused")
                for n in board.nodes())
    if there:
        board.strata("key back")
        board.strata("settle")
    return there


def turns_to_each_angle(board, _):
    """the same icon by the same finger at 90, 180, 270 and 0 degrees"""
    for angle in (90, 180, 270, 0):
        board.strata("orientation %d" % angle)
        board.strata("settle")
        board.orientation = angle
        board.picture("home-%d" % angle)
        board.tap("Settings")
        try:
            board.wait_foreground(SETTINGS, 30)
        except Failure as failure:
            raise Failure("at %d degrees: %s" % (angle, failure)) from failure
        board.strata("key home")
        board.wait_foreground(HOME)


def shows_by_gles2(board, headless):
    """the same home by SDL's kmsdrm and GLES2"""
    board.guest.run("sed -i 's/^display=.*/display=kmsdrm/; s/^renderer=.*/renderer=gpu/' "
                    "/etc/strata/board.conf; systemctl restart strata", seconds=400)
    board.wait_foreground(HOME, 120)
    board.strata("clock set " + TIME)
    board.strata("settle", seconds=120)
    pid = pid_of(board, "compositor")
    seen = board.guest.run("grep -c libGLESv2 /proc/%d/maps" % pid, check=False)
    expect(seen.code == 0, "the compositor draws without GLES2")
    equals_headless(board, headless, "home", tolerance=16)
    board.guest.run("sed -i 's/^display=.*/display=dumb/; s/^renderer=.*/renderer=soft/' "
                    "/etc/strata/board.conf")


# --- From power-on --------------------------------------------------------------------------------

def starts_without_a_gap(board, _):
    """from the splash's first frame to home: no console text, no black frame"""
    board.guest.run("sync")
    film = pictures.Film(board.guest, os.path.join(board.folder, "power-on"))
    restart(board)
    film.start()
    try:
        board.guest.wait_for_agent(240)
        board.wait_foreground(HOME, 240)
        pause(1)
    finally:
        frames = film.stop()
    judge(frames, board)


def restart(board):
    """The reset button, and a fresh line to whoever answers then."""
    board.guest.reset()
    board.orientation = 0


def judge(frames, board):
    """From the first picture that is neither the firmware's, nor black, nor text."""
    began = None
    last = None
    for at, path in frames:
        with open(path, "rb") as file:
            raw = file.read()
        if raw == last:
            continue  # as the one before, which was good
        last = raw
        picture = pictures.read_ppm(path)
        if (picture.width, picture.height) != SCREEN:
            expect(began is None, "after %.2f s the screen has another size: %s" % (at, path))
            continue
        bad = "black" if pictures.is_black(picture) else \
            "the console's text" if pictures.text_rows(picture) else None
        if began is None and not bad:
            began = at
            pictures.write_png(picture, os.path.join(board.folder, "splash.png"))
        elif began is not None and bad:
            pictures.write_png(picture, os.path.join(board.folder, "power-on-bad.png"))
            raise Failure("%.2f s after power-on, %.2f s after the splash, the screen is %s: %s" %
                          (at, at - began, bad, path))
    expect(began is not None, "no picture was ever there")
    print("# splash after %.1f s, %d pictures" % (began, len(frames)), flush=True)


def tells_its_stages(board, _):
    """status says when each stage of the boot was reached"""
    stages = board.status()["boot"]
    names = [stage["stage"] for stage in stages]
    expect("splash" in names and len(names) >= 5, "the stages are " + ", ".join(names))
    times = [stage["at_us"] for stage in stages if "at_us" in stage]
    expect(all(time > 0 for time in times), "a stage has no time: %s" % stages)
    for stage in stages:
        print("# %8.2f s %s" % (stage.get("at_us", 0) / 1e6, stage["stage"]), flush=True)


def console(board):
    return board.guest.run("/usr/libexec/strata-guest/console /dev/tty1").text()


def takes_the_console(board, _):
    """the console's terminal: neither text nor keys while Strata runs, even after a kill; given back then"""
    expect(console(board) == "graphics off", "while it runs the console is: " + console(board))
    board.guest.run("kill -9 %d" % pid_of(board, "supervisor"))
    expect(console(board) == "graphics off", "without a supervisor the console is: " + console(board))
    board.wait_foreground(HOME, 120)
    board.guest.run("systemctl stop strata", seconds=60)
    expect(console(board) == "text on", "after its end the console is: " + console(board))
    board.guest.run("systemctl start strata", seconds=240)
    board.wait_foreground(HOME, 120)
    expect(console(board) == "graphics off", "once more the console is: " + console(board))


# --- A kiosk --------------------------------------------------------------------------------------

def boots_into_app(board, _):
    """board install --app: after a reset the app is on the screen, and no home was"""
    board.guest.run("strata board install --app %s --no-start; sync" % PANEL, seconds=400)
    restart(board)
    board.guest.wait_for_agent(240)
    board.wait_foreground(PANEL, 240)
    board.picture("kiosk")
    board.serve_hand()
    board.plug("touch ft5x06")


def pid_of(board, name):
    for process in board.processes():
        if name in (process["role"], process["app"]):
            return process["pid"]
    return None


def survives_kills(board, _):
    """kill -9 of the app, and of every other process: the app is back"""
    for name in (PANEL,) + ROLES + ("keeper",):
        pid = pid_of(board, name)
        expect(pid, "there is no %s to kill" % name)
        board.guest.run("kill -9 %d" % pid)
        try:
            wait_until("another %s" % name, 120, lambda: pid_of(board, name) not in (None, pid))
            wait_until("%s in front again" % PANEL, 120, lambda: board.foreground() == PANEL)
            wait_until("Panel's dial", 60, lambda: has_dial(board))
        except Failure as failure:
            raise Failure("after kill -9 of %s: %s" % (name, failure)) from failure


def has_dial(board):
    if board.strata("settle", check=False).code != 0:
        return False
    return any(n.get("label") == "Brightness" and n.get("app") == PANEL for n in board.nodes())


def lets_no_gesture_out(board, _):
    """edges, keys and many fingers lead nowhere"""
    width, height = board.size()
    ways = [((width / 2, height - 2), (width / 2, height * 0.3)),
            ((width / 2, 2), (width / 2, height * 0.6)),
            ((2, height / 2), (width * 0.8, height / 2)),
            ((width - 2, height / 2), (width * 0.2, height / 2)),
            ((width - 10, 2), (width - 10, height * 0.6))]
    for start, end in ways:
        board.drag(start, end, 250)
        board.strata("settle", seconds=60)
        expect(board.foreground() == PANEL, "a drag from %s left %s" % (start, board.foreground()))
        expect(has_dial(board), "after a drag from %s the app is covered" % (start,))
    for key in ("home", "lock", "back"):
        board.strata("key " + key, check=False)
        board.strata("settle", check=False)
        expect(board.foreground() == PANEL, "the key %s led to %s" % (key, board.foreground()))
    board.picture("kiosk-after")


BOARD = [installs, shows_home, shows_settings, turns_the_dial, drives_a_line, scrolls_notes, types_on_keyboard,
         unplugs_in_mid_drag, turns_to_each_angle, shows_by_gles2, starts_without_a_gap,
         tells_its_stages, takes_the_console, boots_into_app, survives_kills, lets_no_gesture_out]
