"""Django's settings, by subject. Nothing here is secret; what differs between machines comes from `environment`."""

from __future__ import annotations

from ketang.settings.accounts import *  # noqa: F403 - Django wants one flat module
from ketang.settings.application import *  # noqa: F403
from ketang.settings.exchange import *  # noqa: F403
from ketang.settings.language import *  # noqa: F403
from ketang.settings.logs import *  # noqa: F403
from ketang.settings.mail import *  # noqa: F403
from ketang.settings.security import *  # noqa: F403
from ketang.settings.site import *  # noqa: F403
from ketang.settings.stores import *  # noqa: F403
from ketang.settings.uploads import *  # noqa: F403
from ketang.settings.work import *  # noqa: F403
