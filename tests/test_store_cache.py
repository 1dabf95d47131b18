"""The compiled kernel is kept in a private folder named by the kernel's source."""

import os
import subprocess
import sys

import pytest

from sim import cache


def test_the_folder_is_private_and_named_by_the_source(tmp_path):
    folder = cache.private_folder(tmp_path, "abc")
    assert folder == tmp_path / "kommunesim" / "abc"
    assert folder.stat().st_mode & 0o777 == 0o700 and folder.parent.stat().st_mode & 0o777 == 0o700
    assert cache.private_folder(tmp_path, "abc") == folder


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
@pytest.mark.parametrize("which", ["kommunesim", "kommunesim/abc"])
def test_a_folder_that_others_can_write_to_is_not_used(tmp_path, mode, which):
    cache.private_folder(tmp_path, "abc")
    (tmp_path / which).chmod(mode)
    found = cache.private_folder(tmp_path, "abc")
    assert tmp_path not in found.parents and cache.is_private(found)


def test_a_folder_of_someone_else_or_a_link_is_not_used(tmp_path, monkeypatch):
    mine = cache.private_folder(tmp_path, "abc")
    (tmp_path / "link").symlink_to(mine)
    assert not cache.is_private(tmp_path / "link")
    monkeypatch.setattr(os, "getuid", lambda: mine.stat().st_uid + 1)
    assert not cache.is_private(mine)


def test_a_file_in_the_way_is_no_hindrance(tmp_path):
    (tmp_path / "kommunesim").write_text("a file")
    assert cache.is_private(cache.private_folder(tmp_path, "abc"))


def test_any_edit_of_the_kernel_gives_another_folder(tmp_path, monkeypatch):
    (tmp_path / "a.py").write_text("x = 1\n")
    monkeypatch.setattr(cache, "KERNEL", tmp_path)
    names = {cache.kernel_hash()}
    (tmp_path / "a.py").write_text("x = 2\n")
    names.add(cache.kernel_hash())
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    names.add(cache.kernel_hash())
    assert len(names) == 3


def test_numba_keeps_what_it_compiles_there_and_the_call_can_be_repeated(tmp_path, root):
    script = (
        "import sys; from sim.cache import use_kernel_cache; a = use_kernel_cache(); b = use_kernel_cache();"
        "assert a == b; assert 'numba' not in sys.modules; from sim.kernel.rng import uniforms;"
        "uniforms(1, 2, 3, 4, 5); print(a)"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env={k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"} | {"XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    folder = tmp_path / "kommunesim" / cache.kernel_hash()
    assert found.stdout.strip() == str(folder)
    assert list(folder.rglob("*.nbi"))


DOORS = [
    "import run; run.main(['plot', 'x', '--what', 'list'])",
    "import run; run.main(['run', '--chunk', '1', '--workers', '1', '--data', 'nowhere']); import sim.batch",
    "import sim; sim.open_results; sim.run",
    "import agents; agents.KommuneModel",
]


@pytest.mark.parametrize("door", DOORS)
def test_no_kernel_is_imported_before_its_folder_is_chosen(tmp_path, root, door):
    script = door + (
        "; import sys; from numba.core.registry import CPUDispatcher as D;"
        "found = [d._cache.cache_path for n, m in list(sys.modules.items()) if n.startswith('sim.kernel')"
        " for d in vars(m).values() if isinstance(d, D)]; print(len(found) > 0, *sorted(set(found)), sep=chr(10))"
    )
    environment = {k: v for k, v in os.environ.items() if k != cache.VARIABLE} | {"XDG_CACHE_HOME": str(tmp_path)}
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    said = found.stdout.split("True\n")[-1].split()
    assert "True" in found.stdout and said and all(path.startswith(str(tmp_path)) for path in said), found.stdout
