"""A relay on a line of the guest's own GPIO chip: what Panel's switch does, as the kernel tells it.

QEMU's virtual board has a PL061 with eight lines (its power button is on line 3, nothing is on 5), and
Debian's kernel has its driver built in; it has no gpio-sim, gpio-mockup or i2c-stub."""

from guest import Failure, wait_until

PANEL = "org.strata.panel"
CHIP, LINE = "9030000.pl061", 5


def level(board):
    """"out hi", "out lo", or None while nobody has the line: from the chip's page in debugfs."""
    page = board.guest.run("mountpoint -q /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug; "
                           "cat /sys/kernel/debug/gpio").text()
    rows = [row for row in page.splitlines() if PANEL in row and " out " in row]
    return "out hi" if rows and "out hi" in rows[0] else "out lo" if rows else None


def install_variant(board):
    """Panel once more, with its relay on a line that this board has: hides the system's own."""
    board.guest.run(
        "set -e; from=$(find /usr /opt -type d -path '*bundles/%s' | head -n 1); "
        "rm -rf /tmp/panel; cp -r \"$from\" /tmp/panel; "
        "sed -i 's/\"line\": \"GPIO17\"/\"chip\": \"%s\", \"line\": %d/' /tmp/panel/manifest.json" %
        (PANEL, CHIP, LINE))
    board.strata("install /tmp/panel", seconds=120)


def drives_a_line(board, _):
    """Panel's switch drives a line of a real GPIO chip, and its app's end gives it back"""
    install_variant(board)
    board.tap("Panel")
    board.wait_foreground(PANEL)
    wait_until("the line is Panel's", 30, lambda: level(board) == "out lo")
    board.tap("Relay", PANEL)
    wait_until("the line is high", 30, lambda: level(board) == "out hi")
    board.picture("relay")
    board.strata("kill " + PANEL)
    wait_until("the line is nobody's", 30, lambda: level(board) is None)
    board.strata("launch " + PANEL)
    wait_until("the line is high again", 60, lambda: level(board) == "out hi")
    board.tap("Relay", PANEL)
    wait_until("the line is low", 30, lambda: level(board) == "out lo")
    board.strata("key home")
    board.strata("uninstall " + PANEL)
    if level(board) is not None:
        raise Failure("the line is still somebody's: " + str(level(board)))
