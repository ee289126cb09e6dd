#!/usr/bin/env python3
"""usage: frames.py FRAMES LOG < TREE
Compares what frames.sh saw, frame by frame, with the closed form of a damped spring,

	x(t) = to + e^(-ζωt) ((from - to) cos wt + (v + ζω (from - to)) / w sin wt)   w = ω √(1 - ζ²)

and its limit for ζ = 1, where t is the time since the target of the first frame that it moves in.
FRAMES is what frames_watch printed, LOG the app's log, TREE the home screen's, on stdin."""
import json
import math
import re
import sys

POSITION, SIZE, OPACITY, TRANSLATION, SCALE, CORNER, DIM = 0, 1, 2, 3, 4, 7, 9
TOLERANCE = {POSITION: 0.001, SIZE: 0.001, TRANSLATION: 0.001, CORNER: 0.001}  # points; others: parts of 1
TOLERANCE_OF_PARTS = 0.00001
PERIOD_US = 1e6 / 60
WIDTH, HEIGHT, ICON = 480, 800, 60
VISIBLE = 0.25  # what moves by less may change no pixel, and then there is no frame to show


def displacement(omega, damping, x0, v0, t):
    decay = math.exp(-damping * omega * t)
    if damping == 1:
        return decay * (x0 + (v0 + omega * x0) * t)
    w = omega * math.sqrt(1 - damping * damping)
    return decay * (x0 * math.cos(w * t) + (v0 + damping * omega * x0) / w * math.sin(w * t))


def read(path):
    """Target times by frame, and of each moving value its frames: {(client, layer, property): {frame: values}}."""
    targets, moving = {}, {}
    for line in open(path):
        words = line.split()
        if not words[0].isdigit():
            continue
        frame = int(words[0])
        targets[frame] = int(words[1])
        if len(words) > 2:
            moving.setdefault(tuple(map(int, words[2:5])), {})[frame] = [float(word) for word in words[5:]]
    return targets, moving


class Motion:
    """One spring that moves several values, all from the same frame on."""

    def __init__(self, name, targets, omega, damping, first):
        self.name, self.targets, self.omega, self.damping = name, targets, omega, damping
        self.first, self.compared, self.frames, self.worst = first, 0, set(), 0

    def compare(self, what, values, start, end, velocity=0, k=0):
        tolerance = TOLERANCE.get(what[2], TOLERANCE_OF_PARTS)
        for frame, value in sorted(values.items()):
            t = (self.targets[frame] - self.targets[self.first]) / 1e6
            expected = end + displacement(self.omega, self.damping, start - end, velocity, t)
            off = abs(value[k] - expected)
            if off > tolerance:
                sys.exit(f"{self.name}: frame {frame}, {t * 1000:.1f} ms, client {what[0]} layer {what[1]} "
                         f"property {what[2]}[{k}]: {value[k]}, not {expected}")
            if what[2] in TOLERANCE:
                self.worst = max(self.worst, off)
            self.compared += 1
            self.frames.add(frame)

    def velocity_at_begin(self, values, end, k):
        """From its second frame."""
        t = (self.targets[self.first + 1] - self.targets[self.first]) / 1e6
        start, second = values[self.first][k], values[self.first + 1][k]
        without = displacement(self.omega, self.damping, start - end, 0, t)
        return (second - end - without) / displacement(self.omega, self.damping, 0, 1, t)

    def without_gap(self, values, since):
        """A frame at every period, until what moves most is no longer seen to."""
        frames = sorted(values)
        last = max(b for a, b in zip(frames, frames[1:])
                   if max(abs(x - y) for x, y in zip(values[a], values[b])) > VISIBLE)
        for n, frame in enumerate(range(since, last + 1)):
            if frame not in self.targets:
                sys.exit(f"{self.name}: there is no frame {frame} between {since} and {last}")
            if abs(self.targets[frame] - self.targets[since] - n * PERIOD_US) > 1:
                sys.exit(f"{self.name}: frame {frame} is not {n} periods after {since}")

    def __str__(self):
        return (f"{self.name}: {len(self.frames)} frames, {self.compared} values, "
                f"at most {self.worst:.6f} points off")


