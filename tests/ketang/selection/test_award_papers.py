"""Papers of an award: what stands on them, and that their PDFs are tagged, named and in order (PDF/UA-1)."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from django.urls import reverse
from docx import Document

from ketang.people.account.models import Account
from ketang.people.organisation.models import Organisation
from ketang.platform.official.model import Official, Seal, Table, Words
from ketang.platform.official.pdf import write_pdf
from ketang.platform.official.word import write_docx
from ketang.platform.refusal import Refused
from ketang.selection.announcing.actions import announce
from ketang.selection.announcing.paper import notice_paper
from ketang.selection.awarding import papers
from ketang.selection.awarding.models import AwardList, AwardRow
from ketang.selection.calls.models import Call
from ketang.selection.experts.models import Expert, PanelSeat
from ketang.selection.ranking.models import Meeting, Remark, Vote
from ketang_accounts import signed_in

from .awards import approved, with_fee

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(call: Call, unit: Organisation, administrator: Account) -> AwardList:
    with_fee(call, budget="40000.00")
    return approved(call, unit, administrator)


def row(made: AwardList, place: int) -> AwardRow:
    return made.rows.select_related("award_list__call", "submission__organisation", "decision").get(place=place)


def met(made: AwardList, administrator: Account) -> None:
    meeting = Meeting.objects.create(call=made.call, opened_by=administrator)
    seats = [PanelSeat.objects.create(call=made.call, expert=Expert.objects.create(name=f"专家{n}")) for n in (1, 2)]
    first = row(made, 1).submission
    Remark.objects.create(meeting=meeting, submission=first, signed_as="专家1", words="内容完整。")
    for seat, choice in ((seats[0], "against"), (seats[1], "for"), (seats[0], "for")):
        Vote.objects.create(meeting=meeting, submission=first, seat=seat, choice=choice)


def every(made: AwardList, administrator: Account) -> dict[str, Official]:
    met(made, administrator)
    notice = announce(actor=administrator, call=made.call, shows_amounts=True)
    return {
        "minutes": papers.minutes(made.call, "津残联〔2026〕1号"), "scores": papers.score_summary(made),
        "letter": papers.award_letter(row(made, 1), "津残联〔2026〕2号"), "thanks": papers.thanks_letter(row(made, 4)),
        "agreement": papers.agreement(row(made, 1)), "notice": notice_paper(notice),
    }  # fmt: skip


def test_pdfs_are_tagged_named_and_in_order(made: AwardList, administrator: Account) -> None:
    for name, paper in every(made, administrator).items():
        with pikepdf.open(io.BytesIO(write_pdf(paper))) as pdf:
            root = pdf.Root
            assert bool(root.MarkInfo.Marked), name
            assert str(root.Lang) == "zh-CN", name
            assert bool(root.ViewerPreferences.DisplayDocTitle), name
            with pdf.open_metadata() as told:
                assert (told["dc:title"], told["pdfuaid:part"]) == (paper.title, "1"), name
            kinds = [str(tag) for tag in tags(root.StructTreeRoot)]
            assert kinds.count("/Title") + kinds.count("/H1") >= 1, name
            assert kinds.count("/Table") == sum(isinstance(part, Table) and bool(part.rows) for part in paper.parts) + (
                name in ("minutes", "agreement")
            ), name
            for page in pdf.pages:
                assert str(page.get("/Tabs", "/S")) == "/S", name
                assert "/StructParents" in page, name


def tags(node: pikepdf.Object) -> list[str]:
    """Types of the structure tree, in reading order."""
    if isinstance(node, pikepdf.Array):
        return [tag for one in node for tag in tags(one)]
    if not isinstance(node, pikepdf.Dictionary):
        return []
    own = [str(node.S)] if "/S" in node else []
    return own + (tags(node.K) if "/K" in node else [])


def test_what_stands_on_them(made: AwardList, administrator: Account) -> None:
    found = every(made, administrator)
    minutes = [part for part in found["minutes"].parts if isinstance(part, Table)]
    assert [one[1:] for one in minutes[0].rows] == [("课程1", "内容完整。", "专家1")]
    assert minutes[1].rows == (("TIANJIN-2023-0001", "课程1", 2, 0, 0),)
    (scores,) = [part for part in found["scores"].parts if isinstance(part, Table)]
    assert scores.rows[0] == (1, "TIANJIN-2023-0001", "课程1", "9.5000", "9.5000", 3, "入选", "20000.00")
    assert (found["letter"].number, found["letter"].addressee) == ("津残联〔2026〕2号", "示例培训学校：")
    assert "20000.00 元" in found["letter"].parts[0].text  # type: ignore[union-attr]
    thanks = "".join(part.text for part in found["thanks"].parts if isinstance(part, Words))
    assert ("第 4 名，共 4 件" in thanks, any(f"课程{n}" in thanks for n in (1, 2, 3))) == (True, False)
    assert [isinstance(found[name].parts[-1], Seal) for name in ("letter", "thanks", "notice", "minutes")] == [True, True, True, False]  # fmt: skip
    for paper in found.values():
        assert Document(io.BytesIO(write_docx(paper))).core_properties.title == paper.title


def test_a_paper_fits_what_was_decided(made: AwardList, administrator: Account) -> None:
    for make, place in ((papers.award_letter, 4), (papers.agreement, 3), (papers.thanks_letter, 1)):
        with pytest.raises(Refused):
            make(row(made, place))
    with pytest.raises(Refused, match="还没有开过评审会"):
        papers.minutes(made.call)


def test_papers_are_taken_by_the_office(made: AwardList, administrator: Account) -> None:
    client = signed_in(administrator)
    address = reverse("office-award-row-paper", args=[row(made, 1).uuid, "letter", "pdf"])
    answer = client.get(address, {"number": "津残联〔2026〕2号"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    refused = client.get(reverse("office-award-row-paper", args=[row(made, 4).uuid, "letter", "pdf"]))
    assert refused["Location"] == reverse("office-award-row", args=[row(made, 4).uuid])
    assert client.get(reverse("office-award-paper", args=[made.uuid, "scores", "docx"])).status_code == 200
    assert client.get(reverse("office-award-paper", args=[made.uuid, "other", "pdf"])).status_code == 404


def test_every_paper_that_leaves_takes_a_document_number(made: AwardList, administrator: Account) -> None:
    met(made, administrator)
    notice = announce(actor=administrator, call=made.call, shows_amounts=True)
    client, number = signed_in(administrator), "津残联〔2026〕7号"
    pages = {
        reverse("office-award", args=[made.call.uuid]): [("office-award-paper", made.uuid, name) for name in ("scores", "minutes")],
        reverse("office-award-row", args=[row(made, 1).uuid]): [
            ("office-award-row-paper", row(made, 1).uuid, name) for name in ("letter", "agreement")
        ],
        reverse("office-announcing", args=[made.call.uuid]): [("office-announcement-paper", notice.uuid)],
    }  # fmt: skip
    for page, wanted in pages.items():
        shown = client.get(page).content.decode()
        forms = re.findall(
            r'<form method="get"[^>]* action="([^"]+)".*?formaction="([^"]+)".*?</form>', shown, re.DOTALL
        )
        assert forms == [tuple(reverse(name, args=[*args, kind]) for kind in ("pdf", "docx")) for name, *args in wanted]
        for pdf, docx in forms:
            assert client.get(pdf, {"number": number}).content[:5] == b"%PDF-"
            written = Document(io.BytesIO(client.get(docx, {"number": number}).content))
            assert number in "\n".join(one.text for one in written.paragraphs), docx
    bare = Document(io.BytesIO(client.get(forms[0][1]).content))
    assert notice.number in "\n".join(one.text for one in bare.paragraphs)
