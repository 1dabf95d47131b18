"""Where compiled kernels are kept: a folder of the user's own, named by a hash of the kernel's source.

numba's own cache does not notice an edit in a called function of another file, and a folder that others can
write to would let them run code as this user. So the folder is named by what was compiled, and is private.
"""

import atexit
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"
KERNEL = Path(__file__).resolve().parent / "kernel"


def kernel_hash() -> str:
    """Of the names and source of sim/kernel/*.py."""
    found = hashlib.sha256()
    for path in sorted(KERNEL.glob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def use_kernel_cache() -> Path:
    """Lets numba keep the compiled kernel in a private folder; call before sim.kernel is imported.

    The folder is <base>/kommunesim/<hash>, where <base> is NUMBA_CACHE_DIR if set, else XDG_CACHE_HOME, else
    ~/.cache. If it belongs to someone else, or others can write to it, a temporary folder takes its place.
    """
    name = kernel_hash()
    set_before = os.environ.get(VARIABLE)
    if set_before and Path(set_before).name == name and is_private(Path(set_before)):
        return Path(set_before)
    folder = private_folder(base_folder(), name)
    os.environ[VARIABLE] = str(folder)
    if "numba" in sys.modules:  # it has read the environment already
        import numba

        numba.config.reload_config()
    return folder


def base_folder() -> Path:
    """Where caches of this user belong."""
    for variable in (VARIABLE, "XDG_CACHE_HOME"):
        value = os.environ.get(variable)
        if value and Path(value).is_absolute():
            return Path(value)
    return Path(os.path.expanduser("~")) / ".cache"  # noqa: PTH111 (Path.expanduser raises without a home)


def private_folder(base: Path, name: str) -> Path:
    """The private folder base/kommunesim/name, made if need be; a temporary one if that cannot be had."""
    parent = base / "kommunesim"
    try:
        base.mkdir(parents=True, exist_ok=True)
        for folder in (parent, parent / name):
            folder.mkdir(mode=0o700, exist_ok=True)
        if is_private(parent) and is_private(parent / name):
            return parent / name
    except OSError:
        pass  # no home, read-only, a file in the way: compile anew for this process
    temporary = Path(tempfile.mkdtemp(prefix="kommunesim-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    folder = temporary / name
    folder.mkdir(mode=0o700)
    return folder


def is_private(folder: Path) -> bool:
    """A real folder of this user that nobody else can write to."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    ours = found.st_uid == os.getuid()
    return stat.S_ISDIR(found.st_mode) and ours and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
