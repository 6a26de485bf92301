from __future__ import annotations

import pytest

from kebao.text.contacts import mail_fault, phone_fault

# Numbers of the ranges that every handset maker prints in manuals; none is anybody's on purpose.
GOOD_PHONES = [
    "13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "0086 13800138000", "8613800138000", "１３８００１３８０００", "022-23456789",
    "022－23456789", "(022) 23456789", "（022）23456789", "02223456789", "0316-2345678", "022-23456789转801", "022-23456789 转 801", "022-23456789-801",
    "022 23456789 ext. 5", "022-23456789分机12", "400-820-8820", "+1 650 253 0000", "+852 2123 4567",
]  # fmt: skip


@pytest.mark.parametrize("raw", GOOD_PHONES)
def test_good_phones(raw: str) -> None:
    assert phone_fault(raw) is None


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        ("", "没有填写电话号码。"),
        ("  ", "没有填写电话号码。"),
        ("13800138000/022-23456789", "这里只能填一个电话号码，其余的请写在备注里。"),
        ("13800138000、13900139000", "这里只能填一个电话号码，其余的请写在备注里。"),
        ("电话13800138000", "电话号码里有不是数字的内容。"),
        ("同上", "电话号码里有不是数字的内容。"),
        ("23456789", "固定电话请加区号，例如 022-。"),
        ("2345678", "固定电话请加区号，例如 022-。"),
        ("1380013800", "手机号码应为 11 位，这里是 10 位。"),
        ("138001380000", "手机号码应为 11 位，这里是 12 位。"),
        ("12345", "电话号码只有 5 位，请填写完整的手机号码或带区号的固定电话。"),
        ("00000000000", "没有这样的电话号码，请核对号段、区号和位数。"),
        ("12345678901", "没有这样的电话号码，请核对号段、区号和位数。"),
        ("+86 1", "电话号码只有 3 位，请填写完整的手机号码或带区号的固定电话。"),
        ("-", "没有这样的电话号码，请核对号段、区号和位数。"),
    ],
)
def test_phone_faults(raw: str, zh: str) -> None:
    fault = phone_fault(raw)
    assert fault is not None
    assert fault.zh == zh


def test_the_number_is_not_repeated() -> None:
    fault = phone_fault("138001380001")
    assert fault is not None
    assert "1380013" not in fault.zh + fault.en


@pytest.mark.parametrize(
    "raw",
    ["a@example.com", " course@example.org ", "first.last+kebao@mail.example.cn", "张三@例子.中国", "12345@qq.com"],
)
def test_good_mail(raw: str) -> None:
    assert mail_fault(raw) is None


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        ("", "没有填写电子邮箱。"),
        ("a＠example.com", "邮箱里的“＠”是全角字符，请在英文输入状态下改成“@”。"),
        ("a@example。com", "邮箱里的句点是中文符号，请在英文输入状态下改成“.”。"),
        ("ａ@example.com", "邮箱里有全角字符，请在英文输入状态下重新输入。"),
        ("example.com", "邮箱里缺少“@”。"),
        ("a@b@example.com", "这里只能填一个邮箱，地址里只有一个“@”。"),
        ("a@example.com;b@example.com", "这里只能填一个邮箱，地址里只有一个“@”。"),
        ("a b@example.com", "邮箱里有空格，请删去。"),
        ("@example.com", "邮箱“@”前面缺少用户名。"),
        ("a@example", "邮箱“@”后面的域名不完整，例如应为 qq.com。"),
        ("a@", "邮箱“@”后面的域名不完整，例如应为 qq.com。"),
        ("a@example..com", "邮箱的写法不对，请核对每一个字符。"),
        ("a..b@example.com", "邮箱的写法不对，请核对每一个字符。"),
        ("a@-example.com", "邮箱的写法不对，请核对每一个字符。"),
    ],
)
def test_mail_faults(raw: str, zh: str) -> None:
    fault = mail_fault(raw)
    assert fault is not None
    assert fault.zh == zh
