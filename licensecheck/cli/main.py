"""The command `licensecheck` and the one boundary where errors become text and an exit status."""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys

import click

from licensecheck import DATA_VERSION, __version__
from licensecheck.cli import exits
from licensecheck.errors import LicenseCheckError
from licensecheck.text.markup import plain_line

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("licensecheck.cli.check:command", "Check models or licenses against a deployment profile."),
    "extract": ("licensecheck.cli.texts:command", "List the terms that a license or policy text states."),
    "identify": ("licensecheck.cli.texts:identify_command", "Tell which known license a text is and what was changed."),
    "compare": ("licensecheck.cli.texts:compare_command", "Put licenses or models side by side."),
    "diff": ("licensecheck.cli.texts:diff_command", "Show what changed between two licenses or versions."),
    "explain": ("licensecheck.cli.explain:command", "Explain a kind of term, a rule, a license or a finding."),
    "scan": ("licensecheck.cli.scan:command", "Find and check every model that a repository refers to."),
    "bulk": ("licensecheck.cli.bulk:command", "Check a whole list of models, and compare two such checks."),
    "materials": ("licensecheck.cli.check:materials_command", "Write the notices and credit lines that are missing."),
    "bom": ("licensecheck.cli.check:bom_command", "Write a CycloneDX or SPDX bill of materials."),
    "mcp": ("licensecheck.cli.mcp:command", "Serve assistants over the Model Context Protocol."),
    "profile": ("licensecheck.cli.profiles:command", "Write or check a deployment profile."),
    "serve": ("licensecheck.cli.serve:command", "Review in a browser, with a register of models and approvals."),
    "rules": ("licensecheck.cli.rules:command", "List, show, test and write rules."),
    "catalog": ("licensecheck.cli.catalog:command", "Look up and add license records."),
}
"""Each command's module and function, and its one-line help, so that `--help` imports none of them."""
_BARE = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What newer versions of click raise where a group is called bare; older ones print its help themselves."""


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="licensecheck", message=f"%(prog)s %(version)s, data {DATA_VERSION}")
def cli() -> None:
    """Tell what the license of an AI model allows, asks and forbids, and whether your deployment may go ahead.

    Start with:  licensecheck check MODEL_FOLDER --profile licensecheck.yaml
    """


def run(argv: list[str]) -> int:
    """Run the command line with these arguments and return its exit status."""
    _accept_every_letter()
    try:
        result = cli.main(args=argv, prog_name="licensecheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        return exits.UNUSABLE
    except click.ClickException as error:
        if isinstance(error, _BARE):
            error.show()
            return exits.UNUSABLE
        return _complain(error.format_message())
    except LicenseCheckError as error:
        return _complain(str(error))
    except BrokenPipeError:
        return exits.OK
    except KeyboardInterrupt:
        return _complain("stopped")
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG) or error.filename is not None:
            return _internal(error)
        _drop_output()
        return _complain(f"the output cannot be written: {error.strerror}")
    except Exception as error:
        return _internal(error)
    return result if isinstance(result, int) else exits.OK


def _internal(error: Exception) -> int:
    if os.environ.get("LICENSECHECK_DEBUG"):
        raise error
    return _complain(f"internal fault: {type(error).__name__}: {error} (LICENSECHECK_DEBUG=1 shows where)")


def _accept_every_letter() -> None:
    """Letters that the terminal's encoding lacks are written as escapes, so that no report fails on them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """What could not be written is not tried again when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> int:
    """Say on one line of standard error what cannot be used."""
    print(f"licensecheck: {plain_line(message)}", file=sys.stderr)
    return exits.UNUSABLE
