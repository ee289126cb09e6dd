"""Pictures of a screen, and what can be said of one: is it black, is it a console's text?"""

import struct
import zlib


class Picture:
    """Rows of RGB bytes."""

    def __init__(self, width, height, pixels):
        self.width = width
        self.height = height
        self.pixels = bytes(pixels)

    def at(self, x, y):
        where = (y * self.width + x) * 3
        return tuple(self.pixels[where:where + 3])


def read_ppm(path):
    with open(path, "rb") as file:
        data = file.read()
    fields = data.split(None, 4)
    if fields[0] != b"P6":
        raise ValueError(path + " is no picture")
    width, height = int(fields[1]), int(fields[2])
    return Picture(width, height, data[len(data) - width * height * 3:])


def write_png(picture, path):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + \
            struct.pack(">I", zlib.crc32(kind + data))
    row = picture.width * 3
    rows = b"".join(b"\0" + picture.pixels[y * row:(y + 1) * row] for y in range(picture.height))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" +
                   chunk(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 8, 2, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def is_black(picture):
    """Nothing on it that an eye would see."""
    return max(picture.pixels) < 24


# What Linux's console draws its text with, and the ground under it.
CONSOLE_GREYS = (b"\xaa\xaa\xaa", b"\xff\xff\xff", b"\xa8\xa8\xa8")
CELL_WIDTH, CELL_HEIGHT = 8, 16


def text_rows(picture):
    """How many of the console's rows have letters on them: on a ground of pure black, pixels that are
    purely the console's grey and nothing between the two, since its letters are not smoothed. A
    picture of Strata's has smoothed letters, and its dark look is not pure black."""
    found = 0
    for top in range(0, picture.height - CELL_HEIGHT + 1, CELL_HEIGHT):
        black = grey = 0
        for y in range(top, top + CELL_HEIGHT):
            row = picture.pixels[y * picture.width * 3:(y + 1) * picture.width * 3]
            pixels = [row[i:i + 3] for i in range(0, len(row), 3)]
            black += pixels.count(b"\0\0\0")
            grey += sum(pixels.count(shade) for shade in CONSOLE_GREYS)
        whole = picture.width * CELL_HEIGHT
        if black + grey >= whole * 0.999 and grey >= 12:
            found += 1
    return found


def difference(a, b, tolerance=2):
    """How many pixels differ by more than the tolerance, and where the first is."""
    if (a.width, a.height) != (b.width, b.height):
        return a.width * a.height, None
    if a.pixels == b.pixels:
        return 0, None
    count, first = 0, None
    row = a.width * 3
    for y in range(a.height):
        one, other = a.pixels[y * row:(y + 1) * row], b.pixels[y * row:(y + 1) * row]
        if one == other:
            continue
        for x in range(0, row, 3):
            if max(abs(one[x + i] - other[x + i]) for i in range(3)) > tolerance:
                count += 1
                first = first or (x // 3, y)
    return count, first


class Film:
    """Pictures of a guest's screen, one every quarter of a second, on a thread of its own."""

    def __init__(self, guest, folder):
        import os
        import threading
        self.guest = guest
        self.folder = folder
        self.frames = []  # (seconds since the reset, path of a PPM)
        self.over = threading.Event()
        os.makedirs(folder, exist_ok=True)
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        self.thread = threading.Thread(target=self.roll, daemon=True)

    def roll(self):
        import time
        while not self.over.is_set():
            began = time.monotonic()
            path = "%s/%05d.ppm" % (self.folder, len(self.frames))
            self.guest.picture(path, "ppm")
            self.frames.append((began - self.guest.began, path))
            self.over.wait(max(0, 0.25 - (time.monotonic() - began)))

    def start(self):
        self.thread.start()

    def stop(self):
        self.over.set()
        self.thread.join()
        return self.frames
