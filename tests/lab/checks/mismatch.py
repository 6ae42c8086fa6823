# SPDX-License-Identifier: LGPL-2.1-or-later
"""Xen tools of another release than the hypervisor."""

import re

import failures


def check(machine, hypervisor, tools):
  """The releases."""
  said = machine.one_line(machine.text("refused.log"))
  machine.expect("the machine is what it should be: xl create is refused", "domain creation fail: Permission denied" in said, said)
  if machine.status("xen-init-dom0.txt"):
    found = machine.findings("unnamed.report.json")
    machine.expect("xen-init-dom0 failed: XDC-TOOLS-MISMATCH says why", "XDC-TOOLS-MISMATCH" in found, sorted(map(str, found)))
  subjects = machine.subjects("XDC-TOOLS-MISMATCH", "error")
  machine.expect("error XDC-TOOLS-MISMATCH", subjects, sorted(map(str, machine.findings())))
  because = [str(reason) for finding in machine.report.get("findings", []) if finding.get("id") == "XDC-TOOLS-MISMATCH"
             for reason in finding.get("because", [])]
  for release in hypervisor, tools:
    machine.expect(f"it names {release}", any(re.search(rf"\b{re.escape(release)}\b", reason) for reason in because), because)
  failures.check(machine)
