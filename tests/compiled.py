"""Templates compiled once for the whole run: each application, in each process, would compile those it uses anew."""

import os
import shutil
import tempfile

from flask import Flask
from jinja2 import FileSystemBytecodeCache

FOLDER = "TESTS_COMPILED_TEMPLATES"
"""Names the folder in the environment, for the processes that tests start."""


def make_folder() -> None:
    """Make the run's folder."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="pollapp-templates-")


def remove_folder() -> None:
    """Remove the run's folder."""
    shutil.rmtree(os.environ.pop(FOLDER))


def use_folder() -> None:
    """Let applications made from here on take compiled templates from the run's folder, and put theirs there."""
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[FOLDER])}
