"""Individual income tax that is withheld from a person's fee, step by step. Pure: amounts in, steps out; exact decimals.

Sources: 《中华人民共和国个人所得税法》第三条、第六条; 《中华人民共和国个人所得税法实施条例》第六条、第十四条; 《个人所得税扣缴申报管理办法
（试行）》（国家税务总局公告2018年第61号）第八条、第十条 and its 预扣率表二. They are for residents. Which basis applies is
finance's judgement, not the system's. A unit sends an invoice, and nothing is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CENT = Decimal("0.01")
SMALL, FLAT, SHARE = Decimal(4000), Decimal(800), Decimal("0.20")
"""Up to 4 000 yuan, 800 are deducted; above it a fifth."""
MANUSCRIPT_SHARE = Decimal("0.70")
RATE = Decimal("0.20")
LABOUR = (
    (Decimal(20_000), Decimal("0.20"), Decimal(0)),
    (Decimal(50_000), Decimal("0.30"), Decimal(2000)),
    (None, Decimal("0.40"), Decimal(7000)),
)
"""预扣率表二: up to which taxable amount, rate, quick deduction (速算扣除数)."""


class Basis(TextChoices):
    """As what a fee is taxed."""

    LABOUR = "labour", gettext_lazy("劳务报酬所得")
    ROYALTY = "royalty", gettext_lazy("特许权使用费所得")
    MANUSCRIPT = "manuscript", gettext_lazy("稿酬所得")
    CHANCE = "chance", gettext_lazy("偶然所得")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum: what it gives, how, and the amount."""

    words: str
    formula: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Tax:
    """What is withheld, how it came to that, and by which text."""

    gross: Decimal
    steps: tuple[Step, ...]
    tax: Decimal
    source: str

    @property
    def net(self) -> Decimal:
        """What is paid out."""
        return self.gross - self.tax


def tax_of(gross: Decimal, basis: Basis) -> Tax:
    """The tax on one payment. ValueError for an amount below nothing."""
    if gross < 0:
        raise ValueError(gross)
    gross = gross.quantize(CENT)
    if basis == Basis.CHANCE:
        tax = _cents(gross * RATE)
        only = Step(_("偶然所得不减除费用，应纳税额"), f"{gross} × 20%", tax)
        return Tax(gross, (only,), tax, _("《个人所得税法》第三条第三项、第六条第一款第六项"))
    income, steps_of_income = _income(gross, is_manuscript=basis == Basis.MANUSCRIPT)
    rate, quick = RATE, Decimal(0)
    if basis == Basis.LABOUR:
        rate, quick = next((rate, quick) for most, rate, quick in LABOUR if most is None or income <= most)
    tax = _cents(income * rate - quick)
    formula = f"{income} × {rate:.0%}" + (f" − {quick}" if quick else "")
    steps = (*steps_of_income, Step(_("预扣预缴税额"), formula, tax))
    source = _("《个人所得税法》第六条、《个人所得税法实施条例》第十四条、国家税务总局公告2018年第61号第八条")
    return Tax(gross, steps, tax, source)


def _income(gross: Decimal, *, is_manuscript: bool) -> tuple[Decimal, tuple[Step, ...]]:
    """What is taxed, and how it came to it."""
    if gross <= SMALL:
        deducted = min(FLAT, gross)
        first = Step(_("减除费用（每次收入不超过 4000 元，减 800 元）"), "800", deducted.quantize(CENT))
    else:
        deducted = _cents(gross * SHARE)
        first = Step(_("减除费用（每次收入 4000 元以上，减五分之一）"), f"{gross} × 20%", deducted)
    left = gross - deducted
    if not is_manuscript:
        return left, (first, Step(_("预扣预缴应纳税所得额"), f"{gross} − {first.amount}", left))
    taxed = _cents(left * MANUSCRIPT_SHARE)
    return taxed, (
        first,
        Step(_("应纳税所得额（稿酬的收入额减按七成计算）"), f"({gross} − {first.amount}) × 70%", taxed),
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
