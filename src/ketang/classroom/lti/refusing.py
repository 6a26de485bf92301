"""Why a launch is not let in, in words for the person before the page and for whom they ask for help."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """Reasons, each with its own words."""

    START = "start"
    UNKNOWN = "unknown"
    MANY = "many"
    OFF = "off"
    PLATFORM = "platform"
    STATE = "state"
    FORMAT = "format"
    NONCE = "nonce"
    CLIENT = "client"
    KEYS = "keys"
    SIGNATURE = "signature"
    EXPIRED = "expired"
    DEPLOYMENT = "deployment"
    MESSAGE = "message"
    ROLE = "role"
    RETURN = "return"
    ACCOUNT = "account"
    WORKS = "works"


AGAIN = _("请回到学习平台，重新点一次课程。")
TELL = _("请把下面的话转给学习平台的管理员。")

WORDS: dict[Why, tuple[str | Promise, str | Promise]] = {
    Why.START: (_("打开课程的信息不完整。"), _("登录请求里缺少 iss 或 login_hint。请检查工具的“发起登录地址”和平台版本。")),
    Why.UNKNOWN: (_("这个学习平台没有在课堂登记。"), _("平台标识（issuer）或客户端编号（client ID）和课堂登记的不一样。请和课堂的管理员核对。")),
    Why.MANY: (_("分不清是从哪里来的。"), _("同一个平台标识登记了几个客户端编号，登录请求里要带 client_id。")),
    Why.OFF: (_("课堂已经停用这个学习平台。"), _("请联系课堂的管理员。")),
    Why.PLATFORM: (_("学习平台没有让您登录。"), _("平台在登录时返回了错误。请先在平台登录，再打开课程；还不行，请管理员看平台的日志。")),
    Why.STATE: (_("这次打开已经过期，或者已经用过一次。"), _("state 没有找到、已经用过，或者超过 10 分钟。")),
    Why.FORMAT: (_("学习平台送来的内容读不懂。"), _("没有 id_token，或者它不是 JWT。")),
    Why.NONCE: (_("学习平台送来的内容和这次打开不是一回事。"), _("id_token 里的 nonce 和登录请求里的不一样。")),
    Why.CLIENT: (_("学习平台送来的内容不是给课堂的。"), _("id_token 里的 iss、aud 或 azp 和登记的不一样。请核对客户端编号。")),
    Why.KEYS: (_("暂时核对不了学习平台的签名。"), _("读不到平台的公钥，或者里面没有签名用的那一把。请核对“公钥地址”，并确认课堂的服务器连得到它。")),
    Why.SIGNATURE: (_("学习平台的签名不对。"), _("id_token 的签名和平台的公钥不符，或者缺少必要的内容。请核对“公钥地址”。")),
    Why.EXPIRED: (_("学习平台送来的内容已经过期。"), _("id_token 的时间不对。请核对平台和课堂服务器的时钟。")),
    Why.DEPLOYMENT: (_("课堂没有登记这一处部署。"), _("部署编号（deployment ID）没有登记。请课堂的管理员把它加上。")),
    Why.MESSAGE: (_("课堂不认识学习平台要做的事。"), _("消息要是 LTI 1.3 的 LtiResourceLinkRequest 或 LtiDeepLinkingRequest，并带有角色和必要的内容。")),
    Why.ROLE: (_("只有教师可以挑选课程。"), _("消息里的角色不是教师、内容开发者或管理员。")),
    Why.RETURN: (_("不知道把选好的课程送到哪里。"), _("deep_link_return_url 要以 https:// 开头，并且接受 ltiResourceLink。")),
    Why.ACCOUNT: (_("这个账号已经停用。"), _("请联系课堂的管理员。")),
    Why.WORKS: (_("这个账号在课堂有工作角色，不能从学习平台进来。"), _("请本人用登录名和密码在课堂登录。")),
}  # fmt: skip
"""For the person; for the administrator of the platform."""

ONCE_MORE = frozenset({Why.STATE, Why.EXPIRED, Why.NONCE, Why.KEYS})
"""What may be right when it is tried once more."""


class NotLetIn(Exception):
    """A launch was refused, and nothing was stored of it. `detail` are technical words, of the library or of the platform."""

    def __init__(self, why: Why, detail: str = "", *, status: int = 400) -> None:
        super().__init__(f"{why}: {detail}")
        self.why = why
        self.detail = detail[:300]
        self.status = status

    @property
    def words(self) -> tuple[str, str]:
        """For the person; for the administrator."""
        person, administrator = WORDS[self.why]
        return str(person), str(administrator)

    @property
    def what_to_do(self) -> str:
        """What the person does now."""
        return str(AGAIN if self.why in ONCE_MORE else TELL)
