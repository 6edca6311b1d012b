"""What can be typed after `support-roi`."""

from argparse import ArgumentParser
from pathlib import Path

from roi_core.cli import commands, serve, work


def parser() -> ArgumentParser:
    """The whole command line. Each command carries `run`, a function of the parsed arguments that returns the exit code."""
    top = ArgumentParser(prog="support-roi", description="What customer support is worth, how we know, and what would happen if it changed.")
    kinds = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    app = kinds.add_parser("app", help="start the app and open it in the browser")
    app.add_argument("--no-browser", action="store_true", help="only print the address")
    app.set_defaults(run=serve.app)

    inspect = _with_files(kinds.add_parser("inspect", help="say what each file is, and account for every row"))
    inspect.add_argument("--json", action="store_true", help="print everything that was found as JSON")
    inspect.add_argument("--dump", type=Path, metavar="DIR", help="write the rows as they were read, and those set aside, as CSV")
    inspect.set_defaults(run=commands.inspect)

    analyse = _with_settings(_with_files(kinds.add_parser("analyse", help="from files to effects, ledger and return")))
    analyse.add_argument("--json", type=Path, metavar="OUT", required=True, help="where the answer is written")
    analyse.add_argument("--by", action="append", default=[], metavar="DIMENSION", help="for whom it works: plan, segment, industry, country, region ...")
    analyse.set_defaults(run=commands.analyse)

    report = _with_settings(_with_files(kinds.add_parser("report", help="write a report that opens without a network")))
    report.add_argument("--audience", default="executive", help="executive, cfo, sales or product")
    report.add_argument("--format", required=True, help="html, or csv for the ledger alone")
    report.add_argument("--out", type=Path, metavar="PATH", required=True)
    report.add_argument("--company", default="", metavar="NAME", help="whose report it is")
    report.set_defaults(run=commands.report)

    sample = kinds.add_parser("sample", help="invent a company whose true answer is known, as exports and truth.json")
    sample.add_argument("out", type=Path, metavar="OUT_DIR")
    sample.add_argument("--company", required=True, help="saas, shop or services (also: still-water, fogbank, plain-weave)")
    sample.add_argument("--customers", type=int, metavar="N", help="without it as many as the company that ships has")
    sample.add_argument("--seed", type=int, metavar="S", help="another seed, another luck")
    sample.add_argument("--effect", type=float, metavar="E", help="how much support does: 0 nothing, 1 as much as in the design study")
    sample.add_argument("--confounding", type=float, metavar="K", help="how much trouble drives both contacts and leaving")
    sample.add_argument("--hidden", type=float, metavar="H", help="share of that trouble that no file holds, 0 to 1")
    sample.set_defaults(run=commands.sample)

    template = kinds.add_parser("template", help="write an empty table to fill in, with what goes into each column")
    template.add_argument("table", metavar="TABLE", help="costs, agents, contracts, outreach, assignments (a randomised test), or any other table that is read")
    template.add_argument("--format", required=True, help="csv, or xlsx with an explanation")
    template.add_argument("--out", type=Path, metavar="PATH", help="where it is written, if not in this folder under the name of the table")
    template.set_defaults(run=commands.template)

    kinds.add_parser("metrics", help="print every key figure with its definition, as Markdown (docs/metrics.md)").set_defaults(run=commands.metrics)
    _with_saved_work(kinds.add_parser("work", help="list saved work, export one as a file, import such a file"))

    delete = kinds.add_parser("delete", help="delete all saved work on this computer, with its keys")
    delete.add_argument("--all", action="store_true", required=True, help="everything; one work is deleted in the app, under Your files")
    delete.add_argument("--yes", action="store_true", help="do it; without this, only say how much there is")
    delete.set_defaults(run=commands.delete)
    return top


def _with_files(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--mapping", type=Path, metavar="M.json", help="what unknown files are, and answers to the questions of inspect")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE", help="exports, in any order: CSV, Excel, JSON, or a ZIP of them")
    return command


def _with_settings(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("--design", type=Path, metavar="D.toml", help="who is compared, and over which months")
    command.add_argument("--assumptions", type=Path, metavar="A.toml", help="what no export holds: margin, discount rate, agents and their cost")
    return command


def _with_saved_work(command: ArgumentParser) -> None:
    saved = command.add_subparsers(required=True, metavar="WHAT")
    saved.add_parser("list", help="id, name, files and version of each").set_defaults(run=work.listed)
    export = saved.add_parser("export", help="write one work as one file, without names unless asked for")
    export.add_argument("id", metavar="ID")
    export.add_argument("file", type=Path, metavar="FILE")
    export.set_defaults(run=work.export)
    bring = saved.add_parser("import", help="make work of such a file")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.set_defaults(run=work.bring)
    for one in (export, bring):
        one.add_argument("--with-names", action="store_true", help=f"keys and names too, under a passphrase: {work.VARIABLE}, else asked for")
