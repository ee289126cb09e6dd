"""The guest's disks: root and kernel from packages (root.sh, made once), and a small one with the
Strata of this tree, made anew in seconds."""

import os
import shutil
import subprocess
import sys

PACKAGES = ["qemu-system-arm", "mmdebstrap", "e2fsprogs", "cpio", "kmod", "libpng16-16"]

AGENT_UNIT = """[Unit]
Description=The way in, for tests
DefaultDependencies=no
Conflicts=shutdown.target
Before=sysinit.target shutdown.target
[Service]
ExecStart=/usr/libexec/strata-guest/agent
Restart=always
StandardOutput=tty
StandardError=tty
TTYPath=/dev/ttyAMA0
KillMode=process
OOMScoreAdjust=-900
"""


def call(*words, **options):
    subprocess.run(words, check=True, stdout=sys.stderr, **options)


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "strata", "board")


def prepare(checkout):
    """Packages, and the tree built for the other processor."""
    support = os.path.join(checkout, "tests", "support")
    sys.path.insert(0, support)
    import run_suites
    call("bash", os.path.join(support, "prepare_arm64.sh"), *PACKAGES)
    build = run_suites.builds(checkout)["build-arm64"]
    if not run_suites.prepare(checkout, build):
        raise RuntimeError("the tree does not build for arm64")
    return os.path.join(checkout, build.folder)


def as_root(*words):
    return list(words) if os.geteuid() == 0 else ["sudo", *words]


def made_once(name):
    """The folder that one of the scripts beside this file made, now or before."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    done = subprocess.run(as_root("bash", script, cache_folder()), check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip()


def install(build, modules, tree):
    """The tree as a machine has it that Strata's package was installed on."""
    shutil.rmtree(tree, ignore_errors=True)
    env = dict(os.environ, DESTDIR=tree)
    call("meson", "install", "-C", build, "--no-rebuild", "--quiet", env=env)
    guest = os.path.join(tree, "usr", "libexec", "strata-guest")
    os.makedirs(guest)
    for name in ("agent", "console", "hand", "writer"):
        shutil.copy(os.path.join(build, "tests", "board", "guest", "strata-guest-" + name),
                    os.path.join(guest, name))
    units = os.path.join(tree, "usr", "lib", "systemd", "system")
    os.makedirs(os.path.join(units, "sysinit.target.wants"))
    with open(os.path.join(units, "guest-agent.service"), "w") as file:
        file.write(AGENT_UNIT)
    os.symlink("../guest-agent.service",
               os.path.join(units, "sysinit.target.wants", "guest-agent.service"))
    strip(tree)
    shutil.copytree(os.path.join(modules, "lib"), os.path.join(tree, "usr", "lib"),
                    dirs_exist_ok=True, symlinks=True)


def strip(tree):
    """A board's packages have no debugging symbols either."""
    for folder, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                magic = file.read(4)
            if magic == b"\x7fELF" and not os.path.islink(path):
                call("aarch64-linux-gnu-strip", "--strip-debug", path)


def make_disk(path, size, folder=None, options=()):
    if os.path.exists(path):
        os.unlink(path)
    words = ["mke2fs", "-q", "-t", "ext4", "-E", "root_owner=0:0", *options]
    call(*words, *(["-d", folder] if folder else []), path, size)


def make(checkout, folder, own_options=("-O", "^has_journal"), own_log=None):
    """What Guest wants of disks, in a folder of the test's own."""
    build = prepare(checkout)
    root, kernel = made_once("root.sh"), made_once("kernel.sh")
    os.makedirs(folder, exist_ok=True)
    tree = os.path.join(folder, "tree")
    install(build, os.path.join(kernel, "modules"), tree)
    strata, own = os.path.join(folder, "strata.ext4"), os.path.join(folder, "own.ext4")
    make_disk(strata, "128M", tree, ("-O", "^has_journal"))
    make_disk(own, "192M", None, own_options)
    return {"kernel": os.path.join(kernel, "vmlinuz"), "initrd": os.path.join(kernel, "initrd.img"),
            "root": (os.path.join(root, "root.ext4"), "raw", None),
            "strata": (strata, "raw", None), "own": (own, "raw", own_log)}
