# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a trace may show (strace -f -y) of a program that changes nothing; also of one in the lab."""
import ast
import re
import struct

# Calls that change no more than the process that makes them, and its children.
HARMLESS = set('''
    access alarm fadvise64 arch_prctl brk capget capset clock_getres clock_gettime clock_nanosleep clone clone3 close close_range dup dup2
    dup3 epoll_create1 execve exit exit_group faccessat faccessat2 fcntl fork fstat fstatfs futex getcwd getdents64 getegid geteuid
    getgid getgroups getpgrp getpid getppid getrandom getrlimit gettid getuid landlock_add_rule landlock_create_ruleset
    landlock_restrict_self lseek lstat madvise membarrier memfd_create mincore mmap mprotect mremap munmap nanosleep newfstatat
    pipe pipe2 poll ppoll prctl pread64 prlimit64 read readlink readlinkat readv restart_syscall rseq rt_sigaction rt_sigprocmask
    rt_sigreturn rt_sigtimedwait sched_getaffinity sched_yield seccomp select set_robust_list set_tid_address setgroups setpgid
    setitimer setresgid setresuid setrlimit sigaltstack signalfd4 stat statfs statx sysinfo time timerfd_create timerfd_settime umask uname
    vfork wait4 waitid _llseek fcntl64 fstat64 fstatat64 mmap2 pread64 ugetrlimit getuid32 geteuid32 getegid32 getgid32
    '''.split())
# The others, as far as a line of the trace (strace -y) looks like this.
LISTED = {
    'open(?:at2?)?': (
        ('a file opened for reading', r'(?!.*O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE))'),
        ('it stands in for what a child shall not have', r'.*"/dev/null", O_(?:RDWR|WRONLY)'),
        ('the output, which has no name until it is whole', r'.*"\.", O_RDWR\|O_CLOEXEC\|O_TMPFILE'),
        ('Xen and xenstore are asked through devices that are written to', r'.*"/(?:dev/xen|proc/xen)/\w+", O_RDWR'),
    ),
    'p?write(?:v|64)?': (
        ('to another process of ours, or to the output',
         r'\d+<(?:pipe:|/memfd:|/dev/null|.*/#\d+|.*/\.out|.*/\.err|.*/out>|socket:|UNIX|/dev/xen/xenbus)'),),
    'sendto|sendmsg': (('a message to xenstored', r'\d+<(?:socket:|UNIX)'),),
    'recv(?:from|msg)|getsockname|getpeername': (('an answer', ''),),
    'socket(?:pair)?': (('to xenstored', r'AF_UNIX'),),
    'connect': (('to xenstored', r'.*AF_UNIX, sun_path="[^"]*(?:xenstored/socket|/xenstored)"'),),
    'ioctl': (
        ('what kind of terminal it is', r'.*(?:TCGETS|TIOCGWINSZ|TIOCGPGRP)'),
        ('a probe of our own, for as long as we live', r'.*<anon_inode:\[perf_event\]>, PERF_EVENT_IOC_'),
        ('a hypercall', r'\d+</dev/xen/privcmd>'),
    ),
    'perf_event_open': (('a probe of our own, for as long as we live', ''),),
    'bpf': (('a program of our own, for as long as we live', r'(?!BPF_OBJ_PIN|BPF_PROG_ATTACH)'),),
    'kill': (('a child', r'-?(?:CHILD), SIGKILL'),),
    'linkat|renameat2?': (('the output gets its name', r'.*"(?:out|map)"'),
                          ('the output, on its way there', r'.*"\.xen-dmacheck\.\d+"')),
    'unlinkat': (('the output gives its passing name back', r'.*"\.xen-dmacheck\.\d+"'),),
    'fchmod|fsync': (('the output', r'\d+<.*/(?:#\d+|run-\d+|traced-\w+)>'),),
}
READING = {1: 'directory', 2: 'read', 3: 'get-perms', 10: 'get-domain-path', 17: 'is-domain-introduced', 22: 'directory-part'}

# Process, what was written to, bytes, their number.
WRITTEN = r'^(\d+) +write\(\d+<([^>]*)>, ("(?:[^"\\]|\\.)*")(?:\.\.\.)?, (\d+)'


def changes(trace):
    """The lines of a trace that may change something."""
    children = set(re.findall(r'(?:clone3?|v?fork)\(.* = (\d+)$', trace, re.M))
    children |= set(re.findall(r'<\.\.\. (?:clone3?|v?fork) resumed>.* = (\d+)$', trace, re.M))
    for line in trace.splitlines():
        call = re.match(r'\d+ +(\w+)\((.*)', line)
        # The end of a call that is there already, a signal, the end of a process.
        if not call or call[1] in HARMLESS:
            continue
        rest = re.sub(r'^(-?)(\d+)', lambda m: m[1] + ('CHILD' if m[2] in children else m[2]), call[2]) if call[1] == 'kill' else call[2]
        ways = next((ways for names, ways in LISTED.items() if re.fullmatch(names, call[1])), ())
        if not any(re.match(pattern, rest) for _, pattern in ways):
            yield line


def sent(trace):
    """The types of the messages that libxenstore sent to xenstored: a header, then so many bytes."""
    left = {}
    stores = {'/dev/xen/xenbus', *re.findall(r'^\d+ +connect\(\d+<([^>]*)>', trace, re.M)}
    for pid, to, text, size in re.findall(WRITTEN, trace, re.M):
        if to not in stores:
            continue
        if left.get((pid, to)):
            left[pid, to] -= int(size)
        else:
            kind, _, _, left[pid, to] = struct.unpack('<4I', ast.literal_eval('b' + text))
            yield kind
