"""`ketang call import` and `export`: the same file, in and out; mistakes are told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ketang.command.call import call
from ketang.people.account.models import Account
from ketang.selection.calls.callfile import read_call
from ketang.selection.calls.models import Call

pytestmark = pytest.mark.django_db
CALL = Path(__file__).resolve().parents[3] / "calls" / "tianjin-2023.yaml"


def test_a_call_goes_in_and_comes_out_the_same(administrator: Account, tmp_path: Path) -> None:
    said = CliRunner().invoke(call, ["import", str(CALL), "--as", "administrator"])
    assert (said.exit_code, Call.objects.get().state) == (0, "draft")
    out = tmp_path / "out.yaml"
    assert CliRunner().invoke(call, ["export", "tianjin-2023", "--out", str(out)]).exit_code == 0
    assert read_call(out.read_bytes()) == read_call(CALL.read_bytes())


def test_a_mistake_is_told_with_its_place(administrator: Account, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CALL.read_text(encoding="utf-8").replace("closes:", "closed:"), encoding="utf-8")
    said = CliRunner().invoke(call, ["import", str(wrong), "--as", "administrator"])
    assert (said.exit_code, "closes：缺少这一项。" in said.output, Call.objects.count()) == (1, True, 0)


def test_nobody_and_nothing_are_told(administrator: Account) -> None:
    assert CliRunner().invoke(call, ["import", str(CALL), "--as", "nobody"]).exit_code == 1
    assert CliRunner().invoke(call, ["export", "nothing"]).exit_code == 1
