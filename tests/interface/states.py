"""Every page and state the acceptance suite looks at. A new page is one line here (docs/interface.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Act = Callable[[Any], None]
"""What brings a page into its state, given playwright's page."""


@dataclass(frozen=True, slots=True)
class State:
    """A page in one state.

    Attributes:
        name: of the state; its golden file is `golden/<name>.txt`.
        path: its address; `{word}` is filled from `places.py`.
        role: who looks: `visitor`, or a role of `people`.
        act: what is done on the page first.
        status: the answer's status.
        target: the smallest side of a control in CSS pixels: 44 on learners' pages.
        language: of the page.
        key: the place with the key of a recommending body's browser.
    """

    name: str
    path: str
    role: str = "visitor"
    act: Act | None = None
    status: int = 200
    target: int = 24
    language: str = "zh-hans"
    key: str = ""


def send(page: Any) -> None:
    """Send the main form as it is."""
    with page.expect_navigation():
        page.locator("main form button:not([type=button])").first.click()


def _send_of(how: str) -> Act:
    """Send one of the forms of an arrival's page as it is."""

    def act(page: Any) -> None:
        with page.expect_navigation():
            page.locator(f"main form:has([name=how][value={how}]) button").click()

    return act


def fill(**values: str) -> Act:
    """Type into fields by name, then send the form."""

    def act(page: Any) -> None:
        for name, value in values.items():
            page.fill(f"main [name={name}]", value)
        send(page)

    return act


def choose(**values: str) -> Act:
    """Choose radios by name, then send the form."""

    def act(page: Any) -> None:
        for name, value in values.items():
            page.check(f"main [name={name}][value={value}]")
        send(page)

    return act


def _framed(page: Any) -> None:
    """As the browser asks from a frame of another site: it lets nobody say so for it, so the request is made beside it."""

    def answered(route: Any) -> None:
        route.fulfill(response=route.fetch(headers=route.request.headers | {"sec-fetch-dest": "iframe"}))

    page.route("**/lti/go/*", answered)
    page.reload()
    page.unroute("**/lti/go/*")


def _chosen(page: Any) -> None:
    """These courses it is."""
    with page.expect_navigation():
        page.locator("main [name=how][value=done]").click()


def _wrong_unit(page: Any) -> None:
    """A unit whose code has a slip."""
    page.check("main [name=kind][value=unit]")
    fill(name="示例培训中心", credit_code="91120000MA0000001X")(page)


def _invite(page: Any) -> None:
    """A new link, shown once."""
    with page.expect_navigation():
        page.locator("main form[aria-label=邀请同事] button").click()


def _half_signed_in(page: Any) -> None:
    """Name and password are right; the code is asked for."""
    fill(login="finance-1", password="half-way-in-7431")(page)
    page.wait_for_url("**/account/2fa/authenticate/**")


def _wrong_code(page: Any) -> None:
    """A code that is none."""
    _half_signed_in(page)
    fill(code="000000")(page)


def _kept_before(page: Any) -> None:
    """Somebody studied in this browser before they signed in."""
    page.evaluate(
        """() => new Promise((done) => { const asked = indexedDB.open("ketang-progress", 1); asked.onsuccess = () => {
        const work = asked.result.transaction("entries", "readwrite");
        work.objectStore("entries").put({ sitting: "one", n: 1, row: [Date.now(), "r", 600000], ticket: "x", visitor: true });
        work.oncomplete = () => { asked.result.close(); done(); }; }; })"""
    )
    page.reload()
    page.wait_for_selector("[data-take]")


def _no_record(page: Any) -> None:
    """A file that is something else."""
    page.set_input_files("main [name=record]", {"name": "a.json", "mimeType": "application/json", "buffer": b"{}"})
    send(page)


def _act_for(page: Any) -> None:
    """Begin to act for who asked."""
    with page.expect_navigation():
        page.locator("main button[name=for]").first.click()


def _new_slip(page: Any) -> None:
    """A new one-time password, on a slip."""
    with page.expect_navigation():
        page.locator("main button[value=password]").click()


def _stale(page: Any) -> None:
    """A form that has lost its cookie."""
    page.fill("main [name=words]", "按钮太小")
    page.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'stale'")
    send(page)


def _wrong_receipt(page: Any) -> None:
    """A receipt whose code is another's."""
    page.fill("main [name=number]", "TIANJIN-2023-R00001")
    page.fill("main [name=code]", "00000000")
    with page.expect_navigation():
        page.locator("main form:has([name=code]) button").click()


def _new_link(page: Any) -> None:
    """A link that is shown once."""
    with page.expect_navigation():
        page.locator("main button[value=show]").click()


def _scan(page: Any) -> None:
    """A number in the place of the label: the waybill is asked for next."""
    fill(code="TIANJIN-2023-0001")(page)


def _no_date(page: Any) -> None:
    """No column is the date of receipt."""
    page.select_option("main [name=c1]", "-")
    with page.expect_navigation():
        page.locator("main form:has([name=how][value=columns]) button").click()


def _withdraw(page: Any) -> None:
    """Withdraw an award as it is."""
    with page.expect_navigation():
        page.locator("main button[value=withdraw]").click()


def _look(page: Any) -> None:
    """Bank data, once."""
    with page.expect_navigation():
        page.locator("main button[value=look]").click()


def _no_weight(page: Any) -> None:
    """A criterion without a weight."""
    fill(**{"weight-standard": ""})(page)


def _beyond_budget(page: Any) -> None:
    """More than is left."""
    page.check("main [name=outcome][value=selected]")
    fill(amount="5000.01")(page)


_STATISTICS = "/office/statistics/?first=2003&last=2004&call={statistics_paid}&call={statistics_asked}"

