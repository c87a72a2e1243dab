"""`inspector-app` and `python -m inspector_app`: straight to the window, or to the command line."""

import sys


def main() -> None:
    """Open the desktop at once when nothing was asked for; else run the command."""
    if getattr(sys, "frozen", False):  # a packaged program is also what its own helper processes start
        from multiprocessing import freeze_support

        freeze_support()
    _shared_options_anywhere(sys.argv)
    if len(sys.argv) == 1:
        from inspector_app.cli.place import default_data
        from inspector_app.desktop.app import run

        sys.exit(run(data_folder=default_data()))
    from inspector_app.cli.app import app

    app(prog_name="inspector-app")


def _shared_options_anywhere(argv: list[str]) -> None:
    """`sync --json --data DIR` means the same as `--json --data DIR sync`: shared options move to the front, in place."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(argv[1:])
    for word in words:
        name = word.split("=", 1)[0]
        if word in ("--json", "--debug"):
            front.append(word)
        elif name in ("--data", "--password-file"):
            front.append(word)
            if "=" not in word and (value := next(words, None)) is not None:
                front.append(value)
        elif word == "--":
            rest += [word, *words]
        else:
            rest.append(word)
    argv[1:] = front + rest


if __name__ == "__main__":
    main()
