"""The account: who signs in, by e-mail or by login name."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from ketang.people.role.models import Role

LOGIN_FORM = RegexValidator(r"\A[\w.-]+\Z", _("登录名只能用汉字、字母、数字、点、短横和下划线。"))
"""No `@`: a login name can never be taken for somebody's e-mail address."""


class AccountQueries(BaseUserManager["Account"]):
    """Lookups that Django's authentication asks for."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of this login name; case is ignored."""
        return self.get(login__iexact=username)


class Account(AbstractBaseUser):
    """One person who signs in. Roles are appointments and memberships, never flags of this row.

    `email` repeats the primary address of django-allauth, where addresses are verified and kept unique.
    """

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    login = models.CharField(_("登录名"), max_length=64, unique=True, validators=[LOGIN_FORM])
    email = models.EmailField(_("电子邮箱"), blank=True)
    name = models.CharField(_("姓名"), max_length=100, blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    joined_at = models.DateTimeField(_("注册时间"), default=timezone.now, editable=False)
    password_until = models.DateTimeField(_("一次性密码有效期至"), null=True, blank=True, editable=False)
    """Set while the password is one that somebody else gave out: at the next sign-in the person chooses their own."""
    erased_at = models.DateTimeField(_("注销时间"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountQueries()

    known_roles: frozenset[Role] | None = None
    """What `role.queries.roles_of` found for this instance; None before it was asked."""

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        constraints = [models.UniqueConstraint(Lower("login"), name="one_account_a_login")]
        indexes = [models.Index(Lower("email"), name="account_by_email")]

    def __str__(self) -> str:
        return self.name or self.login

    def get_full_name(self) -> str:
        """The name shown on screen."""
        return str(self)
