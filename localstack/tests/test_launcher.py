"""`python -m localaws`: when it refuses to start; `python -m localaws.rds.unpack`."""

import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from account import Account, free_port

from localaws import __main__ as launcher


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_refused_in_one_sentence(account: Account, tmp_path: Path) -> None:
    done = run("localaws", GATEWAY_LISTEN=f"127.0.0.1:{account.port}", LOCALAWS_STATE=str(tmp_path))
    sentence = f"localaws: cannot listen on 127.0.0.1:{account.port} (GATEWAY_LISTEN): Address already in use.\n"
    assert (done.returncode, done.stderr, done.stdout) == (1, sentence, "")


def test_a_state_directory_in_use_is_refused_in_one_sentence(account: Account) -> None:
    done = run("localaws", GATEWAY_LISTEN=f"127.0.0.1:{free_port()}", LOCALAWS_STATE=str(account.state))
    sentence = f"localaws: another localaws uses {account.state} (LOCALAWS_STATE).\n"
    assert (done.returncode, done.stderr, done.stdout) == (1, sentence, "")


def test_unpack_makes_the_directory_whole_and_only_once(tmp_path: Path) -> None:
    jar, target = tmp_path / "binaries.jar", tmp_path / "deep" / "postgres"
    pack(jar, {"bin/postgres": b"#!", "bin/initdb": b"#!", "lib/libpq.so": b"", "share/postgres.bki": b""})
    assert run("localaws.rds.unpack", str(jar), str(target)).returncode == 0
    assert (target / "bin" / "postgres").read_bytes() == b"#!"
    assert os.access(target / "bin" / "initdb", os.X_OK)
    assert [path.name for path in target.parent.iterdir()] == ["postgres"]
    jar.unlink()
    assert run("localaws.rds.unpack", str(jar), str(target)).returncode == 0, "an existing directory is left alone"


def test_unpack_leaves_nothing_of_a_jar_without_postgres(tmp_path: Path) -> None:
    jar, target = tmp_path / "binaries.jar", tmp_path / "deep" / "postgres"
    pack(jar, {"bin/psql": b""})
    done = run("localaws.rds.unpack", str(jar), str(target))
    assert (done.returncode, done.stderr) == (
        1,
        f"localaws: cannot unpack {jar} to {target}: {jar} holds no bin/postgres\n",
    )
    assert list(target.parent.iterdir()) == []


def pack(jar: Path, files: dict[str, bytes]) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:xz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o755
            archive.addfile(entry, io.BytesIO(content))
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr("postgres-linux-x86_64.txz", inner.getvalue())


def test_upstream_still_needs_the_lock_to_be_a_class() -> None:
    launcher.import_with_lock_class()
    source = Path(sys.modules["localstack.packages.api"].__file__).read_text()
    assert "Lock | None" in source, "import_with_lock_class is not needed any more"
