"""The house is in order: the lock, the text of the repository, the imports, the documents."""

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
KERNEL_MAY_IMPORT = {"numpy", "numba", "math", "typing", "collections"}


def own_files(root: Path) -> list[Path]:
    """Every file that is committed or would be; skips where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the list of committed files is unknown")
    files = [root / name for name in listed.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


def locked(root: Path) -> dict[str, str]:
    """Package name -> its whole entry in requirements.lock."""
    text = (root / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {re.split(r"[=\s;\[]", entry, maxsplit=1)[0].lower(): entry for entry in entries}


def test_every_locked_package_has_one_exact_version_and_hashes(root: Path) -> None:
    for name, entry in locked(root).items():
        assert re.match(r"^[A-Za-z0-9._-]+==[^\s;]+ ", entry), f"{name} is not pinned to one version"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"{name} has no hash"


def test_the_lock_names_no_index_no_address_and_no_path(root: Path) -> None:
    for name, entry in locked(root).items():
        rest = re.sub(r"\s+--hash=sha256:[0-9a-f]{64}", "", entry).split(";")[0]
        assert not re.search(r"://|@|/|--", rest), f"{name}: {rest}"
    assert not [name for name in locked(root) if name.startswith("-")]


def test_compiled_packages_are_locked_for_several_platforms(root: Path) -> None:
    for name in ("numpy", "numba", "pyarrow", "pandas", "matplotlib", "pydantic-core"):
        assert locked(root)[name].count("--hash=") >= 10, f"{name}: only the wheel of one platform?"


def test_everything_the_project_asks_for_is_locked(root: Path) -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    for wanted in [*PROJECT["project"]["dependencies"], *(need for extra in extras for need in extra)]:
        name = re.match(r"[A-Za-z0-9._-]+", wanted)[0].lower()
        assert name in locked(root), f"{name} is not in requirements.lock: run make lock"


def test_no_committed_file_names_a_folder_of_somebodys_machine(root: Path) -> None:
    folders = [b"work", b"home", b"root", b"Users"]
    pattern = re.compile(rb"(?<![\w.\-/})])/(?:" + b"|".join(folders) + rb")/[\w.]")
    for file in own_files(root):
        found = pattern.search(file.read_bytes())
        assert not found, f"{file.relative_to(root)}: {found[0]!r}"


def test_no_committed_file_is_a_copy_of_the_validation_data(root: Path, shared: Path) -> None:
    def digest(file: Path) -> str:
        return hashlib.sha256(file.read_bytes()).hexdigest()

    kept_out = {digest(file): file.name for file in (shared / "data" / "check").rglob("*") if file.is_file()}
    assert kept_out
    for file in own_files(root):
        assert digest(file) not in kept_out, f"{file.relative_to(root)} is {kept_out[digest(file)]}"


def test_the_first_two_commands_of_the_readme_are_make_run_and_make_test(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)[1]
    commands = [line.split("#")[0].strip() for line in block.splitlines() if line.strip()]
    assert commands == ["make run", "make test"]


def test_every_file_the_documents_link_to_exists(root: Path) -> None:
    for document in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.relative_to(root)} -> {target}"


def test_every_decision_record_is_in_the_list(root: Path) -> None:
    records = sorted((root / "docs" / "decisions").glob("[0-9]*.md"))
    index = (root / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        number, title = record.name[:4], record.read_text(encoding="utf-8").splitlines()[0]
        assert title.startswith(f"# {number} ")
        assert f"({record.name})" in index


def test_one_version_number_stands_in_all_documents(root: Path) -> None:
    version = PROJECT["project"]["version"]
    assert re.search(rf"^version: {re.escape(version)}$", (root / "CITATION.cff").read_text(), re.MULTILINE)
    released = re.findall(r"^## (\d\S*)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert released[0] == version
    assert f"version {version}" in (root / "README.md").read_text(encoding="utf-8")


def test_every_word_in_the_name_of_a_declared_quantity_is_in_the_glossary(root: Path) -> None:
    from sim import measures, params, state

    columns = [*state.STATE, *state.NATION, *state.WORLD]
    declared = [*columns, *params.LEVERS, *params.ASSUMPTIONS, *measures.MEASURES]
    names = [*(quantity.name for quantity in declared), *state.SECTORS_KOMMUNE, *state.SECTORS_FYLKE]
    glossary = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    known = {word for name in re.findall(r"`([a-z0-9_]+)`", glossary) for word in name.split("_")}
    unknown = {
        word: name
        for name in names
        for word in name.split("_")
        if not re.fullmatch(r"s?\d+", word) and word not in known
    }
    assert not unknown, f"words missing in docs/glossary.md, each with a name that uses it: {unknown}"


def test_importing_sim_loads_no_mesa_no_plots_and_no_tables(root: Path) -> None:
    script = "import sys, sim; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "sim" in loaded
    assert not loaded & {"mesa", "agents", "matplotlib", "pandas", "pyarrow"}
    assert not done.stderr


def test_the_kernel_imports_numpy_and_numba_and_nothing_else(root: Path) -> None:
    files = sorted((root / "sim" / "kernel").rglob("*.py"))
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""] if not node.level else ["sim.kernel"]
            else:
                continue
            for module in modules:
                inside = module == "sim.kernel" or module.startswith("sim.kernel.")
                allowed = inside or module.split(".")[0] in KERNEL_MAY_IMPORT
                assert allowed, f"{file.relative_to(root)}:{node.lineno} imports {module}"


def test_make_offers_exactly_the_promised_commands(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"setup", "run", "test", "check", "bench", "baseline", "help", "clean"} <= targets
    for command in ("run", "test", "check", "bench", "baseline"):
        assert re.search(rf"^{command}: setup ", makefile, re.MULTILINE), f"make {command} must set up by itself"


def test_continuous_integration_runs_check_and_test(root: Path) -> None:
    script = root / ".ci" / "run"
    assert script.stat().st_mode & 0o111, ".ci/run is not executable"
    assert script.read_text(encoding="utf-8").splitlines()[-2:] == ["make check", "make test"]
