# SPDX-License-Identifier: LGPL-2.1-or-later
"""A toolstack that comes up step by step and goes down again: what the report says at each step."""

# The step, what it lacks, and the findings that say so.
STEPS = (
  ("no-privcmd", "no module is loaded", {"XDC-PRIVCMD-MISSING", "XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"}),
  ("no-xenfs", "xenfs is not loaded", {"XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"}),
  ("unmounted", "xenfs is not mounted", {"XDC-XENFS-MISSING", "XDC-XENSTORED-DOWN"}),
  ("no-xenstored", "xenstored was never started", {"XDC-XENSTORED-DOWN"}),
  ("no-init-dom0", "xen-init-dom0 has not run", {"XDC-INIT-DOM0"}),
  ("report", "all is up", set()),
  ("user", "a user without root", {"XDC-NOT-ROOT"}),
  ("stopped", "xenstored does not answer", {"XDC-XENSTORED-DOWN"}),
  ("killed", "xenstored was killed", {"XDC-XENSTORED-DOWN"}),
)
FINDINGS = set().union(*(findings for _, _, findings in STEPS))

# Errors; that somebody is not root is none of the machine's.
NO_ERROR = {"XDC-NOT-ROOT"}


def check(machine):
  """Each step, in the order of the machine's script."""
  for step, lack, right in STEPS:
    name = step + ".json"
    status = machine.status(name)
    messages = machine.one_line(machine.text(name + ".err"))
    machine.expect(f"{step} ({lack}): ends within its time, no message on stderr", status in range(124) and not messages,
                   f"status {status}, {messages!r}")
    found = machine.findings(name) & FINDINGS
    machine.expect(f"{step}: findings {sorted(right)}", found == right, sorted(found))
    error = bool(right - NO_ERROR)
    machine.expect(f"{step}: exit status {int(error)}", (status == 1) == error, status)
