"""Django's settings. Production is told by environment variables; nothing secret stands here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from chungsuc.config import places

DEBUG = False
ALLOWED_HOSTS = os.environ.get("CHUNGSUC_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")


def _secret_key() -> str:
    """The key from the environment, else one made once and kept in the data folder, readable by us only."""
    if given := os.environ.get("CHUNGSUC_SECRET_KEY"):
        return given
    path = places.home() / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _database() -> dict[str, object]:
    """The server named by CHUNGSUC_DATABASE_URL, else the embedded one in the data folder."""
    url = os.environ.get("CHUNGSUC_DATABASE_URL")
    if not url:
        from chungsuc.config import embedded

        return embedded.django_settings(places.home())
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "chungsuc",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "chungsuc.kit.journal",
    "chungsuc.kit.commands",
    "chungsuc.territory",
    "chungsuc.accounts",
    "chungsuc.assessment",
    "chungsuc.recognition",
    "chungsuc.doors.ui",
]
MIDDLEWARE = [
    "chungsuc.doors.ui.headers.StrictHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "chungsuc.doors.ui.viewer.Viewer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chungsuc.doors.ui.language.Language",
    "chungsuc.doors.ui.refusals.RefusalPages",
    "chungsuc.doors.ui.limits.LargestRequest",
]
ROOT_URLCONF = "chungsuc.config.urls"
WSGI_APPLICATION = "chungsuc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parent.parent / "doors" / "desk" / "pages"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CSRF_FAILURE_VIEW = "chungsuc.doors.ui.refusals.cannot_be_sent"
AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []  # accounts.rules.why_not_password says it, as reasons
CHUNGSUC_DEMO = os.environ.get("CHUNGSUC_DEMO") == "1"  # one-tap sign-in of made-up people; never in production
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if os.environ.get("CHUNGSUC_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = places.home() / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
# `chungsuc serve` collects the files under hashed names first, so that browsers keep them for good.
if os.environ.get("CHUNGSUC_STATIC") == "collected":
    WHITENOISE_USE_FINDERS = False
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
WHITENOISE_AUTOREFRESH = False
# Hashed by Django (name.0123456789ab.css) or by the build (pieces/name-ABCDEFGH.js): both never change under a name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+(\.[0-9a-f]{12}\.[a-z0-9]+|/pieces/[^/]+-[0-9A-Z]{8}(\.[0-9a-f]{12})?\.js)$"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a grid of 200 communes, eight indicators with their counts

CHUNGSUC_EVIDENCE = places.evidence()
CHUNGSUC_UPLOADS = places.home() / "uploads"
CHUNGSUC_LAW = places.LAW
CHUNGSUC_KEEP_SECONDS = float(os.environ.get("CHUNGSUC_KEEP_SECONDS", "60"))
