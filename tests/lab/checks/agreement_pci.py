# SPDX-License-Identifier: LGPL-2.1-or-later
"""The same as agreement.py of PCI devices that are passed through."""

import agreement

CAUSES = {
    "bad-pciback-absent": "pci-assignable", "bad-pciback-absent-seize": "pci-assignable", "bad-syntax": "pci-syntax",
    "bad-syntax-function": "pci-syntax", "bad-syntax-option": "pci-syntax", "bad-absent": "pci-device",
    "bad-absent-seize": "pci-device", "bad-driver": "pci-assignable", "bad-no-driver": "pci-assignable",
    "bad-disabled": "passthrough-mode", "bad-share-pt": "passthrough-mode", "bad-rdm-policy": "pci-syntax",
    "bad-twice": "pci-in-use", "bad-one-of-two": "pci-assignable", "bad-pvh": "passthrough-mode", "bad-hvm": "device-model",
    "bad-taken": "pci-in-use", "bad-taken-seize": "pci-in-use",
}
WARNINGS = {
    "odd-no-list": "config-kind", "odd-rdm-syntax": "rdm-syntax", "odd-mate": "pci-group",
    "odd-seize": "pci-assignable", "odd-seize-all": "pci-assignable",
}
LEAST = 12


def check(machine):
  """The table, and two guests that want one device."""
  agreement.compare(machine, CAUSES, WARNINGS, {}, LEAST)
  guests = machine.json("together.json").get("guests") or [{}]
  failed = [c["id"] for c in guests[-1].get("checks", []) if c["result"] == "fail"]
  machine.expect("of two configurations with one device, the second fails", "together-pci" in failed, failed)
