"""Every setting, in one file. What differs between places is a value in the environment, never a second file."""

import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlsplit

from django.utils.csp import CSP

from gatepost.config.database import from_url
from gatepost.config.signin.provider import school_sign_on
from gatepost.config.texts import gateway_url, texts_by
from gatepost.core import env
from gatepost.language.table import FAMILY_LANGUAGES, extend_lang_info, get

PACKAGE = Path(__file__).resolve().parents[1]

# Where things are kept
GATEPOST_DATA = Path(env.text("GATEPOST_DATA", ".data")).resolve()
# Beside the data folder, never in it: who copies the data folder must not take the keys with it.
GATEPOST_KEYS = Path(env.text("GATEPOST_KEYS", f"{GATEPOST_DATA}-keys")).resolve()
GATEPOST_DEMO = env.flag("GATEPOST_DEMO")
DEBUG = env.flag("GATEPOST_DEBUG")
GATEPOST_ORIGIN = env.text("GATEPOST_ORIGIN", "http://127.0.0.1:8000").rstrip("/")
_origin = urlsplit(GATEPOST_ORIGIN)
_secure = _origin.scheme == "https"


def _own_secret() -> str:
    """A secret made once for this data folder, readable by its owner only."""
    GATEPOST_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = GATEPOST_DATA / "secret_key"
    if not path.exists():
        made = Path(mkdtemp(dir=GATEPOST_DATA)) / "secret_key"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), encoding="utf-8")
        with suppress(FileExistsError):  # two processes that start together agree on the first one's secret
            path.hardlink_to(made)
        made.unlink()
        made.parent.rmdir()
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = env.secret("GATEPOST_SECRET_KEY", "") or _own_secret()
ALLOWED_HOSTS = [host for host in env.text("GATEPOST_HOSTS", "").split(",") if host] or [
    _origin.hostname or "127.0.0.1",
    "127.0.0.1",
    "localhost",
]
CSRF_TRUSTED_ORIGINS = [GATEPOST_ORIGIN]

DATABASES = {"default": from_url(env.secret("DATABASE_URL", ""), GATEPOST_DATA)}
DATABASE_OWNER_URL = env.secret("DATABASE_OWNER_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = GATEPOST_DATA / "files"
STORAGES = {
    "default": {"BACKEND": "gatepost.core.files.PrivateStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

INSTALLED_APPS = [
    "gatepost.config",
    "gatepost.front",
    "gatepost.exchange",
    "gatepost.measure",
    "gatepost.support",
    "gatepost.agree",
    "gatepost.meet",
    "gatepost.reach",
    "gatepost.know",
    "gatepost.org",
    "gatepost.disclosure",
    "gatepost.design",
    "gatepost.language",
    "gatepost.core",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks_db",
]

MIDDLEWARE = [
    "gatepost.config.middleware.DatabaseAwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "gatepost.config.middleware.HeadersMiddleware",
    "gatepost.config.middleware.WholeFormMiddleware",
    "gatepost.config.middleware.PlainAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gatepost.config.signin.limits.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "gatepost.org.door.ActorMiddleware",
]

ROOT_URLCONF = "gatepost.config.urls"
WSGI_APPLICATION = "gatepost.config.wsgi.application"
CSRF_FAILURE_VIEW = "gatepost.design.views.csrf_failure"
FORM_RENDERER = "gatepost.design.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gatepost.config.context.frame",
            ]
        },
    }
]

# What somebody uploads is looked at in memory and kept only in a private folder; more than this is not taken in at all
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21_000_000

# Words
extend_lang_info()
LANGUAGE_CODE = "en"
LANGUAGES = [(tag, get(tag).english_name) for tag in FAMILY_LANGUAGES]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# Files that pages need: served by this process, from the packages themselves
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# What several processes must agree on, such as how often somebody has tried a password
_CACHE = "django.core.cache.backends.db.DatabaseCache"
CACHES = {"default": {"BACKEND": _CACHE, "LOCATION": "gatepost_cache", "OPTIONS": {"MAX_ENTRIES": 50_000}}}

