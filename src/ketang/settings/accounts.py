"""django-allauth: one account by e-mail or login name (learners may have no mail)."""

from __future__ import annotations

from ketang.settings.environment import LOCAL, env

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "ketang.people.account.sign_in.SignIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900

ACCOUNT_RATE_LIMITS = {
    # A classroom or an office of forty people has one address on the internet: what an address may do leaves room for
    # them, what guesses at one account may do (`key`) does not. The rest is as the library has it.
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "100/h/ip",
}

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # one step of 30 s before and after: clocks differ, people type (RFC 6238, section 5.2)
MFA_TOTP_ISSUER = "课堂 Ketang"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "ketang.people.account.second_factor.SecondFactor"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # browsers allow passkeys over http on localhost alone

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("KETANG_PROXIES", 0)
"""How many proxies before us write X-Forwarded-For; limits by address count the address before them."""
