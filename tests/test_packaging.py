"""What others install: the wheel, in an empty environment, away from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from commands import PETS

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("packaging")  # so that the wheel is built once


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """With nothing of this environment: no PYTHONPATH, no virtual environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV_"))
    }
    return subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, check=False)


def installed(*command: str | Path, cwd: Path) -> None:
    """Skips where there is no network to install from, but not in CI."""
    done = run(*command, cwd=cwd)
    said = done.stdout + done.stderr
    offline = any(
        word in said for word in ("NewConnectionError", "NameResolutionError", "Could not find a version")
    )
    if done.returncode != 0 and offline and not os.environ.get("CI"):
        pytest.skip(f"no network to install from: {said.strip().splitlines()[-1]}")
    assert done.returncode == 0, said


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    installed(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("specwright-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    made = run(sys.executable, "-m", "venv", folder / "venv", cwd=folder)
    assert made.returncode == 0, made.stderr
    found = folder / "venv" / "bin" / "python"
    installed(found, "-m", "pip", "install", "--disable-pip-version-check", wheel, cwd=folder)
    return found


def test_the_wheel_holds_what_the_repository_does(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    package = {
        f"specwright/{path.relative_to(ROOT / 'generator/specwright').as_posix()}"
        for path in (ROOT / "generator/specwright").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    templates = {
        f"specwright/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    about = {name for name in held if ".dist-info/" in name}
    assert held - about == package | templates
    assert any(name.endswith("/licenses/LICENSE") for name in about)
    assert any(name.endswith("/entry_points.txt") for name in about)


def test_it_generates_away_from_the_repository(python: Path, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(PETS)
    specwright = python.with_name("specwright")
    done = run(specwright, "generate", "pets.yaml", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/pets/client.py").is_file()
    here = run(sys.executable, "-m", "specwright", "generate", "pets.yaml", "-o", "here", cwd=tmp_path)
    assert here.returncode == 0, here.stderr
    same = run("diff", "-r", "out", "here", cwd=tmp_path)
    assert same.stdout == ""


def test_it_imports_nothing_of_the_repository(python: Path, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(PETS)
    program = (
        "import sys, runpy; sys.argv = ['specwright', 'generate', 'pets.yaml', '-o', 'out', '--json']\n"
        "from specwright.cli import main\n"
        "status = main(sys.argv[1:])\n"
        "files = [getattr(module, '__file__', None) or '' for module in list(sys.modules.values())]\n"
        f"print([file for file in files if file.startswith({str(ROOT)!r})], status, file=sys.stderr)"
    )
    done = run(python, "-c", program, cwd=tmp_path)
    assert done.stderr == "[] 0\n"


def test_init_works_with_it(python: Path, tmp_path: Path) -> None:
    specwright = python.with_name("specwright")
    for command in ("init", "generate", "check", "lint"):
        done = run(specwright, command, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), command


def test_what_it_generates_installs_by_itself(python: Path, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(PETS)
    assert run(python, "-m", "specwright", "generate", "pets.yaml", "-o", "out", cwd=tmp_path).returncode == 0
    made = run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    user = tmp_path / "venv/bin/python"
    installed(user, "-m", "pip", "install", "--disable-pip-version-check", tmp_path / "out", cwd=tmp_path)
    program = (
        "import sys, pets\n"
        "client = pets.Client()\n"
        "try: client.pets.put_pet('p-1', name='Tom', kind='cow')\n"
        "except pets.RequestInvalid as error: print([issue.pointer for issue in error.issues])\n"
        "print([name for name in sys.modules if 'specwright' in name])"
    )
    done = run(user, "-c", program, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("['/kind']\n[]\n", "")
