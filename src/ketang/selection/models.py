"""Django finds the tables of selection here."""

from __future__ import annotations

from ketang.selection.announcing.models import NoticeEntry, Objection, PublicNotice
from ketang.selection.answering.models import Answer, UploadLink
from ketang.selection.assigning.models import Assignment, Plan
from ketang.selection.awarding.models import AwardApproval, AwardList, AwardRow, Decision
from ketang.selection.calls.models import Call
from ketang.selection.checking.models import Check, CheckedMedium
from ketang.selection.desk.models import DiskCopy, DiskFile, Parcel, PhoneNote, PhonePassage, Trolley
from ketang.selection.experts.models import Conflict, Expert, ExpertImport, PanelSeat
from ketang.selection.importing.models import SheetImport, SheetRow
from ketang.selection.intake.acceptance import LateAcceptance
from ketang.selection.intake.models import Assembly, Counter, DraftFile, Receipt, Submission, Version
from ketang.selection.ledger.models import Arrival, ArrivalPassage, Holding, LedgerCounter
from ketang.selection.likeness.models import Likeness, MediumPrint, MediumUse, PrintKey
from ketang.selection.mail.models import Mail, MailArrival, MailboxMark, MailPart
from ketang.selection.notices.models import Notice, NoticeItem
from ketang.selection.papers.models import Transfer, TransferRow
from ketang.selection.paying.models import Payment, PaymentLink
from ketang.selection.ranking.models import Meeting, RankedRow, Ranking, Remark, Vote
from ketang.selection.recommending.models import Listed, Recommendation, RecommendationRow, Recommender, RecommenderLink
from ketang.selection.ruling.models import Ruling
from ketang.selection.scoring.models import BlindCopy, BlindPage, BlindPart, Sheet, SubmittedSheet
from ketang.selection.sealing.models import SealedList
from ketang.selection.tallying.models import ClauseWords, TalliedFault, Tally, WrittenArea

__all__ = [
    "Answer",
    "Arrival",
    "ArrivalPassage",
    "Assembly",
    "Assignment",
    "AwardApproval",
    "AwardList",
    "AwardRow",
    "BlindCopy",
    "BlindPage",
    "BlindPart",
    "Call",
    "Check",
    "CheckedMedium",
    "ClauseWords",
    "Conflict",
    "Counter",
    "Decision",
    "DiskCopy",
    "DiskFile",
    "DraftFile",
    "Expert",
    "ExpertImport",
    "Holding",
    "LateAcceptance",
    "LedgerCounter",
    "Likeness",
    "Listed",
    "Mail",
    "MailArrival",
    "MailPart",
    "MailboxMark",
    "MediumPrint",
    "MediumUse",
    "Meeting",
    "Notice",
    "NoticeEntry",
    "NoticeItem",
    "Objection",
    "PanelSeat",
    "Parcel",
    "Payment",
    "PaymentLink",
    "PhoneNote",
    "PhonePassage",
    "Plan",
    "PrintKey",
    "PublicNotice",
    "RankedRow",
    "Ranking",
    "Receipt",
    "Recommendation",
    "RecommendationRow",
    "Recommender",
    "RecommenderLink",
    "Remark",
    "Ruling",
    "SealedList",
    "Sheet",
    "SheetImport",
    "SheetRow",
    "Submission",
    "SubmittedSheet",
    "TalliedFault",
    "Tally",
    "Transfer",
    "TransferRow",
    "Trolley",
    "UploadLink",
    "Version",
    "Vote",
    "WrittenArea",
]