# Sign-in (staff)
AUTH_USER_MODEL = "org.Person"
AUTHENTICATION_BACKENDS = ["gatepost.config.signin.coming_back.Staff"]
ACCOUNT_ADAPTER = "gatepost.config.signin.accounts.StaffSignIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"reset_password": "10/h/ip,3/h/key", "login_failed": "30/5m/ip,5/5m/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "gatepost.config.signin.factors.SecondFactors"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # digits typed as the half minute ends still count (RFC 6238 §5.2)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the school says whose address it is
MFA_REAUTHENTICATION_REQUIRED = False  # our own door asks: config.signin.doors.factor_page
GATEPOST_IDLE_MINUTES = env.number("GATEPOST_IDLE_MINUTES", 15, low=1, high=15)
GATEPOST_DAY_HOURS = env.number("GATEPOST_DAY_HOURS", 10, low=1, high=10)
GATEPOST_STEP_UP_MINUTES = env.number("GATEPOST_STEP_UP_MINUTES", 10, low=1, high=10)
GATEPOST_OIDC_URL = env.text("GATEPOST_OIDC_URL", "").rstrip("/")
SOCIALACCOUNT_ADAPTER = "gatepost.config.signin.single.SchoolSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would be stopped by our content policy
SOCIALACCOUNT_PROVIDERS = school_sign_on(
    url=GATEPOST_OIDC_URL,
    name=env.text("GATEPOST_OIDC_NAME", "your school account"),
    client=env.text("GATEPOST_OIDC_CLIENT", ""),
    secret=env.secret("GATEPOST_OIDC_SECRET", ""),
    domains=env.text("GATEPOST_OIDC_EMAIL_DOMAINS", ""),
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_GOOD = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_GOOD}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_GOOD}.CommonPasswordValidator"},
    {"NAME": f"{_GOOD}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["name", "email"]}},
]
SESSION_ENGINE = "gatepost.config.signin.coming_back"
SESSION_COOKIE_NAME = "__Host-gatepost" if _secure else "gatepost"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "gatepost_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = GATEPOST_DAY_HOURS * 3600
CSRF_COOKIE_HTTPONLY = True

# What a browser may do with our pages
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
GATEPOST_PROXIES = env.number("GATEPOST_PROXIES", 0, low=0, high=5)
ALLAUTH_TRUSTED_PROXY_COUNT = GATEPOST_PROXIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if GATEPOST_PROXIES else None
SECURE_SSL_REDIRECT = False  # a proxy does this where there is one
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers send "Origin: null", which no form survives
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [CSP.NONE],
}

# The wire
GATEPOST_SMTP_URL = env.secret("GATEPOST_SMTP_URL", "")
_smtp = urlsplit(GATEPOST_SMTP_URL)
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _smtp.hostname or "127.0.0.1",
            "port": _smtp.port or 25,
            "username": _smtp.username or "",
            "password": _smtp.password or "",
            "use_tls": _smtp.scheme == "smtp+tls",
            "use_ssl": _smtp.scheme == "smtps",
            "timeout": 30,
        },
    }
}
DEFAULT_FROM_EMAIL = env.text("GATEPOST_FROM", f"gatepost@{_origin.hostname or 'localhost'}")
GATEPOST_MAIL_DOMAIN = env.text("GATEPOST_MAIL_DOMAIN", "")  # its mail comes to `gatepost mailroom`
GATEPOST_SECURITY_CONTACT = env.text("GATEPOST_SECURITY_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}")
_POST_ROOM = "gatepost.reach.channels.postroom.PostRoom"
_SMTP = "gatepost.reach.channels.smtp.Smtp"
GATEPOST_GATEWAY_URL = gateway_url(env.secret("GATEPOST_GATEWAY_URL", ""))
GATEPOST_GATEWAY_METHOD = env.text("GATEPOST_GATEWAY_METHOD", "GET", choices={"GET", "POST"})
GATEPOST_GATEWAY_ANSWERS = env.table("GATEPOST_GATEWAY_ANSWERS", "", choices={"taken", "later", "refused"})
GATEPOST_GATEWAY_RECEIPTS = env.table(
    "GATEPOST_GATEWAY_RECEIPTS",
    "1=delivered 2=undelivered 8=taken 16=undelivered",  # as Kannel counts
    choices={"taken", "delivered", "undelivered"},
)
GATEPOST_NOTIFY_KEY = env.secret("GATEPOST_NOTIFY_KEY", "")
GATEPOST_NOTIFY_TEMPLATE = env.text("GATEPOST_NOTIFY_TEMPLATE", "")
GATEPOST_NOTIFY_URL = env.text("GATEPOST_NOTIFY_URL", "https://api.notifications.service.gov.uk").rstrip("/")
_TEXTS = texts_by(GATEPOST_GATEWAY_URL, GATEPOST_NOTIFY_KEY, GATEPOST_NOTIFY_TEMPLATE)
if GATEPOST_DEMO or DEBUG:
    GATEPOST_CHANNELS = {"email": _POST_ROOM, "sms": _POST_ROOM}
