# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 that is not mapped 1:1, without an IOMMU: the report comes before any driver that does DMA, as the first one
# to do so may overwrite whatever memory is there, and end the machine.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
facts
reports
