# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What pre-flight and xl create say of each configuration with PCI devices: see try().
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_net virtio-rng
await_disks
xenconsoled
ls -l /sys/firmware/acpi/tables >"$results/tables.txt"
send tables.txt

# PV, as no other guest's pass-through does without a device model.
pci() {
	name=$1
	shift
	printf 'type = "pv"\n%s\n' "$*" | try "$name"
}
disk=0000:00:02.0 net=0000:00:04.0 mate=0000:00:04.1 edu=0000:00:05.0 alone=0000:00:06.0
bdf() { echo "${1#0000:}"; }

# Without pciback.
pci ok-no-device
pci bad-pciback-absent "pci = [\"$(bdf "$edu")\"]"
pci bad-pciback-absent-seize "pci = [\"$(bdf "$edu"),seize=1\"]"
modprobe xen-pciback
await 30 "pciback" test -e /sys/bus/pci/drivers/pciback
pci bad-syntax 'pci = ["nonsense"]'
pci bad-syntax-function 'pci = ["00:05.9"]'
pci bad-syntax-option "pci = [\"$(bdf "$edu"),nonsense=1\"]"
pci bad-absent 'pci = ["00:1e.0"]'
pci bad-absent-seize 'pci = ["00:1e.0,seize=1"]'
pci bad-driver "pci = [\"$(bdf "$alone")\"]"
pci bad-no-driver "pci = [\"$(bdf "$edu")\"]"
pci bad-disabled "passthrough = \"disabled\"
pci = [\"$(bdf "$edu")\"]"
pci bad-share-pt "passthrough = \"share_pt\"
pci = [\"$(bdf "$edu")\"]"
pci odd-no-list "pci = \"$(bdf "$edu")\""

# Given to pciback.
run add-edu.txt 30 xl pci-assignable-add "$edu"
run assignable.txt 30 xl pci-assignable-list
pci ok-assigned "pci = [\"$edu\"]"
pci ok-short "pci = [\"$(bdf "$edu")\"]"
pci ok-passthrough "passthrough = \"enabled\"
pci = [\"$edu\"]"
pci ok-permissive "pci = [\"$edu,permissive=1\"]"
pci ok-permissive-all "pci_permissive = 1
pci = [\"$edu\"]"
pci ok-relaxed "pci = [\"$edu,rdm_policy=relaxed\"]"
pci ok-strict "pci = [\"$edu,rdm_policy=strict\"]"
pci bad-rdm-policy "pci = [\"$edu,rdm_policy=nonsense\"]"
pci odd-rdm "rdm = \"strategy=host,policy=relaxed\"
pci = [\"$edu\"]"
pci odd-rdm-syntax "rdm = \"nonsense\"
pci = [\"$edu\"]"
pci bad-twice "pci = [\"$edu\", \"$edu\"]"
pci bad-one-of-two "pci = [\"$edu\", \"$alone\"]"
printf 'type = "pvh"\npci = ["%s"]\n' "$edu" | try bad-pvh
printf 'type = "hvm"\npci = ["%s"]\n' "$edu" | try bad-hvm '^kernel'
# A slot that dom0 keeps a part of.
run add-mate.txt 30 xl pci-assignable-add "$mate"
pci odd-mate "pci = [\"$mate\"]"
run add-net.txt 30 xl pci-assignable-add "$net"
pci ok-mates "pci = [\"$net\", \"$mate\"]"
# Taken from its driver for it.
pci odd-seize "pci = [\"$alone,seize=1\"]"
run remove-alone.txt 30 xl pci-assignable-remove -r "$alone"
pci odd-seize-all "pci_seize = 1
pci = [\"$alone\"]"
# What another guest has.
printf 'name = "holder"\ntype = "pv"\nkernel = "/lab/guest.kernel"\nmemory = 64\npci = ["%s"]\n' "$edu" >/lab/holder.cfg
run holder.txt 100 xl create -p /lab/holder.cfg
pci bad-taken "pci = [\"$edu\"]"
pci bad-taken-seize "pci = [\"$edu,seize=1\"]"
xl destroy holder
pci ok-free-again "pci = [\"$edu\"]"
tell
send order
run together.json 60 xen-dmacheck preflight --observe=never --format=json "$results/ok-assigned.cfg" "$results/ok-short.cfg"
facts
reports
read_disks
