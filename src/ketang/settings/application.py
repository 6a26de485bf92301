"""What the product is made of: applications, middleware, templates, static files."""

from __future__ import annotations

from pathlib import Path

from kebao import player, report
from ketang.settings.environment import HOME, env

PRODUCT = Path(__file__).resolve().parents[1]

DEBUG = env.bool("KETANG_DEBUG", False)
ROOT_URLCONF = "ketang.urls"
WSGI_APPLICATION = "ketang.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "ketang.platform",
    "ketang.people",
    "ketang.selection",
    "ketang.classroom",
    "ketang.web",
]

MIDDLEWARE = [
    "ketang.web.content.content_origin",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ketang.web.second_factor.second_factor",
    "ketang.web.first_password.first_password",
    "ketang.web.display.display",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PRODUCT / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ketang.web.site.site",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("KETANG_STATIC", str(HOME / "static")))
STATICFILES_DIRS = [
    PRODUCT / "web" / "static",
    ("player", Path(player.__file__).parent / "static"),
    ("report", Path(report.__file__).parent / "static"),
]
