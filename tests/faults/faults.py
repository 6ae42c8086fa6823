# SPDX-License-Identifier: LGPL-2.1-or-later
"""What the tests here share: commands that read recorded machines, and what is wrong with how one ended."""
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import dom0

SECONDS = 60  # the tool's own limit is 10; tracing is slow, and other tests run
STATUSES = 0, 1, 2, 3
OURS = '.out', '.err', '.trace'

tool = os.path.abspath(sys.argv[1])
tests = pathlib.Path(__file__).resolve().parent.parent
machine = tests / 'machines/arm64-6.1-xen4.17-smmuv3/bundle.tar.zst'
guests = tests / 'machines/arm64-6.12-xen4.20-smmuv3-guest/bundle.tar.zst'
work = pathlib.Path(tempfile.mkdtemp(prefix='xen-dmacheck-'))
root = work / 'dom0'
dom0.lay_out(machine, root)
# Leaks cannot be looked for in a process that is traced: see leaks.
environment = dict(os.environ, ASAN_OPTIONS='detect_leaks=0:exitcode=86', UBSAN_OPTIONS='halt_on_error=1:exitcode=86',
                   LC_ALL='C', SOURCE_DATE_EPOCH='1000000000', XDC_CONFIG_HELPER=str(tests / 'preflight/helper'))
sanitized = b'__asan_init' in pathlib.Path(tool).read_bytes()
COMMANDS = {
    'live': ['report', '--format=json'],
    'root': ['report', '--format=json', '--root', root],
    'from': ['report', '--format=json', '--from', machine],
    'several': ['report', '--format=jsonl', '--from', machine, '--from', guests],
    'to': ['report', '--format=json', '--root', root, '--to', 'out'],
    'bundle': ['bundle', '--root', root, '-o', 'out'],
    'rebundle': ['bundle', '--from', machine, '-o', 'out', '--keep-map', 'map'],
    'device': ['explain', '--root', root, '0000:00:02.0'],
    'log': ['explain', '--format=json', tests / 'corpus/005-pci-assign-no-iommu.log'],
    'log-from': ['explain', '--format=json', '--from', machine, tests / 'corpus/302-create-tools-older-than-hypervisor.log'],
    'preflight': ['preflight', '--format=json', '--from', guests, tests / 'preflight/unsafe.cfg'],
    'diff': ['diff', '--format=json', machine, guests],
    'known': ['known', '--format=json'],
}
numbers = itertools.count()


class Run:
    """One run of one of the commands, or of other words, in a directory of its own and a session of its own."""

    def __init__(self, command, before=(), stdout=None, **how):
        self.here = work / f'run-{next(numbers)}'
        self.here.mkdir()
        self.command = command if isinstance(command, str) else ' '.join(map(str, command))
        self.words = [*map(str, before), tool, *map(str, COMMANDS.get(self.command, command))]
        began = time.monotonic()
        with open(self.here / '.out', 'wb') as out, open(self.here / '.err', 'wb') as err:
            how = {'cwd': self.here, 'env': environment, 'stdin': subprocess.DEVNULL, 'stderr': err, **how}
            wait = how.pop('wait', None)
            with subprocess.Popen(self.words, stdout=stdout or out, start_new_session=True, **how) as process:
                try:
                    if wait:
                        wait(process)
                    self.status = process.wait(SECONDS)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    self.status = 'none: it did not end'
        self.seconds = time.monotonic() - began
        self.session = process.pid
        self.out, self.err, self.trace = (
            (self.here / name).read_text('utf-8', 'replace') if (self.here / name).exists() else '' for name in OURS)
        self.files = {file.name: file.read_bytes() for file in self.here.iterdir() if file.name not in OURS}
        shutil.rmtree(self.here)

    def text(self):
        """What it answers, wherever it was to write that."""
        return self.files.get('out', b'').decode() if self.command == 'to' else self.out


def not_ok(report):
    """What a report says that it could not read."""
    return {record['key']: (record['status'], record['detail']) for record in report['evidence'] if record['status'] != 'ok'}