STATES: tuple[State, ...] = (
    State("home", "/", target=44),
    State("home-english", "/", language="en", target=44),
    State("display", "/display", target=44),
    State("display-saved-large", "/display", act=choose(size="large"), target=44),
    State("display-saved-dark", "/display", act=choose(theme="dark"), target=44),
    State("display-saved-contrast", "/display", act=choose(theme="contrast"), target=44),
    State(
        "display-saved-easy",
        "/display",
        act=choose(reading="easy", captions="off", description="on", motion="less", time="double"),
        target=44,
    ),
    State("feedback", "/feedback?page=/", target=44),
    State("feedback-empty", "/feedback", act=send, target=44),
    State("feedback-find", "/feedback/find", target=44),
    State("feedback-find-wrong", "/feedback/find", target=44, act=fill(number="TS2026-00001", code="00000000")),
    State("feedback-received", "/feedback/{feedback}", target=44),
    State("feedback-answered", "/feedback/{feedback_answered}", target=44),
    State("lookup", "/lookup"),
    State("lookup-empty", "/lookup", act=send),
    State("lookup-nothing", "/lookup", act=fill(number="DEMO-R99999", code="00000000")),
    State("lookup-found", "/lookup", act=fill(number="TIANJIN-2023-R00001", code="e8619ba5")),
    State("contact", "/contact", target=44),
    State("accessibility", "/accessibility", target=44),
    State("sign-in", "/account/login/", target=44),
    State("sign-in-wrong", "/account/login/", act=fill(login="nobody", password="not this one"), target=44),
    State("sign-in-code", "/account/login/", act=_half_signed_in),
    State("sign-in-wrong-code", "/account/login/", act=_wrong_code),
    State("sign-up", "/account/signup/"),
    State("sign-up-wrong", "/account/signup/", act=fill(email="nobody", password1="short", password2="other")),
    State("sign-out", "/account/logout/", role="learner", target=44),
    State("password-forgotten", "/account/password/reset/"),
    State("password-forgotten-sent", "/account/password/reset/done/"),
    State("password-reset-done", "/account/password/reset/key/done/"),
    State("address-link-dead", "/account/confirm-email/dead/"),
    State("account-closed", "/account/inactive/"),
    State("password-change", "/account/password/change/", role="learner"),
    State("password-link-dead", "/account/password/reset/key/1-dead/"),
    State("addresses", "/account/email/", role="supplier"),
    State("address-to-confirm", "/account/confirm-email/"),
    State("second-factor", "/account/2fa/", role="learner"),
    State("second-factor-staff", "/account/2fa/", role="clerk"),
    State("one-time-password", "/account/2fa/totp/activate/", role="learner"),
    State("one-time-password-wrong", "/account/2fa/totp/activate/", role="learner", act=fill(code="000000")),
    State("passkey", "/account/2fa/webauthn/add/", role="learner"),
    State("passkeys", "/account/2fa/webauthn/", role="learner"),
    State("one-time-password-off", "/account/2fa/totp/deactivate/", role="clerk"),
    State("recovery-codes-anew", "/account/2fa/recovery-codes/generate/", role="clerk"),
    State("asked-again", "/account/2fa/reauthenticate/", role="clerk"),
    State("recovery-codes", "/account/2fa/recovery-codes/", role="clerk"),
    State("account", "/account/", role="supplier", target=44),
    State("account-english", "/account/", role="clerk", language="en"),
    State("own-data", "/account/data", role="learner", target=44),
    State("close-account-not-sure", "/account/data/close", role="learner", act=send),
    State("register-organisation", "/supplier/register", role="learner"),
    State("register-organisation-wrong", "/supplier/register", role="learner", act=_wrong_unit),
    State("organisation", "/supplier/organisations/{organisation}", role="supplier"),
    State("organisation-invited", "/supplier/organisations/{organisation}", role="supplier", act=_invite),
    State("invitation-visitor", "/invitations/{invitation}"),
    State("invitation", "/invitations/{invitation_to_role}", role="learner"),
    State("invitation-withdrawn", "/invitations/{invitation_withdrawn}"),
    State("invitation-unknown", "/invitations/nothing", status=404),
    State("calls", "/calls/"),
    State("call", "/calls/{call}"),
    State("call-english", "/calls/{call}", language="en"),
    State("call-coming", "/calls/{coming_call}"),
    State("call-coming-english", "/calls/{coming_call}", language="en"),
    State("trial", "/checks/try"),
    State("trial-nothing-chosen", "/checks/try", act=send),
    State("submissions", "/supplier/", role="supplier"),
    State("start", "/supplier/start/{call}", role="supplier"),
    State("start-empty", "/supplier/start/{call}", role="supplier", act=send),
    State("draft", "/supplier/{draft}", role="supplier"),
    State("form-f", "/supplier/{draft}/form", role="supplier"),
    State("rights", "/supplier/{draft}/rights", role="supplier"),
    State("files", "/supplier/{draft}/files", role="supplier"),
    State("files-nothing-chosen", "/supplier/{draft}/files", role="supplier", act=send),
    State("files-several", "/supplier/{files_draft}/files", role="supplier"),
    State("file-place", "/supplier/{files_draft}/files/{one_file}", role="supplier"),
    State(
        "file-place-outside",
        "/supplier/{files_draft}/files/{one_file}",
        role="supplier",
        act=fill(path="../试水温.mp4"),
    ),
    State("form-f-workbook", "/supplier/{files_draft}/form", role="supplier"),
    State("send", "/supplier/{files_draft}/send", role="supplier"),
    State("sending", "/supplier/{files_draft}/sending/{assembly}", role="supplier"),
    State("sending-refused", "/supplier/{files_draft}/sending/{refused_assembly}", role="supplier"),
    State("send-checked", "/supplier/{draft_checked}/send", role="supplier"),
    State("send-not-ready", "/supplier/{draft}/send", role="supplier"),
    State("withdraw", "/supplier/{draft}/withdraw", role="supplier"),
    State("receipt", "/supplier/receipts/{receipt}", role="supplier"),
    State("check", "/checks/{check}", role="supplier"),
    State("check-played", "/checks/{check_played}", role="supplier"),
    State("check-played-english", "/checks/{check_played}", role="supplier", language="en"),
    State("check-curves", "/checks/{check_curves}", role="supplier"),
    State("check-measuring", "/checks/{check_measuring}", role="supplier"),
    State("check-refused", "/checks/{check_refused}", role="supplier"),
    State("check-of-draft", "/checks/{draft_check}", role="supplier"),
    State("check-ruled", "/checks/{ruled}", role="clerk"),
    State("rulings", "/checks/{ruled}/rulings", role="clerk"),
    State("rulings-supplier", "/checks/{ruled}/rulings", role="supplier"),
    State("ruling-empty", "/office/checks/{ruled}/findings/{ruled_finding}", role="clerk", act=send),
    State("waiver-empty", "/office/checks/{ruled}/waive?rulebook=tianjin/2023&clause=A3(2).1", role="clerk", act=send),
    State("ruling-look", "/office/checks/{ruled}/look", role="clerk"),
    State("ruling-undo", "/office/rulings/{ruling}/undo", role="clerk"),
    State("ruling-undo-english", "/office/rulings/{ruling}/undo", role="clerk", language="en"),
    State("ruling-undo-no-reason", "/office/rulings/{ruling}/undo", role="clerk", act=send),
    State("ruling-undone", "/office/rulings/{ruling_undone}/undo", role="clerk"),
    State("recheck", "/office/arrivals/{arrival}/recheck", role="clerk"),
    State("today", "/office/today", role="clerk"),
    State("today-english", "/office/today", role="clerk", language="en"),
    State("office", "/office/", role="clerk"),
    State("ledger", "/office/ledger/", role="clerk"),
    State("ledger-nothing-found", "/office/ledger/?words=there-is-no-such", role="clerk"),
    State("ledger-filters", "/office/ledger/?since=2026-02-01&until=2026-01-01&late=in-time", role="clerk"),
    State(
        "ledger-english", "/office/ledger/?late=in-time&columns=number&columns=supplier", role="clerk", language="en"
    ),
    State("ledger-columns", "/office/ledger/columns", role="clerk"),
    State("imports", "/office/ledger/imports/", role="clerk"),
    State("imports-nothing-found", "/office/ledger/imports/?words=there-is-no-such", role="clerk", language="en"),
    State("imports-nothing-chosen", "/office/ledger/imports/", role="clerk", act=send),
    State("import-mapping", "/office/ledger/imports/{import_draft}", role="clerk"),
    State("import-mapping-english", "/office/ledger/imports/{import_draft}", role="clerk", language="en"),
    State("import-mapping-no-date", "/office/ledger/imports/{import_draft}", role="clerk", act=_no_date),
    State("import-preview", "/office/ledger/imports/{import_draft}/preview", role="clerk"),
    State("import-preview-english", "/office/ledger/imports/{import_draft}/preview", role="clerk", language="en"),
    State("import-taken", "/office/ledger/imports/{import_taken}", role="clerk"),
    State("import-taken-no-reason", "/office/ledger/imports/{import_taken}", role="clerk", language="en", act=send),
    State("import-undone", "/office/ledger/imports/{import_undone}", role="clerk"),
    State("import-going", "/office/ledger/imports/{import_going}", role="clerk"),
    State("import-stopped", "/office/ledger/imports/{import_stopped}", role="clerk", language="en"),
    State("ledger-board", "/office/ledger/board", role="clerk"),
    State("ledger-board-empty", "/office/ledger/board?place=paper", role="clerk"),
    State("ledger-board-lacking-english", "/office/ledger/board?place=lacking", role="clerk", language="en"),
    State("ledger-print", "/office/ledger/print", role="clerk"),
    State("ledger-unclaimed", "/office/ledger/{ledger_mail}", role="clerk"),
    State("ledger-unclaimed-english", "/office/ledger/{ledger_mail}", role="clerk", language="en"),
    State("ledger-no-number", "/office/ledger/{ledger_mail}", role="clerk", act=send),
    State("ledger-links", "/office/ledger/{ledger_links}", role="clerk"),
    State("ledger-loose", "/office/ledger/{ledger_loose}", role="clerk"),
    State("ledger-loose-english", "/office/ledger/{ledger_loose}", role="clerk", language="en"),
    State("ledger-split-nothing", "/office/ledger/{ledger_loose}", role="clerk", act=_send_of("split")),
    State("ledger-answer-nothing", "/office/ledger/{ledger_loose}", role="clerk", act=_send_of("answer")),
    State("ledger-set-aside", "/office/ledger/{ledger_set_aside}", role="clerk"),
    State("desk", "/office/desk/", role="clerk"),
    State("desk-english", "/office/desk/", role="clerk", language="en"),
    State("desk-label", "/office/desk/?q={desk_label}", role="clerk"),
    State("desk-choose", "/office/desk/?q=示例培训学校", role="clerk"),
    State("desk-unknown", "/office/desk/?q=没有这个单位", role="clerk"),
    State("desk-unknown-english", "/office/desk/?q=没有这个单位", role="clerk", language="en"),
    State("desk-code-wrong", "/office/desk/?q=KT-1234-5678-9", role="clerk"),
    State("desk-tracking-twice", "/office/desk/?q={desk_label}", role="clerk", act=fill(tracking="SF1000000001")),
    State("desk-done", "/office/desk/?done={desk_parcel}", role="clerk"),
    State("desk-parcel", "/office/desk/parcels/{desk_parcel}", role="clerk"),
    State("desk-parcel-waiting", "/office/desk/parcels/{desk_waiting}", role="clerk"),
    State("desk-parcel-waiting-english", "/office/desk/parcels/{desk_waiting}", role="clerk", language="en"),
    State("desk-parcel-nothing-found", "/office/desk/parcels/{desk_waiting}", role="clerk", act=fill(q="没有这样的课")),
    State("desk-parcel-covers", "/office/desk/parcels/{desk_photographed}", role="clerk"),
    State("desk-parcel-covers-english", "/office/desk/parcels/{desk_photographed}", role="clerk", language="en"),
    State("desk-covers", "/office/desk/covers/", role="clerk"),
    State("desk-covers-english", "/office/desk/covers/", role="clerk", language="en"),
    State("desk-covers-empty", "/office/desk/covers/", role="clerk", act=send),
    State("desk-cover-read", "/office/desk/?cover={cover_read}", role="clerk"),
    State("desk-cover-read-english", "/office/desk/?cover={cover_read}", role="clerk", language="en"),
    State("desk-cover-waiting", "/office/desk/?cover={cover_waiting}", role="clerk"),
    State("desk-cover-no-reader", "/office/desk/?cover={cover_no_reader}", role="clerk"),
    State("desk-slip", "/office/desk/parcels/{desk_parcel}/slip", role="clerk"),
    State("desk-slip-english", "/office/desk/parcels/{desk_waiting}/slip", role="clerk", language="en"),
    State("desk-trolley-begin", "/office/desk/trolleys/", role="clerk"),
    State("desk-trolley-begin-wrong", "/office/desk/trolleys/", role="clerk", act=fill(postmark="0230")),
    State("desk-trolley", "/office/desk/trolleys/{desk_trolley}", role="clerk"),
    State("desk-trolley-waybill", "/office/desk/trolleys/{desk_trolley}", role="clerk", act=_scan),
    State("desk-trolley-english", "/office/desk/trolleys/{desk_trolley}", role="clerk", language="en"),
    State("desk-disks", "/office/desk/disks/", role="clerk"),
    State("desk-disks-english", "/office/desk/disks/?in=示例盘", role="clerk", language="en"),
    State("desk-disks-chosen", "/office/desk/disks/?in=示例盘&path=示例盘/课程", role="clerk"),
    State("desk-disks-wrong", "/office/desk/disks/?path=示例盘/课程", role="clerk", act=fill(parcel="SJ2000-000001")),
    State("desk-disks-outside", "/office/desk/disks/?in=../..", role="clerk"),
    State("desk-disk-stopped", "/office/desk/disks/{disk_stopped}", role="clerk"),
    State("desk-disk-whole", "/office/desk/disks/{disk_whole}", role="clerk"),
    State("desk-disk-whole-english", "/office/desk/disks/{disk_whole}", role="clerk", language="en"),
    State("desk-calls", "/office/desk/calls/", role="clerk"),
    State("desk-calls-english", "/office/desk/calls/?due=1", role="clerk", language="en"),
    State("desk-calls-nothing-found", "/office/desk/calls/?words=there-is-no-such", role="clerk"),
    State("desk-calls-empty", "/office/desk/calls/", role="clerk", act=send),
    State("label", "/supplier/{draft}/label", role="supplier"),
    State("label-english", "/supplier/{draft}/label", role="supplier", language="en"),
    State("hand-in", "/u/{hand_in}"),
    State("hand-in-english", "/u/{hand_in}", language="en"),
    State("hand-in-nothing-chosen", "/u/{hand_in}", act=send),
    State("hand-in-received", "/u/{handed_in}"),
    State("hand-in-coming", "/u/{hand_in_coming}"),
    State("hand-in-failed", "/u/{hand_in_failed}"),
    State("hand-in-over", "/u/{hand_in_over}", status=410),
    State("hand-in-unknown", "/u/there-is-no-such-link", status=404),
    State("arrival", "/office/arrivals/{arrival}", role="clerk"),
    State("arrival-late", "/office/arrivals/{arrival_late}", role="clerk"),
    State("arrival-accepted", "/office/arrivals/{arrival_accepted}", role="clerk"),
    State("submission-accepted", "/supplier/{arrival_accepted}", role="supplier"),
    State("accept-late", "/office/arrivals/{arrival_late}/late", role="clerk"),
    State("accept-late-empty", "/office/arrivals/{arrival_late}/late", role="clerk", act=send),
    State("accept-late-nothing", "/office/arrivals/{arrival}/late", role="clerk"),
    State("undo-late", "/office/late/{late_acceptance}/undo", role="clerk", language="en"),
    State("notices", "/office/notices/", role="clerk"),
    State("notices-english", "/office/notices/", role="clerk", language="en"),
    State("notices-none", "/office/notices/?state=withdrawn", role="clerk"),
    State("notices-sending", "/office/notices/sending/{notices_sending}", role="clerk"),
    State("notices-many", "/office/calls/{call_row}/notices", role="clerk"),
    State("notices-many-none", "/office/calls/{sealed_call}/notices?page=1", role="clerk"),
    State("notice-draft", "/office/notices/{notice_draft}", role="clerk"),
    State("notice-draft-no-date", "/office/notices/{notice_draft}", role="clerk", act=fill(due="")),
    State("notice-sent", "/office/notices/{notice_sent}", role="clerk"),
    State("notice-sent-no-reason", "/office/notices/{notice_sent}", role="clerk", act=send),
    State("submission-to-mend", "/supplier/{notice_submission}", role="supplier"),
    State("arrival-to-mend", "/office/arrivals/{notice_submission}", role="clerk"),
    State("sealing-not-yet", "/office/calls/{call_row}/sealing", role="clerk"),
    State("sealing", "/office/calls/{sealed_call}/sealing", role="clerk"),
    State("sealing-nothing-new", "/office/calls/{sealed_call}/sealing", role="clerk", act=send),
    State("call-sealed", "/calls/last-round"),
    State("call-sealed-english", "/calls/last-round", language="en"),
    State("keys", "/keys/"),
    State("keys-english", "/keys/", language="en"),
    State("office-calls", "/office/calls/", role="clerk"),
    State("office-calls-english", "/office/calls/?state=draft", role="clerk", language="en"),
    State("office-calls-page-2", "/office/calls/?state=draft&page={calls_page}", role="clerk"),
    State("office-calls-nothing-found", "/office/calls/?words=there-is-no-such", role="clerk"),
    State("office-call", "/office/calls/{call_row}", role="clerk"),
    State("office-call-recheck", "/office/calls/{call_row}/recheck", role="clerk"),
    State("office-call-edit", "/office/calls/{call_row}/edit", role="clerk"),
    State("office-call-new-empty", "/office/calls/new", role="clerk", act=send),
    State("arrival-alike", "/office/arrivals/{alike}", role="clerk"),
    State("transfers", "/office/calls/{call_row}/transfers", role="clerk"),
    State("transfers-english", "/office/calls/{call_row}/transfers", role="clerk", language="en"),
    State("transfer", "/office/transfers/{transfer}", role="clerk"),
    State("transfer-no-reason", "/office/transfers/{transfer}", role="clerk", act=send),
    State("transfer-withdrawn", "/office/transfers/{transfer_withdrawn}", role="clerk"),
    State("office-recommenders", "/office/calls/{call_row}/recommenders", role="clerk"),
    State("office-recommender", "/office/recommenders/{recommender}", role="clerk"),
    State("office-recommender-english", "/office/recommenders/{recommender}", role="clerk", language="en"),
    State("office-recommender-new-link", "/office/recommenders/{recommender_new}", role="clerk", act=_new_link),
    State("office-recommendation", "/office/recommendations/{recommendation}", role="clerk"),
    State("recommender-link", "/r/{recommender_token}"),
    State("recommender-link-dead", "/r/there-is-no-such-link", status=404),
    State("recommending-closed", "/recommending/", status=403),
    State("recommending", "/recommending/", key="recommender_key"),
    State("recommending-empty", "/recommending/", key="recommender_empty_key", language="en"),
    State("recommending-not-found", "/recommending/", key="recommender_key", act=_wrong_receipt),
    State("recommending-status", "/recommending/status", key="recommender_key"),
    State("recommending-letter", "/recommending/letters/{recommendation}", key="recommender_key"),
    State("recommending-letter-withdrawn", "/recommending/letters/{recommendation_back}", key="recommender_key"),
    State("office-experts", "/office/experts/", role="clerk"),
    State("office-experts-english", "/office/experts/", role="clerk", language="en"),
    State("office-experts-none-found", "/office/experts/?words=x", role="clerk"),
    State("office-expert-new", "/office/experts/new", role="clerk"),
    State("office-expert-new-wrong", "/office/experts/new", role="clerk", act=send),
    State("office-expert", "/office/experts/{review_expert}", role="clerk"),
    State("office-expert-left", "/office/experts/{review_expert_left}", role="clerk", language="en"),
    State("office-expert-bring", "/office/experts/import", role="clerk"),
    State("office-expert-bring-nothing", "/office/experts/import", role="clerk", act=send),
    State("office-expert-import", "/office/experts/import/{review_import}", role="clerk"),
    State("office-panel", "/office/calls/{review_call}/panel", role="clerk"),
    State("office-panel-empty", "/office/calls/{call_row}/panel", role="clerk", language="en"),
    State("office-seat", "/office/seats/{review_seat}", role="clerk"),
    State("office-seat-left", "/office/seats/{meeting_seat_left}", role="clerk"),
    State("office-conflicts", "/office/calls/{review_call}/conflicts", role="clerk"),
    State("office-conflicts-none", "/office/calls/{review_empty_call}/conflicts", role="clerk", language="en"),
    State("office-assignments", "/office/calls/{review_call}/assignments", role="clerk"),
    State("office-assignments-none", "/office/calls/{review_empty_call}/assignments", role="clerk"),
    State("office-plan", "/office/plans/{review_plan}", role="clerk"),
    State("office-plan-english", "/office/plans/{review_plan}", role="clerk", language="en"),
    State("office-plan-going", "/office/plans/{review_plan_going}", role="clerk"),
    State("office-plan-failed", "/office/plans/{review_plan_failed}", role="clerk"),
    State("office-assigned", "/office/arrivals/{review_package}/experts", role="clerk"),
    State(
        "office-assigned-what-if", "/office/arrivals/{review_package}/experts?expert={review_candidate}", role="clerk"
    ),
    State("office-assignment-end", "/office/assignments/{review_assignment}/end", role="clerk"),
    State("review-declarations", "/review/declarations/", role="expert"),
    State("review-declaration", "/review/declarations/{review_own_seat}", role="expert"),
    State("review-declaration-no-name", "/review/declarations/{review_own_seat}", role="expert", act=send),
    State("review-declaration-signed", "/review/declarations/{review_seat}", role="expert", language="en"),
    State("arrival-selected", "/office/arrivals/{selected}", role="clerk"),
    State("arrival-unconfirmed", "/office/arrivals/{unconfirmed}", role="clerk"),
    State("award-none", "/office/calls/{call_row}/award", role="clerk"),
    State("award-draft", "/office/calls/{award_draft_call}/award", role="clerk"),
    State("award-draft-english", "/office/calls/{award_draft_call}/award", role="clerk", language="en"),
    State("award-going", "/office/calls/{award_going_call}/award", role="clerk"),
    State("award-approved", "/office/calls/{award_done_call}/award", role="clerk"),
    State("award-none-of-outcome", "/office/calls/{award_draft_call}/award?outcome=x", role="clerk", language="en"),
    State("award-bands", "/office/awards/{award_draft}/bands", role="clerk"),
    State("award-bands-wrong", "/office/awards/{award_draft}/bands", role="clerk", act=fill(bands="9 x")),
    State("award-row", "/office/awards/rows/{award_draft_row}", role="clerk"),
    State("award-row-beyond", "/office/awards/rows/{award_draft_row}", role="clerk", act=_beyond_budget),
    State("award-row-given", "/office/awards/rows/{award_done_row}", role="clerk"),
    State(
        "award-row-given-no-reason", "/office/awards/rows/{award_done_row}", role="clerk", language="en", act=_withdraw
    ),
    State("announcing", "/office/calls/{award_done_call}/announcing", role="clerk"),
    State("announcing-none", "/office/calls/{call_row}/announcing", role="clerk", language="en"),
    State("office-objection", "/office/objections/{objection_open}", role="clerk"),
    State("office-objection-answered", "/office/objections/{objection_answered}", role="clerk", language="en"),
    State("office-objection-no-answer", "/office/objections/{objection_open}", role="clerk", act=send),
    State("announcements", "/announcements/"),
    State("announcement", "/announcements/{announcement}"),
    State("announcement-english", "/announcements/{announcement}", language="en"),
    State("object", "/announcements/{announcement}/object"),
    State("object-empty", "/announcements/{announcement}/object", act=send),
    State("objection", "/objections/{objection_open}"),
    State("objection-answered", "/objections/{objection_answered}", language="en"),
    State("office-progress", "/office/calls/{progress_call}/review", role="clerk"),
    State("office-progress-english", "/office/calls/{progress_call}/review", role="clerk", language="en"),
    State("office-progress-failed", "/office/calls/{progress_call}/review?only=failed", role="clerk"),
    State("office-progress-none-failed", "/office/calls/{meeting_call}/review?only=failed", role="clerk"),
    State("office-progress-none", "/office/calls/{review_empty_call}/review", role="clerk"),
    State("office-progress-experts", "/office/calls/{progress_call}/review/experts", role="clerk"),
    State(
        "office-progress-experts-none", "/office/calls/{review_empty_call}/review/experts", role="clerk", language="en"
    ),
    State("ranking-none", "/office/calls/{call_row}/ranking", role="clerk"),
    State("ranking", "/office/calls/{meeting_call}/ranking", role="clerk"),
    State("ranking-english", "/office/calls/{meeting_call}/ranking", role="clerk", language="en"),
    State("ranking-going", "/office/calls/{progress_call}/ranking", role="clerk"),
    State("ranking-trial", "/office/calls/{meeting_call}/ranking/trial", role="clerk"),
    State("ranking-trial-no-weight", "/office/calls/{meeting_call}/ranking/trial", role="clerk", act=_no_weight),
    State("calibration", "/office/rankings/{meeting_ranking}/calibration", role="clerk"),
    State("calibration-odd", "/office/rankings/{meeting_ranking}/calibration/odd", role="clerk"),
    State("ranking-orders", "/office/rankings/{meeting_trial}/orders", role="clerk"),
    State("ranking-orders-english", "/office/rankings/{meeting_trial}/orders", role="clerk", language="en"),
    State(
        "ranking-order",
        "/office/rankings/{meeting_ranking}/orders/without?of={meeting_expert}&sort=moved",
        role="clerk",
    ),
    State("ranking-order-weights", "/office/rankings/{meeting_trial}/orders/weights", role="clerk"),
    State("ranking-order-preferred", "/office/rankings/{meeting_trial}/orders/preferred", role="clerk", language="en"),
    State("meeting-not-open", "/office/calls/{call_row}/meeting", role="clerk"),
    State("meeting-office", "/office/calls/{meeting_call}/meeting", role="clerk"),
    State("meeting-office-package", "/office/arrivals/{meeting_package}/meeting", role="clerk"),
    State("meeting-expert", "/review/meetings/{meeting_call}", role="expert"),
    State("meeting-expert-package", "/review/meetings/packages/{meeting_package}", role="expert"),
    State("office-courses", "/office/courses/", role="clerk"),
    State("office-courses-not-found", "/office/courses/?words=there-is-no-such", role="clerk"),
    State("office-course", "/office/courses/{course}", role="clerk"),
    State("office-course-ready", "/office/courses/{own_course}", role="clerk"),
    State("office-course-english", "/office/courses/{own_course}", role="clerk", language="en"),
    State("office-course-taken-down", "/office/courses/{gone_course}", role="clerk"),
    State("office-course-new", "/office/courses/new", role="clerk"),
    State("office-course-new-empty", "/office/courses/new", role="clerk", act=send),
    State("office-course-correct", "/office/courses/{course}/correct", role="clerk"),
    State("office-course-take-down", "/office/courses/{course}/take-down", role="clerk"),
    State("office-course-take-down-empty", "/office/courses/{course}/take-down", role="clerk", act=send),
    State("office-complaint", "/office/courses/complaints/{complaint}", role="clerk"),
    State("course-preview", "/courses/{own_edition}/", role="clerk", target=44),
    State("office-nothing-found", "/office/?words=there-is-no-such", role="clerk"),
    State("office-feedback", "/office/feedback/", role="clerk"),
    State("office-feedback-nothing-found", "/office/feedback/?words=there-is-no-such", role="clerk"),
    State("office-feedback-one", "/office/feedback/{feedback}", role="clerk"),
    State("office-feedback-answered", "/office/feedback/{feedback_answered}", role="clerk"),
    State("office-feedback-no-answer", "/office/feedback/{feedback}", role="clerk", act=send),
    State("statistics", _STATISTICS, role="clerk"),
    State("statistics-english", _STATISTICS, role="clerk", language="en"),
    State("statistics-finance", "/office/statistics/?first=2003&last=2003&call={statistics_paid}", role="finance"),
    State("statistics-no-awards", "/office/statistics/?first=2001&last=2001", role="clerk"),
    State("statistics-no-call", "/office/statistics/?first=1980&last=1981", role="clerk"),
    State("statistics-wrong-years", "/office/statistics/?first=2004&last=2003", role="clerk"),
    State("finance", "/finance/", role="finance"),
    State("payments", "/finance/payments/", role="finance"),
    State("payments-none", "/finance/payments/?state=returned", role="finance", language="en"),
    State("payment-unit", "/finance/payments/{payment_unit}", role="finance"),
    State("payment-person", "/finance/payments/{payment_person}", role="finance"),
    State("payment-person-english", "/finance/payments/{payment_person}", role="finance", language="en"),
    State("payment-seen", "/finance/payments/{payment_unit}", role="finance", act=_look),
    State("payment-details", "/pay/{payment_token}"),
    State("payment-details-empty", "/pay/{payment_token}", act=send),
    State("payment-details-dead", "/pay/there-is-no-such-link", status=404, language="en"),
    State("courses", "/courses/", target=44),
    State("courses-not-found", "/courses/?words=x", target=44),
    State("courses-found", "/courses/?words=%E6%B4%97%E6%89%8B", target=44),
    State("courses-found-english", "/courses/?words=%E6%B4%97%E6%89%8B", target=44, language="en"),
    State("courses-embedded", "/courses/embedded?n=1", target=44),
    State("courses-more", "/courses/?more=1", target=44),
    State("courses-narrowed", "/courses/?words=%E7%85%A7%E6%8A%A4&need=captions&hours=short&sort=shortest", target=44),
    State("courses-no-luck", "/courses/?words=%E6%B4%97%E6%89%8B+%E7%84%8A%E6%8E%A5&need=sign", target=44),
    State("course", "/courses/{course}/", target=44),
    State("lesson", "/courses/{course}/1/", target=44),
    State("lesson-sound-only", "/courses/{course}/1/?quality=audio", target=44),
    State("lesson-text", "/courses/{course}/2/", target=44),
    State("lesson-signed-in", "/courses/{studied}/2/", role="learner", target=44),
    State("lesson-finished", "/courses/{studied}/1/", role="learner", target=44),
    State("lesson-article", "/courses/{kinds_course}/1/", target=44),
    State("lesson-audio", "/courses/{kinds_course}/2/", target=44),
    State("lesson-chart", "/courses/{kinds_course}/3/", target=44),
    State("lesson-task", "/courses/{kinds_course}/4/", role="supplier", target=44),
    State("lesson-simulation", "/courses/{kinds_course}/5/", target=44),
    State("lesson-task-visitor", "/courses/{kinds_course}/4/", target=44),
    State("work-new", "/learn/works/new/{kinds_course}/4", role="expert", target=44),
    State("work-new-nothing", "/learn/works/new/{kinds_course}/4", role="expert", target=44, act=send),
    State("works", "/learn/works/", role="learner", target=44),
    State("works-none", "/learn/works/", role="expert", target=44, language="en"),
    State("office-works", "/office/works/", role="clerk"),
    State("office-works-marked", "/office/works/?marked=1", role="clerk"),
    State("office-work", "/office/works/{work}", role="clerk"),
    State("office-work-nothing", "/office/works/{work}", role="clerk", act=send),
    State("office-work-marked", "/office/works/{work_marked}", role="clerk"),
    State("centre-works-none", "/centre/works/", role="centre", language="en"),
    State("lesson-noted", "/courses/{kinds_course}/2/", role="supplier", target=44),
    State("note-write", "/learn/notes/write/{kinds_course}/2?at=00:04", role="learner", target=44),
    State("note-write-nothing", "/learn/notes/write/{kinds_course}/2", role="learner", target=44, act=send),
    State("notes", "/learn/notes/", role="learner", target=44),
    State("notes-not-found", "/learn/notes/?words=there-is-no-such", role="learner", target=44),
    State("notes-none", "/learn/notes/", role="expert", target=44, language="en"),
    State("note", "/learn/notes/{noted}", role="learner", target=44),
    State("learn", "/learn/", role="learner", target=44),
    State("learn-english", "/learn/", role="learner", target=44, language="en"),
    State("learn-result-changed", "/learn/", role="examinee", target=44),
    State("learn-result-changed-english", "/learn/", role="examinee", target=44, language="en"),
    State("learn-take-over", "/learn/", role="expert", target=44, act=_kept_before),
    State("learn-nothing", "/learn/", role="expert", target=44),
    State("learn-course", "/learn/courses/{studied}", role="learner", target=44),
    State("learn-exams", "/learn/courses/{course}/exams", role="learner", target=44),
    State("learn-exams-english", "/learn/courses/{course}/exams", role="learner", target=44, language="en"),
    State("learn-paper", "/learn/papers/{exam_paper}", role="learner", target=44),
    State("learn-paper-english", "/learn/papers/{exam_paper}", role="learner", target=44, language="en"),
    State("learn-attempt", "/learn/exams/{exam_attempt}?q=2", role="learner", target=44),
    State("learn-attempt-english", "/learn/exams/{exam_attempt}?q=3", role="learner", target=44, language="en"),
    State("learn-attempt-all", "/learn/exams/{exam_attempt_all}", role="expert", target=44),
    State("learn-attempt-paused", "/learn/exams/{exam_attempt_paused}", role="centre", target=44),
    State("learn-attempt-review", "/learn/exams/{exam_attempt}/review", role="learner", target=44),
    State(
        "learn-attempt-review-english", "/learn/exams/{exam_attempt}/review", role="learner", target=44, language="en"
    ),
    State("learn-result", "/learn/exams/{exam_result}/result", role="learner", target=44),
    State("learn-result-english", "/learn/exams/{exam_result}/result", role="learner", target=44, language="en"),
    State("learn-practice", "/learn/courses/{course}/practice", role="learner", target=44),
    State("learn-practice-english", "/learn/courses/{course}/practice", role="learner", target=44, language="en"),
    State("learn-practice-none", "/learn/courses/{kinds_course}/practice", role="learner", target=44),
    State("learn-practice-ask", "/learn/courses/{course}/practice/ask?topic=试温", role="learner", target=44),
    State(
        "learn-practice-ask-empty",
        "/learn/courses/{course}/practice/ask?topic=试温",
        role="learner",
        target=44,
        act=send,
    ),
    State(
        "learn-practice-ask-english",
        "/learn/courses/{course}/practice/ask?book=1",
        role="learner",
        target=44,
        language="en",
    ),
    State("learn-practised", "/learn/practised/{practised}?topic=卫生", role="learner", target=44),
    State("learn-practised-english", "/learn/practised/{practised}?book=1", role="learner", target=44, language="en"),
    State("learn-wrong-book", "/learn/courses/{course}/wrong", role="learner", target=44),
    State("learn-wrong-book-english", "/learn/courses/{course}/wrong", role="learner", target=44, language="en"),
    State("learn-wrong-book-none", "/learn/courses/{kinds_course}/wrong", role="learner", target=44),
    State("learn-appeal", "/learn/exams/{exam_result}/appeal/3", role="learner", target=44),
    State("learn-appeal-empty", "/learn/exams/{exam_result}/appeal/3", role="learner", target=44, act=send),
    State("learn-appeal-english", "/learn/exams/{exam_result}/appeal/2", role="learner", target=44, language="en"),
    State("offline", "/courses/{packaged}/offline", target=44),
    State("offline-english", "/courses/{packaged}/offline", role="learner", target=44, language="en"),
    State("offline-not-asked-for", "/courses/{course}/offline", target=44),
    State("learn-bring", "/learn/bring", role="learner", target=44),
    State("learn-bring-english", "/learn/bring", role="learner", target=44, language="en"),
    State("learn-bring-nothing", "/learn/bring", role="learner", target=44, act=send),
    State("learn-bring-wrong", "/learn/bring", role="learner", target=44, act=_no_record),
    State("learn-brought", "/learn/brought/{brought}", role="learner", target=44),
    State("learn-brought-english", "/learn/brought/{brought}", role="learner", target=44, language="en"),
    State("learn-brought-before", "/learn/brought/{brought_before}", role="learner", target=44),
    State("learn-join", "/learn/join", role="learner", target=44),
    State("learn-join-nothing", "/learn/join", role="learner", target=44, act=send),
    State("learn-group", "/learn/groups/{group}", role="learner", target=44),
    State("learn-helpers", "/learn/helpers/", role="learner", target=44),
    State("learn-helpers-english", "/learn/helpers/", role="learner", target=44, language="en"),
    State("learn-acting", "/learn/helpers/", role="finance", target=44, act=_act_for),
    State("learn-counted", "/learn/counted", role="learner", target=44),
    State("first-password", "/account/first-password", role="newcomer", target=44),
    State("first-password-empty", "/account/first-password", role="newcomer", target=44, act=send),
    State("lesson-as-text", "/courses/{course}/1/text", target=44),
    State("lesson-as-text-english", "/courses/{course}/2/text", role="learner", target=44, language="en"),
    State("centre", "/centre/", role="centre"),
    State("centre-group", "/centre/groups/{group}", role="centre"),
    State("centre-group-english", "/centre/groups/{group}", role="centre", language="en"),
    State("centre-group-closed", "/centre/groups/{group_closed}", role="centre"),
    State("centre-group-name", "/centre/groups/{group}/name", role="centre"),
    State("centre-courses", "/centre/groups/{group_closed}/courses", role="centre"),
    State("centre-courses-none", "/centre/groups/{group}/courses", role="centre"),
    State("centre-add-learners", "/centre/groups/{group}/learners", role="centre"),
    State("centre-add-nobody", "/centre/groups/{group}/learners", role="centre", act=send),
    State("centre-learner", "/centre/groups/{group}/learners/{group_learner}", role="centre"),
    State("centre-slips", "/centre/groups/{group}/learners/{group_learner}", role="centre", act=_new_slip),
    State("certificates", "/certificates/", target=44),
    State("certificates-wrong", "/certificates/?number=ZS2026000001&code=2222-2222", target=44),
    State("certificates-empty", "/certificates/?number=&code=", target=44),
    State("certificates-valid", "/certificates/?number=ZS2026000001&code=abcd-efgh", target=44),
    State("certificates-valid-english", "/certificates/?number=ZS2026000001&code=abcd-efgh", target=44, language="en"),
    State("certificates-revoked", "/certificates/?number=ZS2026000002&code=bcde-fghj", target=44),
    State("learn-certificate", "/learn/courses/{studied}/certificate", role="expert", target=44),
    State("learn-certificate-ready", "/learn/courses/{studied}/certificate", role="learner", target=44),
    State("learn-certificate-held", "/learn/courses/{kinds_course}/certificate", role="learner", target=44),
    State("learn-certificates", "/learn/certificates/", role="learner", target=44),
    State("learn-certificates-english", "/learn/certificates/", role="learner", target=44, language="en"),
    State("learn-certificates-none", "/learn/certificates/", role="expert", target=44),
    State("centre-certificates", "/centre/groups/{group}/certificates", role="centre"),
    State("centre-certificates-english", "/centre/groups/{group}/certificates", role="centre", language="en"),
    State("centre-certificates-none", "/centre/groups/{group_closed}/certificates", role="centre"),
    State("centre-printings", "/centre/groups/{printed_group}/papers", role="centre"),
    State("centre-printings-english", "/centre/groups/{printed_group}/papers", role="centre", language="en"),
    State("centre-printings-many", "/centre/groups/{printed_group}/papers", role="centre", act=fill(spare="99")),
    State("centre-printings-none", "/centre/groups/{group_closed}/papers", role="centre"),
    State("centre-printing", "/centre/papers/{printing}", role="centre"),
    State("centre-printing-check", "/centre/papers/{printing}", role="clerk"),
    State("centre-printing-check-english", "/centre/papers/{printing}", role="clerk", language="en"),
    State("centre-printing-enter", "/centre/papers/{printing}/enter", role="centre"),
    State("centre-printing-enter-english", "/centre/papers/{printing}/enter", role="centre", language="en"),
    State("centre-printing-enter-nothing", "/centre/papers/{printing}/enter", role="centre", act=send),
    State("centre-sheet-undo", "/centre/papers/entries/{printed_entry}/undo", role="centre"),
    State("centre-sheet-undo-why", "/centre/papers/entries/{printed_entry}/undo", role="centre", act=send),
    State("office-printings", "/office/exams/printed/", role="clerk"),
    State("learn-exchange", "/learn/exchange", role="learner", target=44),
    State("office-exchange", "/office/exchange/", role="administrator"),
    State("office-platforms", "/office/lti/", role="administrator"),
    State("office-platforms-english", "/office/lti/", role="administrator", language="en"),
    State("office-platform-new", "/office/lti/new", role="administrator"),
    State("office-platform-new-nothing", "/office/lti/new", role="administrator", act=send),
    State("office-platform", "/office/lti/{platform}", role="administrator"),
    State("office-platform-english", "/office/lti/{platform}", role="administrator", language="en"),
    State("lti-login-refused", "/lti/login", status=400, target=44),
    State("lti-login-refused-english", "/lti/login", status=400, target=44, language="en"),
    State("lti-go", "/lti/go/{lti_go}", target=44),
    State("lti-go-english", "/lti/go/{lti_go}", target=44, language="en"),
    State("lti-go-signed-in", "/lti/go/{lti_go}", role="learner", target=44),
    State("lti-go-known", "/lti/go/{lti_known}", role="learner", target=44),
    State("lti-go-framed", "/lti/go/{lti_go}", target=44, act=_framed),
    State("lti-go-no-course", "/lti/go/{lti_nowhere}", status=404, target=44),
    State("lti-choose", "/lti/choose/{lti_choose}?words=饮水", target=44),
    State("lti-choose-english", "/lti/choose/{lti_choose}?words=饮水", target=44, language="en"),
    State("lti-choose-nothing-found", "/lti/choose/{lti_choose}?words=zzz", target=44),
    State("lti-choose-done", "/lti/choose/{lti_choose}?words=饮水", target=44, act=_chosen),
    State("learn-platform", "/learn/platform", role="guest", target=44),
    State("learn-platform-english", "/learn/platform", role="guest", target=44, language="en"),
    State("office-certificates", "/office/certificates/", role="clerk"),
    State("office-certificates-english", "/office/certificates/", role="clerk", language="en"),
    State("office-certificates-not-found", "/office/certificates/?words=zzz", role="clerk"),
    State("office-certificate", "/office/certificates/{certificate}", role="clerk"),
    State("office-certificate-why", "/office/certificates/{certificate}", role="clerk", act=send),
    State("office-certificate-revoked", "/office/certificates/{certificate_revoked}", role="clerk"),
    State("office-certificate-doubtful", "/office/certificates/{certificate_doubtful}", role="clerk"),
    State(
        "office-certificate-doubtful-english",
        "/office/certificates/{certificate_doubtful}",
        role="clerk",
        language="en",
    ),
    State("office-certificate-doubtful-why", "/office/certificates/{certificate_doubtful}", role="clerk", act=send),
    State("office-course-certificate", "/office/courses/{course}/certificate", role="clerk"),
    State("office-course-certificate-much", "/office/courses/{course}/certificate", role="clerk", act=fill(hours="99")),
    State("centre-organisation", "/supplier/organisations/{centre}", role="centre"),
    State("office-exams", "/office/courses/{course}/exams", role="clerk"),
    State("office-exams-english", "/office/courses/{course}/exams", role="clerk", language="en"),
    State("office-exams-too-many", "/office/courses/{course}/exams", role="clerk", act=fill(papers="20")),
    State("office-exams-none", "/office/courses/{own_course}/exams", role="clerk"),
    State("office-appeals", "/office/appeals/", role="clerk"),
    State("office-appeals-english", "/office/appeals/", role="clerk", language="en"),
    State("office-appeal", "/office/appeals/{exam_appeal}", role="clerk"),
    State("office-appeal-unruled", "/office/appeals/{exam_appeal}", role="clerk", act=fill(answer="没有问题。")),
    State("office-question-key", "/office/exams/questions/{exam_question}/key", role="clerk"),
    State("office-question-key-english", "/office/exams/questions/{exam_question}/key", role="clerk", language="en"),
    State("office-question-key-no-reason", "/office/exams/questions/{exam_question}/key", role="clerk", act=send),
    State("office-paper", "/office/exams/{exam_paper}", role="clerk"),
    State("office-paper-statistics", "/office/exams/{exam_measured}/statistics", role="clerk"),
    State("office-paper-statistics-english", "/office/exams/{exam_measured}/statistics", role="clerk", language="en"),
    State("office-paper-statistics-few", "/office/exams/{exam_unmeasured}/statistics", role="clerk"),
    State("office-paper-english", "/office/exams/{exam_paper}", role="clerk", language="en"),
    State("office-centres", "/office/centres/", role="clerk"),
    State("office-learning", "/office/learning/", role="clerk"),
    State("office-learning-english", "/office/learning/", role="clerk", language="en"),
    State("learn-course-not-begun", "/learn/courses/{studied}", role="expert", target=44),
    State("course-gone", "/courses/{gone_course}/", target=44, status=410),
    State("course-gone-english", "/courses/{gone_course}/", target=44, status=410, language="en"),
    State("not-found", "/there-is-no-such-page", status=404, target=44),
    State("bad-request", "/breaks/400", status=400, target=44),
    State("forbidden", "/office/", role="learner", status=403, target=44),
    State("failed", "/breaks/500", status=500, target=44),
    State("csrf", "/feedback", act=_stale),
    State("review", "/review/", role="expert"),
    State("review-english", "/review/", role="expert", language="en"),
    State("review-package", "/review/{review_begun}/", role="expert"),
    State("review-package-english", "/review/{review_begun}/", role="expert", language="en"),
    State("review-waiting", "/review/{review_waiting}/", role="expert"),
    State("review-part", "/review/{review_begun}/parts/1?from=2", role="expert"),
    State("review-part-text", "/review/{review_begun}/parts/2", role="expert"),
    State("review-part-closed", "/review/{review_begun}/parts/3", role="expert"),
    State("review-part-pages", "/review/{review_begun}/parts/4", role="expert"),
    State("review-papers", "/review/{review_begun}/papers", role="expert"),
    State("review-findings", "/review/{review_begun}/findings", role="expert"),
    State("review-sheet", "/review/{review_begun}/sheet", role="expert"),
    State("review-sheet-english", "/review/{review_begun}/sheet", role="expert", language="en"),
    State("review-submit", "/review/{review_begun}/submit", role="expert"),
    State("review-submit-unsigned", "/review/{review_begun}/submit", role="expert", act=fill(signed_as="")),
    State("review-submitted", "/review/{review_submitted}/submitted", role="expert"),
    State("review-submitted-none", "/review/{review_begun}/submitted", role="expert"),
)