else:
    GATEPOST_CHANNELS = ({"email": _SMTP} if GATEPOST_SMTP_URL else {}) | ({"sms": _TEXTS} if _TEXTS else {})

# Nothing but codes leaves between 21:00 and 07:00 in London; in the demonstration, at any hour.
GATEPOST_QUIET_HOURS = env.flag("GATEPOST_QUIET_HOURS", not (GATEPOST_DEMO or DEBUG))
GATEPOST_TEXTS_A_DAY = env.number("GATEPOST_TEXTS_A_DAY", 5000, low=0)  # text parts that one school pays for
GATEPOST_TEXT_PENCE = env.amount("GATEPOST_TEXT_PENCE")  # what one part costs, before tax; None: nobody has said
GATEPOST_PROXIES = env.number("GATEPOST_PROXIES", 0, low=0, high=5)  # how many stand between families and us

# What drafts translations; none by default: nothing leaves the machine
GATEPOST_LIBRETRANSLATE_URL = env.text("GATEPOST_LIBRETRANSLATE_URL", "").rstrip("/")
GATEPOST_LIBRETRANSLATE_KEY = env.secret("GATEPOST_LIBRETRANSLATE_KEY", "")
GATEPOST_APERTIUM_URL = env.text("GATEPOST_APERTIUM_URL", "").rstrip("/")

# Work that nobody waits for
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
GATEPOST_TICKS = [
    "gatepost.meet.reminding.tick",
    "gatepost.meet.telling_others.tick",
    "gatepost.meet.ringing.tick",
    "gatepost.meet.packing.tick",
    "gatepost.reach.tasks.tick",
    "gatepost.front.briefing.tick",
    "gatepost.config.heads.tick",
]
GATEPOST_TIDYING = ["gatepost.meet.forgetting.tick", "gatepost.reach.tasks.tidy"]

# Where the heads of the audit trail go once a day: a file at another place, or the mail of whoever keeps them
GATEPOST_AUDIT_HEADS = env.text("GATEPOST_AUDIT_HEADS", "")

# For whom tomorrow's lists are locked every afternoon, and where they go: best to another machine
GATEPOST_PACK_CERTIFICATE = env.text("GATEPOST_PACK_CERTIFICATE", "")
GATEPOST_PACK_FOLDER = Path(env.text("GATEPOST_PACK_FOLDER", f"{GATEPOST_DATA}/packs")).resolve()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "gatepost.core.logs.JsonLines"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["out"], "level": env.text("GATEPOST_LOG", "WARNING")},
    "loggers": {
        "django.server": {"handlers": ["out"], "propagate": False},
        # At DEBUG these write down whole pages and statements, with everybody's names in them.
        "django.template": {"level": "INFO"},
        "django.db.backends": {"level": "INFO"},
        "notifications_python_client": {"level": "CRITICAL"},  # it repeats what the other side says: the ledger knows
    },
}

env.refuse_unknown(besides=("GATEPOST_PYTHON",))