def says_less(was, now):
    """Whether @now is @was but for what it says it does not know."""
    if isinstance(was, dict) and isinstance(now, dict):
        return all(now.get(key) is None or says_less(value, now[key]) for key, value in was.items()) and not set(now) - set(was)
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(says_less, was, now))
    return was == now


def judge_report(was, now, said, status):
    """What is wrong with the report @now, where undisturbed it was @was."""
    problems = []
    lost = {key for key, value in not_ok(now).items() if not_ok(was).get(key) != value}
    missing = {device['path'] for device in now['devices'] if device['missing']}
    before = {device['path']: device for device in was['devices']}
    for device in now['devices']:
        old = before.pop(device['path'], None)
        if not old or device['verdict'] == old['verdict']:
            continue
        if device['verdict'] != 'unknown':
            problems.append(f"{device['name']}: {old['verdict']} has become {device['verdict']}")
        elif status == 0 and old['verdict'] != 'idle':
            problems.append(f"{device['name']}: {old['verdict']} has become unknown, and the exit status is 0")
    if before and 'devices' not in lost:
        problems.append(f'devices are gone without a word: {sorted(before)[:3]}')
    differs = {key for key in was if key != 'evidence' and not says_less(was[key], now.get(key))}
    if differs and not (lost or missing or said):
        problems.append(f'another report, and nothing is said to be missing: {sorted(differs)}')
    return problems


def unread(text):
    """What an explanation of a device says could not be read."""
    return set(text.partition('What could not be read\n')[2].partition('\n\n')[0].splitlines())


def judge_answer(was, now, said):
    """What is wrong with another answer than the undisturbed one."""
    try:
        old, new = json.loads(was.text()), json.loads(now.text())
    except ValueError:
        said = said or unread(now.text()) - unread(was.text())
        return [] if said or now.status == 3 else ['says something else, and not why']
    if 'evidence' in new and 'devices' in new:
        return judge_report(old, new, said, now.status)
    return [] if said or now.status == 3 or new == old else ['says something else, and not why']


def judge_files(was, now):
    """What is wrong with the files that a run left: whole ones where it was well, else none."""
    problems = [f'left {name}' for name in sorted(now.files) if name not in was.files]
    if now.status in (0, 1, 3) and set(was.files) - set(now.files):
        problems.append(f'success, but no {sorted(set(was.files) - set(now.files))}')
    if now.files.get('out') and 'bundle' in now.command and subprocess.run(
            [tool, 'report', '--from', '-'], input=now.files['out'], stdout=subprocess.DEVNULL, env=environment,
            check=False).returncode == 2:
        problems.append('the bundle cannot be read')
    return problems


def judge(was, now, silent=False):
    """What is wrong with how a run ended; @silent: it could not say why."""
    problems = judge_files(was, now)
    said = now.err != was.err and now.err.strip()
    if now.status not in STATUSES:
        problems.append(f'exit status {now.status}')
    if re.search(r'ERROR: \w+Sanitizer|runtime error|Assertion', now.err):
        problems.append('a sanitizer speaks')
    if now.status == 2 and was.status != 2 and not said and not silent:
        problems.append('exit status 2 without a word')
    if now.status == 0 and was.status != 0:
        problems.append('clean, which it was not')
    if now.status in (0, 1, 3) and now.text() != was.text():
        problems += judge_answer(was, now, said or silent)
    return problems


class Tally:
    """How many runs there were, and of those that were not well what was wrong."""

    def __init__(self):
        self.began, self.runs, self.failed = time.monotonic(), 0, 0

    def add(self, name, problems, run=None):
        self.runs += 1
        self.failed += bool(problems)
        if problems:
            print('FAIL', name, *problems, *([run.err[:300]] if run else []), sep='\n     ', flush=True)

    def finish(self):
        shutil.rmtree(work)
        print(f'{self.runs} runs, {self.failed} failed; {time.monotonic() - self.began:.0f} s')
        sys.exit(self.failed > 0 or not self.runs)