def push(targets, moving, client):
    """FEEL.md, Push: the front page by its width, the one below and the bar's pages by 0.30 of it."""
    away = 0.30 * WIDTH
    ways = {TRANSLATION: [(WIDTH, 0), (0, -away), (away, 0)], OPACITY: [(0, 1), (1, 0)], DIM: [(0, 0.10)]}
    mine = {what: values for what, values in moving.items() if what[0] == client}
    motion = Motion("push", targets, 20, 1, min(min(values) for values in mine.values()))
    seen = set()
    for what, values in mine.items():
        start = values[motion.first][0]
        way = next((way for way in ways.get(what[2], []) if abs(way[0] - start) < 1e-6), None)
        if way is None:
            sys.exit(f"push: layer {what[1]} property {what[2]} begins at {start}")
        seen.add((what[2], way))
        motion.compare(what, values, *way)
        if way == (WIDTH, 0):
            motion.without_gap(values, motion.first)
    if len(seen) != 6:
        sys.exit(f"push: not all of it moved: {seen}")
    return motion


def icon_in(node, name):
    if node.get("label") == name:
        return node["frame"]
    return next(filter(None, (icon_in(child, name) for child in node["children"])), None)


def home(targets, moving, client, icon):
    """FEEL.md, Launch: the card to its icon; only its place has the finger's velocity."""
    mine = {what: values for what, values in moving.items() if what[0] == client}
    card = next(what for what in mine if what[2] == POSITION and len(mine[what]) == max(
        len(values) for other, values in mine.items() if other[2] == POSITION))
    first = min(mine[card])
    size = mine[(client, card[1], SIZE)][first]
    scale = size[0] / WIDTH
    place = [round(x) for x in mine[card][max(mine[card])][:2]]
    x, y, width, height = icon
    if not (x <= place[0] and place[0] + ICON <= x + width and y <= place[1] and place[1] + ICON <= y + height):
        sys.exit(f"home: the card goes to {place}, and its icon is in {icon}")
    motion = Motion("home", targets, 15, 0.9, first)
    velocities = []
    for k in range(2):
        start, velocity = mine[card][first][k], motion.velocity_at_begin(mine[card], place[k], k)
        motion.compare(card, mine[card], start, place[k], velocity, k)
        velocities.append(velocity)
    # Where the finger went when it was lifted: frames.sh.
    if not velocities[1] < -300 or abs(velocities[0] / velocities[1] - 20 / -448) > 0.005:
        sys.exit(f"home: the card was let go with {velocities}, which is not the finger's")
    motion.without_gap(mine[card], min(frame for frame in targets if frame > max_gap_before(targets, first)))
    parts = {
        SIZE: [(size[:2], (ICON, ICON))],
        OPACITY: [((0,), (1,))],
        CORNER: [((20,), (0.22 * ICON,))],
        SCALE: [((scale, scale), (ICON / WIDTH,) * 2), ((1, 1), (ICON / 96,) * 2)],
        TRANSLATION: [(((scale - 1) * WIDTH / 2, (scale - 1) * HEIGHT / 2),
                       ((ICON / WIDTH - 1) * WIDTH / 2, (ICON / WIDTH - 1) * HEIGHT / 2))],
        POSITION: [(((size[0] - 96) / 2, (size[1] - 96) / 2), ((ICON - 96) / 2,) * 2)],
    }
    for what, values in mine.items():
        if what == card:
            continue
        ways = parts[what[2]]
        way = min(ways, key=lambda way: abs(way[0][0] - values[min(values)][0]))
        for k in range(len(way[0])):
            motion.compare(what, values, way[0][k], way[1][k], 0, k)
    return motion


def max_gap_before(targets, first):
    """The last frame before the finger came down: nothing moved for a while after it."""
    frames = sorted(frame for frame in targets if frame <= first)
    return max((a for a, b in zip(frames, frames[1:]) if b - a > 3), default=0)


def main():
    targets, moving = read(sys.argv[1])
    hang = re.search(r"hangs from (\d+) to (\d+)", open(sys.argv[2]).read())
    begins, ends = int(hang.group(1)), int(hang.group(2))
    clients = sorted({what[0] for what in moving}, key=lambda client: min(
        min(values) for what, values in moving.items() if what[0] == client))
    if len(clients) != 2:
        sys.exit(f"layers of {len(clients)} clients moved, not of the app and home")
    motions = [push(targets, moving, clients[0]),
               home(targets, moving, clients[1], icon_in(json.load(sys.stdin), "Trial"))]
    during = [len([frame for frame in motion.frames if begins < targets[frame] < ends]) for motion in motions]
    if during[0] < 20 or during[1] != len(motions[1].frames):
        sys.exit(f"the app hung for {during} frames of {[len(motion.frames) for motion in motions]}")
    for motion, count in zip(motions, during):
        print(f"{motion}; the app hung for {count} of them")


main()
