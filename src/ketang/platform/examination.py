"""What `ketang doctor` looks at: folder, database, files, queue, cache, mail, secrets."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from ketang.platform.audit import anchor, queries
from ketang.platform.queue.models import Job, JobState
from ketang.platform.storage.reading import free_bytes, store
from ketang.settings.environment import HOME

LEAST_FREE_BYTES = 5 << 30
"""Below that a package of a few videos no longer fits."""


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at; `mend` says what to do when it is not good."""

    good: bool
    what: str
    mend: str = ""


def examine() -> Iterator[Examined]:
    """Look at everything, in the order in which things depend on one another; what crashes is itself a finding."""
    for look in (_secrets, _debug, _database, _tables, _files, _space, _cache, _broker, _jobs, _audit):
        yield _looked(look)


def _looked(look: Callable[[], Examined]) -> Examined:
    try:
        return look()
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with the instance is to be told
        name = (look.__doc__ or look.__name__).strip()
        return Examined(
            False, f"{name}: {type(fault).__name__}: {fault}", "请先修复上面的问题。 · Mend what stands above first."
        )


def _secrets() -> Examined:
    """密钥 · secrets"""
    loose = [
        path.name
        for path in [*HOME.glob("*-key"), *settings.SIGNING_KEYS.glob("*.pem")]
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    return Examined(not loose, f"密钥只有属主可读 · secrets are private ({HOME})", f"chmod 600 {' '.join(loose)}")


def _debug() -> Examined:
    """调试 · debugging"""
    return Examined(
        not settings.DEBUG, "调试模式已关闭 · debugging is off", "不要设置 KETANG_DEBUG。 · Unset KETANG_DEBUG."
    )


def _database() -> Examined:
    """数据库 · database"""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA journal_mode")
                mode = cursor.fetchone()[0]
                return Examined(mode == "wal", f"SQLite，{mode}", "数据库须在本机磁盘上。 · Keep it on a local disk.")
            cursor.execute("SHOW server_version")
            return Examined(True, f"PostgreSQL {cursor.fetchone()[0]}")
    except DatabaseError as fault:
        mend = "请检查 KETANG_DATABASE 和数据库服务。 · Check KETANG_DATABASE and the server."
        return Examined(False, f"数据库 · database: {fault}".strip(), mend)


def _tables() -> Examined:
    """数据表 · tables"""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Examined(not plan, f"数据表待更新 {len(plan)} 步 · {len(plan)} migrations to apply", "ketang migrate")


def _files() -> Examined:
    """文件 · files"""
    content = secrets.token_bytes(16)
    name = store().save(f"doctor/{secrets.token_hex(8)}", ContentFile(content))
    with store().open(name, "rb") as file:
        same = file.read() == content
    store().delete(name)
    return Examined(
        same, "文件可写可读 · files can be written and read", "存储返回了别的内容。 · The store gave other bytes."
    )


def _space() -> Examined:
    """空间 · space"""
    free = free_bytes()
    if free is None:
        return Examined(True, "空间由对象存储管理 · space is the object store's business")
    return Examined(
        free >= LEAST_FREE_BYTES, f"剩余空间 · free space: {free / 2**30:.1f} GB", "请清理或换更大的磁盘。 · Make room."
    )


def _cache() -> Examined:
    """缓存 · cache"""
    cache.set("doctor", "1", 10)
    return Examined(
        cache.get("doctor") == "1", "缓存可用 · the cache works", "请检查 KETANG_CACHE。 · Check KETANG_CACHE."
    )


def _broker() -> Examined:
    """队列 · queue"""
    if settings.BROKER is None:
        return Examined(True, "任务排在数据库里 · work waits in the database")
    from ketang.platform.queue.celery_app import app

    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=3)
    return Examined(True, "消息队列可用 · the broker answers")


def _jobs() -> Examined:
    """后台任务 · jobs"""
    late = timezone.now() - timedelta(minutes=10)
    waiting = Job.objects.filter(state=JobState.WAITING, not_before__lt=late).count()
    working = Job.objects.filter(state=JobState.RUNNING).count()
    failed = Job.objects.filter(state=JobState.FAILED).count()
    what = f"后台任务：进行 {working}，等待超过十分钟 {waiting}，未完成 {failed} · running {working}, late {waiting}, failed {failed}"
    return Examined(working > 0 or waiting == 0, what, "后台没有在工作：ketang worker。 · No worker works.")


def _audit() -> Examined:
    """操作记录 · audit log"""
    kept = anchor.kept()
    found = queries.verify([kept] if kept else [])
    if isinstance(found, queries.Broken):
        what = f"操作记录第 {found.number} 条 · row {found.number} of the audit log: {queries.FAULTS[found.fault]}"
        return Examined(False, what, "请保留现场并从备份核对。 · Keep everything as it is and compare with the backup.")
    return Examined(True, f"操作记录完整，共 {found.head.number} 条 · the audit log is whole, {found.head.number} rows")
