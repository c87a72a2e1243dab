"""Commands about what papers look like and who signs them: letterhead, certificate."""

import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from inspector_app.cli.options import laptop
from inspector_app.cli.output import emit, say
from inspector_app.domain.errors import UserError
from inspector_app.operations import letterhead, sealing
from inspector_app.operations.letterhead import Organisation
from inspector_app.reports.brand import SECTIONS
from inspector_app.store.certificate import CertificateFacts, as_pem

letterhead_app = typer.Typer(no_args_is_help=True)
certificate_app = typer.Typer(no_args_is_help=True)
_NAMES = tuple(each.name for each in fields(Organisation) if each.name != "logo")


def _shown(what: Organisation) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(what, name) for name in _NAMES if name != "hidden"}
    return {**told, "hidden": sorted(what.hidden), "logo": len(what.logo)}


@letterhead_app.command("show")
def letterhead_show(context: typer.Context) -> None:
    """Every setting with its value; of the logo its bytes."""
    with laptop(context) as (store, given):
        facts = _shown(letterhead.current(store))
        if given.json:
            emit(facts)
            return
        for name, value in facts.items():
            say(f"{name}={', '.join(value) if isinstance(value, list) else value}")


@letterhead_app.command("set")
def letterhead_set(
    context: typer.Context,
    wanted: Annotated[list[str] | None, typer.Argument(metavar="NAME=VALUE", help=" | ".join(_NAMES))] = None,
    logo: Annotated[Path | None, typer.Option(help="A picture; --no-logo takes it away.")] = None,
    no_logo: Annotated[bool, typer.Option("--no-logo", help="Without a logo.")] = False,
) -> None:
    """Change settings; lines of a longer text are parted by \\n, sections that are hidden by commas."""
    with laptop(context) as (store, given):
        what = replace(letterhead.current(store), **dict(_pair(one) for one in wanted or ()))
        if no_logo:
            what = replace(what, logo=b"")
        elif logo is not None:
            what = letterhead.with_logo(what, sealing.read_bounded(logo))
        letterhead.save(store, what)
        facts = _shown(letterhead.current(store))
        emit(facts) if given.json else say("Kept; papers look so from now on.")


def _pair(given: str) -> tuple[str, Any]:
    """A setting and its value. Raises UserError for a name or a choice there is none of."""
    name, sign, value = given.partition("=")
    if not sign or name not in _NAMES:
        raise UserError("letterhead_name", f"'{given}' sets nothing; write NAME=VALUE with one of {', '.join(_NAMES)}.")
    if name == "hidden":
        off = frozenset(one.strip() for one in value.split(",") if one.strip())
        if off - set(SECTIONS):
            raise UserError("letterhead_section", f"Sections are {', '.join(SECTIONS)}.")
        return name, off
    choices = letterhead.CHOICES.get(name)
    if choices and value not in choices:
        raise UserError("letterhead_choice", f"'{name}' is one of {', '.join(choices)}.")
    return name, value.replace("\\n", "\n")


@certificate_app.command("show")
def certificate_show(context: typer.Context) -> None:
    """Whose certificate this laptop signs with."""
    with laptop(context) as (store, given):
        told = sealing.signs_with(store)
        emit(_certificate(told)) if given.json else say(_sentence(told))


@certificate_app.command("import")
def certificate_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .p12 or .pfx file with a private key and its certificate.")],
    p12_password_file: Annotated[Path | None, typer.Option(help="File whose first line opens the .p12.")] = None,
) -> None:
    """Sign with the organisation's key from now on; the password may also stand in INSPECTOR_APP_P12_PASSWORD."""
    with laptop(context) as (store, given):
        sealing.import_identity(store, file, _p12_password(p12_password_file))
        told = sealing.signs_with(store)
        emit(_certificate(told)) if given.json else say(_sentence(told))


@certificate_app.command("export")
def certificate_export(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="Where the certificate goes, as PEM.")]
) -> None:
    """Write the certificate (no key) for those who check papers: `verify --trust FILE`."""
    with laptop(context) as (store, given):
        try:
            file.write_bytes(as_pem(sealing.certificate_of(store)))
        except OSError as error:
            raise UserError("file_unwritable", f"{file} cannot be written: {error.strerror}.") from None
        emit({"file": str(file)}) if given.json else say(f"Written: {file}")


def _p12_password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError):
            raise UserError("password_file", f"{file} cannot be read.") from None
    known = os.environ.pop("INSPECTOR_APP_P12_PASSWORD", None)
    if known is not None:
        return known
    if not os.isatty(0):
        raise UserError("p12_password", "Give --p12-password-file or INSPECTOR_APP_P12_PASSWORD.")
    return str(typer.prompt("Password of the .p12", hide_input=True, err=True))


def _certificate(told: CertificateFacts) -> dict[str, str]:
    return {
        "name": told.name,
        "organisation": told.organisation,
        "issuer": told.issuer,
        "begins": told.begins.isoformat(),
        "ends": told.ends.isoformat(),
        "fingerprint": told.fingerprint,
    }


def _sentence(told: CertificateFacts) -> str:
    of = f", {told.organisation}" if told.organisation else ""
    return f"Papers are signed by {told.name}{of}; valid until {told.ends.date()}; SHA-256 {told.fingerprint}."
