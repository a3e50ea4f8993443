"""What is delivered: the wheel carries all data and works outside a checkout; nothing it needs is under the GPL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DATA = ("ontology", "queries", "examples")


def files_below(folder):
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(ROOT)) for path in paths}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    ran = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel's contents in a folder of their own, away from the checkout."""
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def run_kg(installed, *args):
    code = "import sys; from kg.cli import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=installed.parent,
        env=os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_carries_code_and_data_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    data = {f"kg/data/{name}" for folder in DATA for name in files_below(ROOT / folder)}
    assert names == files_below(ROOT / "kg") | data


def test_the_wheel_finds_its_data_outside_a_checkout(installed):
    code = "from kg import resources; print(resources.path('queries').resolve())"
    env = {"PYTHONPATH": str(installed)}
    ran = subprocess.run([sys.executable, "-c", code], env=env, cwd="/", capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == str((installed / "kg/data/queries").resolve())


def test_the_wheel_answers_questions_outside_a_checkout(installed):
    small = ROOT / "tests" / "data" / "small.ttl"
    assert "signed-with" in run_kg(installed, "query").stdout
    assert "东湖专项债券" in run_kg(installed, "query", "planned", "--graph", str(small)).stdout


@pytest.mark.verify
def test_the_wheel_builds_and_asks_in_an_empty_environment(wheel, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python, kg = (str(tmp_path / "venv" / "bin" / name) for name in ("python", "kg"))
    pip = [python, "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    subprocess.run([kg, "build", "--quiet"], cwd=tmp_path, check=True)
    ran = subprocess.run(
        [kg, "query", "signed-with", "--party", "巴南区"], cwd=tmp_path, capture_output=True, check=True
    )
    assert "惠科" in ran.stdout.decode()


def plain_name(requirement):
    return re.sub("[-_.]+", "-", re.match("[A-Za-z0-9._-]+", requirement)[0]).lower()


def needed_distributions():
    """The dependencies of the project that are installed here, with all that they need in turn."""
    found, waiting = {}, [plain_name(one) for one in PROJECT["dependencies"]]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            assert name not in {plain_name(one) for one in PROJECT["dependencies"]}, f"{name} is not installed"
            continue
        waiting += [plain_name(one) for one in found[name].requires or () if "extra ==" not in one]
    return found


def test_nothing_that_is_needed_is_under_the_gpl():
    for name, needed in needed_distributions().items():
        words = [needed.metadata.get(field, "") for field in ("License", "License-Expression")]
        classifiers = [one for one in needed.metadata.get_all("Classifier", []) if one.startswith("License")]
        short = " ".join([*(word.partition("\n")[0] for word in words), *classifiers])
        assert not re.search(r"\b[AL]?GPL|General Public", short), f"{name}: {short}"


def test_the_lock_pins_every_dependency_with_hashes_and_no_address():
    locked = re.findall(r"^([a-z0-9-]+)==\S+.* \\\n    --hash=sha256:[0-9a-f]{64}", LOCK, re.MULTILINE)
    assert {plain_name(one) for one in PROJECT["dependencies"]} <= set(locked)
    assert len(locked) == len(re.findall("^[a-z0-9-]+==", LOCK, re.MULTILINE))
    assert "://" not in LOCK


def test_every_dependency_has_a_lower_bound():
    assert all(re.search(">=|==", one) for one in PROJECT["dependencies"])
