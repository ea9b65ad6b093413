"""Every page of signing in, each behind a door of ours; what is not here is not served."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as openid
from django.urls import path, re_path

from gatepost.config.signin import doors
from gatepost.config.signin.doors import forms
from gatepost.org.door import account_page, public_page

urlpatterns = [
    path("sign-in/", public_page(account.login), name="account_login"),
    path("sign-in/passkey/", public_page(forms(webauthn.login_webauthn)), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", public_page(forms(mfa.authenticate)), name="mfa_authenticate"),
    path("sign-in/ended/", public_page(account.account_inactive), name="account_inactive"),
    path("sign-in/with/<slug:provider_id>/", doors.sign_on_page(openid.login), name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", doors.sign_on_page(openid.callback), name="openid_connect_callback"),
    path("sign-out/", doors.sign_out_page(account.logout), name="account_logout"),
    path("sign-up/", public_page(account.signup), name="account_signup"),
    path("password/reset/", public_page(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", public_page(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public_page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public_page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/", account_page(mfa.index), name="mfa_index"),
    path("account/again/", doors.again, name="account_again"),
    path("account/again/password/", account_page(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", account_page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/again/passkey/", account_page(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/app/", doors.factor_page(forms(totp.activate_totp)), name="mfa_activate_totp"),
    path("account/app/remove/", doors.factor_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/passkeys/", account_page(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("account/passkeys/add/", doors.factor_page(forms(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        doors.removing_page(forms(webauthn.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
    path("account/codes/", doors.codes_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/",
        doors.factor_page(forms(codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path("account/codes/file/", doors.codes_page(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
]
