"""`python -m localaws.rds.unpack JAR TARGET`: unpacks PostgreSQL from zonky's jar (embedded-postgres-binaries-linux-*).

The jar contains one .txz with bin/, lib/ and share/. TARGET appears complete or not at all; it is left unchanged if
it exists.
"""

import io
import os
import shutil
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path


def unpack(jar: Path, target: Path) -> None:
    if (target / "bin" / "postgres").exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        with zipfile.ZipFile(jar) as archive:
            names = [name for name in archive.namelist() if name.endswith(".txz")]
            if len(names) != 1:
                raise ValueError(f"{jar} holds {len(names)} .txz files, expected 1")
            with tarfile.open(fileobj=io.BytesIO(archive.read(names[0])), mode="r:xz") as files:
                files.extractall(part, filter="data")
        if not (part / "bin" / "postgres").exists():
            raise ValueError(f"{jar} holds no bin/postgres")
        part.chmod(0o755)
        try:
            part.rename(target)
        except OSError:
            if not (target / "bin" / "postgres").exists():  # otherwise another process was faster
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("usage: python -m localaws.rds.unpack JAR TARGET")
    jar, target = Path(sys.argv[1]), Path(os.path.abspath(sys.argv[2]))
    try:
        unpack(jar, target)
    except (OSError, ValueError, tarfile.TarError, zipfile.BadZipFile) as e:
        sys.exit(f"localaws: cannot unpack {jar} to {target}: {e}")


if __name__ == "__main__":
    main()
