# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests of many machines share: the machines, their reports, and what the manual says to run on them."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
MANUAL = HERE.parent.parent / 'man/xen-dmacheck-formats.5'
SKIPPED = 77


def need(*programs):
    """Skips the test, with a word, where one of the programs is not installed."""
    for program in programs:
        if not shutil.which(program):
            print(f'{program} is not installed (tests/packages check)')
            sys.exit(SKIPPED)


def documented(tool):
    """What the manual has for @tool, by name: the literal text behind each line '.\\" run: TOOL NAME'."""
    pattern = rf'^\.\\" run: {tool} (\S+)\n\.Bd -literal.*?\n(.*?)^\.Ed$'
    found = re.findall(pattern, MANUAL.read_text('utf-8'), re.M | re.S)
    return {name: text.replace('\\&', '').replace('\\e', '\\') for name, text in found}


def run(command, statuses=(0,), **options):
    """The output of @command, which must end with one of the statuses and without a word on standard error."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode not in statuses or done.stderr:
        sys.exit(f'{command}: exit status {done.returncode}: {done.stderr}{done.stdout[-2000:]}')
    return done.stdout


def record_fleet(tool, directory):
    """The recorded machines in @directory, and this one as it is, said to be recorded in 2023."""
    directory.mkdir()
    for recording in sorted((HERE.parent / 'machines').glob('*/bundle.tar.zst')):
        shutil.copy(recording, directory / f'{recording.parent.name}.tar.zst')
    run([tool, 'bundle', '--observe=never', '-o', directory / 'this-machine.tar.zst'],
        env={**os.environ, 'SOURCE_DATE_EPOCH': '1700000000'})


def reports(tool, directory):
    """The JSON document of each machine, by the source that its records name."""
    return {str(path): json.loads(run([tool, '--from', path, '--format=json'], statuses=(0, 1, 3)))
            for path in sorted(directory.iterdir())}


def does_dma(report):
    """The devices that the records are about: what --format=json has, as the manual describes it."""
    records = [device for device in report['devices'] if device['dma'] == 'yes' and device['verdict'] != 'idle']
    return [device for device in records if device['dma_path'] != 'via']


class Checks:
    """Counts what held and prints what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def equal(self, what, got, expected):
        """@got is as expected, and there is something of it."""
        if got == expected and expected:
            self.passed += 1
        else:
            self.failed += 1
            print(f'FAIL {what}\n    got      {got}\n    expected {expected}')

    def finish(self):
        """Ends the test."""
        print(f'{self.passed} passed, {self.failed} failed')
        sys.exit(self.failed > 0 or not self.passed)
