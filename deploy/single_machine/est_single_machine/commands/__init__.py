"""The commands of ``est``, one module for each subject."""

import typer

from est_single_machine.commands import (
    backup,
    dead,
    doctor,
    filling,
    guard,
    inviting,
    keys,
    replay,
    setting_up,
    status,
    up,
)

app = typer.Typer(
    name="est",
    help="EST on one computer: lägesbilder for crime prevention, from the first report to the duty officer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("up")(up.up)
app.command("status")(status.status)
app.command("doctor")(doctor.doctor)
app.command("guard")(guard.guard)
app.command("set-up")(setting_up.set_up)
app.command("invite")(inviting.invite)
app.command("demo")(filling.demo)
app.add_typer(filling.import_app, name="import")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("replay")(replay.replay)
app.add_typer(dead.app, name="dead")
app.add_typer(keys.app, name="key")

__all__ = ["app"]
