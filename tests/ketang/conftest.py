"""What tests of the product ask for: an account of each role, made through the product's own actions."""

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest
import pytest_django
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

import ketang_columns
import making
from ketang.people.account.actions import open_by_command
from ketang.people.account.models import Account
from ketang.people.organisation.actions import add_member, register_centre, register_organisation, register_recommender
from ketang.people.organisation.models import Organisation, OrganisationKind
from ketang.people.role.actions import appoint, appoint_first_administrator
from ketang.people.role.models import APPOINTED, Role
from ketang.people.role.queries import Actor
from ketang.selection.calls import actions as calls
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call
from ketang.selection.intake import actions as intake
from ketang.selection.intake.models import Submission
from ketang_accounts import credit_code
from ketang_columns import Column
from ketang_servers import Servers, servers

FILM_SECONDS = 8


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """Counts of rate limits do not go from one test into the next, nor does the language of the page that was asked for last."""
    cache.clear()
    translation.deactivate()
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def administrator(db: None) -> Account:
    account = open_by_command(login="administrator", name="管理员甲").account
    appoint_first_administrator(account=account)
    return account


@pytest.fixture
def unit(db: None) -> Organisation:
    """A supplying unit with the manager `manager`."""
    manager = open_by_command(login="manager", name="单位管理员").account
    return register_organisation(
        actor=manager, kind=OrganisationKind.UNIT, name="示例培训学校", credit_code=credit_code(1)
    )


@pytest.fixture
def actors(administrator: Account, unit: Organisation) -> dict[Role, Actor]:
    """Somebody of each role who has no other role that was given (everybody signed in learns)."""
    found: dict[Role, Actor] = {Role.VISITOR: AnonymousUser(), Role.ADMINISTRATOR: administrator}
    for role in Role:
        if role in found:
            continue
        account = open_by_command(login=f"a-{role}", name=str(role.label)).account
        if role in APPOINTED:
            appoint(actor=administrator, account=account, role=role)
        found[role] = account
    supplier, recommender = found[Role.SUPPLIER], found[Role.RECOMMENDER]
    assert isinstance(supplier, Account)
    assert isinstance(recommender, Account)
    add_member(invited_by=None, account=supplier, organisation=unit)
    body = register_recommender(actor=administrator, kind=OrganisationKind.BUREAU, name="示例人社局")
    add_member(invited_by=administrator, account=recommender, organisation=body, manages=True)
    teacher = found[Role.CENTRE]
    assert isinstance(teacher, Account)
    centre = register_centre(actor=administrator, name="示例区培训中心")
    add_member(invited_by=administrator, account=teacher, organisation=centre)
    return found


@pytest.fixture(scope="session")
def large_servers() -> Iterator[Servers]:
    """PostgreSQL, Valkey and S3 for the length of the run."""
    with servers() as found:
        yield found


@pytest.fixture(scope="session")
def small_template(run_folder: Path, one_at_a_time: Callable[[str], AbstractContextManager[None]]) -> Path:
    """An instance folder with its tables: one for all processes of the run, for the tables take ten seconds of CPU."""
    home = run_folder / "small-template"
    with one_at_a_time("small-template"):
        if not (home / "prepared").exists():  # the last thing that `migrate` leaves
            home.mkdir(exist_ok=True)
            ketang_columns.Column("small", home, ketang_columns._environment(home)).run("migrate")
    return home


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: pytest_django.DjangoDbBlocker, small_template: Path
) -> Iterator[None]:
    """The test's database in memory, with the tables of that instance: what the migrations made, not what the models say."""
    connection = connections["default"]
    connection.settings_dict["TEST"]["MIGRATE"] = False
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        source = sqlite3.connect(f"file:{small_template / 'ketang.sqlite3'}?immutable=1", uri=True)
        source.backup(connection.connection)
        source.close()
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def large_template(large_servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with its tables."""
    import psycopg

    with psycopg.connect(f"{large_servers.postgres}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_trial")
    home = tmp_path_factory.mktemp("template")
    environment = ketang_columns._environment(home, large_servers, "template_trial")
    ketang_columns.Column("large", home, environment).run("migrate")
    return "template_trial"


@pytest.fixture(params=["small", "large"])
def column(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Column]:
    """A fresh instance of each column, used by this process too."""
    made = new_column(request, tmp_path)
    with django_db_blocker.unblock(), ketang_columns.used_here(made):
        yield made


@pytest.fixture
def small_column(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Column]:
    """A fresh instance of the small column, used by this process too."""
    made = ketang_columns.small(tmp_path / "home", request.getfixturevalue("small_template"))
    with django_db_blocker.unblock(), ketang_columns.used_here(made):
        yield made


_numbers = itertools.count(1)


def new_column(request: pytest.FixtureRequest, folder: Path) -> Column:
    """The column that the test's parameter names; the servers start when the first large one is asked for."""
    if request.param == "small":
        return ketang_columns.small(folder / "home", request.getfixturevalue("small_template"))
    template, found = request.getfixturevalue("large_template"), request.getfixturevalue("large_servers")
    return ketang_columns.large(folder / "home", template, found, next(_numbers))


CALL = Path(__file__).resolve().parents[2] / "calls" / "tianjin-2023.yaml"


@pytest.fixture
def shipped_call() -> str:
    """Text of the call that ships."""
    return CALL.read_text(encoding="utf-8")


@pytest.fixture
def open_call(administrator: Account, shipped_call: str) -> Call:
    """That call with a deadline far away, published."""
    file = read_call(shipped_call).model_copy(update={"closes": datetime(2099, 8, 31, 23, 59, 59)})
    return calls.publish(call=calls.create(file=file, actor=administrator), actor=administrator)


@pytest.fixture
def supplier_draft(open_call: Call, unit: Organisation) -> Submission:
    """A draft of the unit, begun by its manager."""
    manager = Account.objects.get(login="manager")
    return intake.start(actor=manager, call=open_call, organisation=unit, title="老年人饮水照护入门", category="P2(3)")


@pytest.fixture(scope="session")
def small_package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The conforming package as a zip, every film of eight seconds."""
    folder, whole = tmp_path_factory.mktemp("package"), making.make_clip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "make_clip", lambda path, _seconds: whole(path, FILM_SECONDS))
        root = making.make_package(folder)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                written.write(path, str(path.relative_to(folder)))
    return out.getvalue()
