xen-dmacheck-records 1
uname	ok	uname(2)		38
release=6.1.0-50-amd64
machine=x86_64

file:/sys/hypervisor/type	ok	/sys/hypervisor/type		4
xen

file:/sys/hypervisor/guest_type	ok	/sys/hypervisor/guest_type		3
PV

file:/sys/hypervisor/version/major	ok	/sys/hypervisor/version/major		2
4

file:/sys/hypervisor/version/minor	ok	/sys/hypervisor/version/minor		3
17

file:/sys/hypervisor/version/extra	ok	/sys/hypervisor/version/extra		3
.5

file:/sys/hypervisor/properties/features	ok	/sys/hypervisor/properties/features		9
000228f0

file:/sys/hypervisor/properties/capabilities	ok	/sys/hypervisor/properties/capabilities		62
xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 

file:/sys/hypervisor/properties/changeset	ok	/sys/hypervisor/properties/changeset		1


file:/sys/hypervisor/properties/buildid	ok	/sys/hypervisor/properties/buildid		20
9¦@æñA##P‡9ùñÅá:é 
file:/sys/hypervisor/pmu/pmu_mode	unsupported	/sys/hypervisor/pmu/pmu_mode		0

file:/sys/hypervisor/start_flags/initdomain	absent	/sys/hypervisor/start_flags/initdomain		0

file:/sys/hypervisor/start_flags/privileged	absent	/sys/hypervisor/start_flags/privileged		0

file:/proc/xen/capabilities	ok	/proc/xen/capabilities		10
control_d

file:/proc/cmdline	ok	/proc/cmdline		23
console=hvc0 panic=-1 

file:/proc/self/mountinfo	ok	/proc/self/mountinfo		747
1 1 0:2 / / rw - rootfs rootfs rw,size=690056k,nr_inodes=172514,inode64
20 1 0:18 / /proc rw,relatime - proc proc rw
21 1 0:19 / /sys rw,relatime - sysfs sysfs rw
22 1 0:5 / /dev rw,relatime - devtmpfs devtmpfs rw,size=690056k,nr_inodes=172514,mode=755,inode64
23 1 0:20 / /run rw,relatime - tmpfs tmpfs rw,inode64
24 1 0:21 / /tmp rw,relatime - tmpfs tmpfs rw,inode64
25 22 0:22 / /dev/pts rw,relatime - devpts devpts rw,mode=600,ptmxmode=000
26 21 0:7 / /sys/kernel/debug rw,relatime - debugfs debugfs rw
27 21 0:12 / /sys/kernel/tracing rw,relatime - tracefs tracefs rw
28 21 0:6 / /sys/kernel/security rw,relatime - securityfs securityfs rw
29 21 0:23 / /sys/fs/bpf rw,relatime - bpf bpf rw
30 20 0:24 / /proc/xen rw,relatime - xenfs xenfs rw

file:/sys/kernel/security/lockdown	ok	/sys/kernel/security/lockdown		33
[none] integrity confidentiality

kernel-config	absent	/proc/config.gz	nor in /boot or /lib/modules for the running kernel	0

devicetree	absent	/sys/firmware/fdt		0

devices	ok	/sys/bus		4436
/devices/LNXSYSTM:00
/devices/LNXSYSTM:00/LNXPWRBN:00
/devices/LNXSYSTM:00/LNXSYBUS:00
/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00
/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:00
/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:01
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0103:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:01
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:02
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/QEMU0002:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:01
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:02
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:03
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:04
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0303:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0400:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0501:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0B00:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0F13:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C01:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:00
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:01
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:02
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:03
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:04
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:05
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:06
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:07
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:08
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:09
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0a
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0b
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0c
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0d
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0e
/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0f
/devices/LNXSYSTM:00/LNXSYBUS:01
/devices/breakpoint
/devices/kprobe
/devices/msr
/devices/pci0000:00/0000:00:00.0
/devices/pci0000:00/0000:00:01.0
/devices/pci0000:00/0000:00:01.0/virtio0
/devices/pci0000:00/0000:00:02.0
/devices/pci0000:00/0000:00:03.0
/devices/pci0000:00/0000:00:03.0/virtio1
/devices/pci0000:00/0000:00:04.0
/devices/pci0000:00/0000:00:04.0/virtio2
/devices/pci0000:00/0000:00:1f.0
/devices/pci0000:00/QEMU0002:00
/devices/platform/PNP0103:00
/devices/platform/i8042
/devices/platform/i8042/serio0
/devices/platform/i8042/serio1
/devices/platform/pcspkr
/devices/platform/platform-framebuffer.0
/devices/platform/reg-dummy
/devices/platform/serial8250
/devices/pnp0/00:00
/devices/pnp0/00:01
/devices/pnp0/00:02
/devices/pnp0/00:03
/devices/pnp0/00:04
/devices/pnp0/00:04/cmos_nvram0
/devices/pnp0/00:04/rtc/rtc0/alarmtimer.0.auto
/devices/pnp0/00:05
/devices/software
/devices/system/clockevents/broadcast
/devices/system/clockevents/clockevent0
/devices/system/clockevents/clockevent1
/devices/system/clocksource/clocksource0
/devices/system/container/PNP0A06:00
/devices/system/container/PNP0A06:01
/devices/system/container/PNP0A06:02
/devices/system/cpu/cpu0
/devices/system/cpu/cpu1
/devices/system/edac/mc
/devices/system/machinecheck/machinecheck0
/devices/system/machinecheck/machinecheck1
/devices/system/memory/memory0
/devices/system/memory/memory1
/devices/system/memory/memory10
/devices/system/memory/memory11
/devices/system/memory/memory12
/devices/system/memory/memory13
/devices/system/memory/memory14
/devices/system/memory/memory15
/devices/system/memory/memory2
/devices/system/memory/memory3
/devices/system/memory/memory32
/devices/system/memory/memory33
/devices/system/memory/memory34
/devices/system/memory/memory35
/devices/system/memory/memory36
/devices/system/memory/memory37
/devices/system/memory/memory38
/devices/system/memory/memory39
/devices/system/memory/memory4
/devices/system/memory/memory5
/devices/system/memory/memory6
/devices/system/memory/memory7
/devices/system/memory/memory8
/devices/system/memory/memory9
/devices/system/node/node0
/devices/system/xen_cpu/xen_cpu0
/devices/system/xen_cpu/xen_cpu1
/devices/system/xen_memory/xen_memory0
/devices/tracepoint
/devices/uprobe
/devices/virtual/memory_tiering/memory_tier4
/devices/virtual/workqueue/blkcg_punt_bio
/devices/virtual/workqueue/nvme-delete-wq
/devices/virtual/workqueue/nvme-reset-wq
/devices/virtual/workqueue/nvme-wq
/devices/virtual/workqueue/writeback

device:/devices/LNXSYSTM:00	ok	/sys/devices/LNXSYSTM:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXPWRBN:00	ok	/sys/devices/LNXSYSTM:00/LNXPWRBN:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:01	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:01		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0103:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0103:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:01	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:01		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:02	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:02		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/QEMU0002:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/QEMU0002:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:01	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:01		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:02	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:02		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:03	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:03		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:04	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:04		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0303:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0303:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0400:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0400:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0501:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0501:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0B00:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0B00:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0F13:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0F13:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C01:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C01:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:00	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:00		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:01	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:01		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:02	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:02		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:03	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:03		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:04	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:04		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:05	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:05		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:06	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:06		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:07	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:07		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:08	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:08		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:09	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:09		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0a	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0a		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0b	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0b		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0c	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0c		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0d	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0d		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0e	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0e		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0f	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0f		9
bus=acpi

device:/devices/LNXSYSTM:00/LNXSYBUS:01	ok	/sys/devices/LNXSYSTM:00/LNXSYBUS:01		9
bus=acpi

device:/devices/breakpoint	ok	/sys/devices/breakpoint		17
bus=event_source

device:/devices/kprobe	ok	/sys/devices/kprobe		17
bus=event_source

device:/devices/msr	ok	/sys/devices/msr		17
bus=event_source

device:/devices/pci0000:00/0000:00:00.0	ok	/sys/devices/pci0000:00/0000:00:00.0		132
bus=pci
firmware_node=device:00
class=0x060000
vendor=0x8086
device=0x29c0
dma_mask_bits=32
consistent_dma_mask_bits=32
busmaster=0

device:/devices/pci0000:00/0000:00:01.0	ok	/sys/devices/pci0000:00/0000:00:01.0		150
bus=pci
driver=virtio-pci
firmware_node=device:01
class=0x010000
vendor=0x1af4
device=0x1001
dma_mask_bits=64
consistent_dma_mask_bits=64
busmaster=1

device:/devices/pci0000:00/0000:00:01.0/virtio0	ok	/sys/devices/pci0000:00/0000:00:01.0/virtio0		103
bus=virtio
driver=virtio_blk
features=0010111001111110000000000000110010000000100000000000000000000000

device:/devices/pci0000:00/0000:00:02.0	ok	/sys/devices/pci0000:00/0000:00:02.0		144
bus=pci
driver=nvme
firmware_node=device:02
class=0x010802
vendor=0x1b36
device=0x0010
dma_mask_bits=64
consistent_dma_mask_bits=64
busmaster=1

device:/devices/pci0000:00/0000:00:03.0	ok	/sys/devices/pci0000:00/0000:00:03.0		150
bus=pci
driver=virtio-pci
firmware_node=device:03
class=0x010000
vendor=0x1af4
device=0x1042
dma_mask_bits=64
consistent_dma_mask_bits=64
busmaster=1

device:/devices/pci0000:00/0000:00:03.0/virtio1	ok	/sys/devices/pci0000:00/0000:00:03.0/virtio1		103
bus=virtio
driver=virtio_blk
features=0010111001111110000000000000110011000000100000000000000000000000

device:/devices/pci0000:00/0000:00:04.0	ok	/sys/devices/pci0000:00/0000:00:04.0		150
bus=pci
driver=virtio-pci
firmware_node=device:04
class=0x020000
vendor=0x1af4
device=0x1041
dma_mask_bits=64
consistent_dma_mask_bits=64
busmaster=1

device:/devices/pci0000:00/0000:00:04.0/virtio2	ok	/sys/devices/pci0000:00/0000:00:04.0/virtio2		103
bus=virtio
driver=virtio_net
features=0010010000000001111101010000110011000000100000000000000000000000

device:/devices/pci0000:00/0000:00:1f.0	ok	/sys/devices/pci0000:00/0000:00:1f.0		132
bus=pci
firmware_node=device:05
class=0x060100
vendor=0x8086
device=0x2918
dma_mask_bits=32
consistent_dma_mask_bits=32
busmaster=0

device:/devices/pci0000:00/QEMU0002:00	ok	/sys/devices/pci0000:00/QEMU0002:00		39
bus=platform
firmware_node=QEMU0002:00

device:/devices/platform/PNP0103:00	ok	/sys/devices/platform/PNP0103:00		38
bus=platform
firmware_node=PNP0103:00

device:/devices/platform/i8042	ok	/sys/devices/platform/i8042		26
bus=platform
driver=i8042

device:/devices/platform/i8042/serio0	ok	/sys/devices/platform/i8042/serio0		48
bus=serio
driver=atkbd
firmware_node=PNP0303:00

device:/devices/platform/i8042/serio1	ok	/sys/devices/platform/i8042/serio1		10
bus=serio

device:/devices/platform/pcspkr	ok	/sys/devices/platform/pcspkr		13
bus=platform

device:/devices/platform/platform-framebuffer.0	ok	/sys/devices/platform/platform-framebuffer.0		13
bus=platform

device:/devices/platform/reg-dummy	ok	/sys/devices/platform/reg-dummy		30
bus=platform
driver=reg-dummy

device:/devices/platform/serial8250	ok	/sys/devices/platform/serial8250		31
bus=platform
driver=serial8250

device:/devices/pnp0/00:00	ok	/sys/devices/pnp0/00:00		50
bus=pnp
driver=i8042 kbd
firmware_node=PNP0303:00

device:/devices/pnp0/00:01	ok	/sys/devices/pnp0/00:01		50
bus=pnp
driver=i8042 aux
firmware_node=PNP0F13:00

device:/devices/pnp0/00:02	ok	/sys/devices/pnp0/00:02		33
bus=pnp
firmware_node=PNP0400:00

device:/devices/pnp0/00:03	ok	/sys/devices/pnp0/00:03		47
bus=pnp
driver=serial
firmware_node=PNP0501:00

device:/devices/pnp0/00:04	ok	/sys/devices/pnp0/00:04		49
bus=pnp
driver=rtc_cmos
firmware_node=PNP0B00:00

device:/devices/pnp0/00:04/cmos_nvram0	ok	/sys/devices/pnp0/00:04/cmos_nvram0		10
bus=nvmem

device:/devices/pnp0/00:04/rtc/rtc0/alarmtimer.0.auto	ok	/sys/devices/pnp0/00:04/rtc/rtc0/alarmtimer.0.auto		31
bus=platform
driver=alarmtimer

device:/devices/pnp0/00:05	ok	/sys/devices/pnp0/00:05		47
bus=pnp
driver=system
firmware_node=PNP0C01:00

device:/devices/software	ok	/sys/devices/software		17
bus=event_source

device:/devices/system/clockevents/broadcast	ok	/sys/devices/system/clockevents/broadcast		16
bus=clockevents

device:/devices/system/clockevents/clockevent0	ok	/sys/devices/system/clockevents/clockevent0		16
bus=clockevents

device:/devices/system/clockevents/clockevent1	ok	/sys/devices/system/clockevents/clockevent1		16
bus=clockevents

device:/devices/system/clocksource/clocksource0	ok	/sys/devices/system/clocksource/clocksource0		16
bus=clocksource

device:/devices/system/container/PNP0A06:00	ok	/sys/devices/system/container/PNP0A06:00		39
bus=container
firmware_node=PNP0A06:00

device:/devices/system/container/PNP0A06:01	ok	/sys/devices/system/container/PNP0A06:01		39
bus=container
firmware_node=PNP0A06:01

device:/devices/system/container/PNP0A06:02	ok	/sys/devices/system/container/PNP0A06:02		39
bus=container
firmware_node=PNP0A06:02

device:/devices/system/cpu/cpu0	ok	/sys/devices/system/cpu/cpu0		49
bus=cpu
driver=processor
firmware_node=LNXCPU:00

device:/devices/system/cpu/cpu1	ok	/sys/devices/system/cpu/cpu1		49
bus=cpu
driver=processor
firmware_node=LNXCPU:01

device:/devices/system/edac/mc	ok	/sys/devices/system/edac/mc		9
bus=edac

device:/devices/system/machinecheck/machinecheck0	ok	/sys/devices/system/machinecheck/machinecheck0		17
bus=machinecheck

device:/devices/system/machinecheck/machinecheck1	ok	/sys/devices/system/machinecheck/machinecheck1		17
bus=machinecheck

device:/devices/system/memory/memory0	ok	/sys/devices/system/memory/memory0		11
bus=memory

device:/devices/system/memory/memory1	ok	/sys/devices/system/memory/memory1		11
bus=memory

device:/devices/system/memory/memory10	ok	/sys/devices/system/memory/memory10		11
bus=memory

device:/devices/system/memory/memory11	ok	/sys/devices/system/memory/memory11		11
bus=memory

device:/devices/system/memory/memory12	ok	/sys/devices/system/memory/memory12		11
bus=memory

device:/devices/system/memory/memory13	ok	/sys/devices/system/memory/memory13		11
bus=memory

device:/devices/system/memory/memory14	ok	/sys/devices/system/memory/memory14		11
bus=memory

device:/devices/system/memory/memory15	ok	/sys/devices/system/memory/memory15		11
bus=memory

device:/devices/system/memory/memory2	ok	/sys/devices/system/memory/memory2		11
bus=memory

device:/devices/system/memory/memory3	ok	/sys/devices/system/memory/memory3		11
bus=memory

device:/devices/system/memory/memory32	ok	/sys/devices/system/memory/memory32		11
bus=memory

device:/devices/system/memory/memory33	ok	/sys/devices/system/memory/memory33		11
bus=memory

device:/devices/system/memory/memory34	ok	/sys/devices/system/memory/memory34		11
bus=memory

device:/devices/system/memory/memory35	ok	/sys/devices/system/memory/memory35		11
bus=memory

device:/devices/system/memory/memory36	ok	/sys/devices/system/memory/memory36		11
bus=memory

device:/devices/system/memory/memory37	ok	/sys/devices/system/memory/memory37		11
bus=memory

device:/devices/system/memory/memory38	ok	/sys/devices/system/memory/memory38		11
bus=memory

device:/devices/system/memory/memory39	ok	/sys/devices/system/memory/memory39		11
bus=memory

device:/devices/system/memory/memory4	ok	/sys/devices/system/memory/memory4		11
bus=memory

device:/devices/system/memory/memory5	ok	/sys/devices/system/memory/memory5		11
bus=memory

device:/devices/system/memory/memory6	ok	/sys/devices/system/memory/memory6		11
bus=memory

device:/devices/system/memory/memory7	ok	/sys/devices/system/memory/memory7		11
bus=memory

device:/devices/system/memory/memory8	ok	/sys/devices/system/memory/memory8		11
bus=memory

device:/devices/system/memory/memory9	ok	/sys/devices/system/memory/memory9		11
bus=memory

device:/devices/system/node/node0	ok	/sys/devices/system/node/node0		9
bus=node

device:/devices/system/xen_cpu/xen_cpu0	ok	/sys/devices/system/xen_cpu/xen_cpu0		12
bus=xen_cpu

device:/devices/system/xen_cpu/xen_cpu1	ok	/sys/devices/system/xen_cpu/xen_cpu1		12
bus=xen_cpu

device:/devices/system/xen_memory/xen_memory0	ok	/sys/devices/system/xen_memory/xen_memory0		15
bus=xen_memory

device:/devices/tracepoint	ok	/sys/devices/tracepoint		17
bus=event_source

device:/devices/uprobe	ok	/sys/devices/uprobe		17
bus=event_source

device:/devices/virtual/memory_tiering/memory_tier4	ok	/sys/devices/virtual/memory_tiering/memory_tier4		19
bus=memory_tiering

device:/devices/virtual/workqueue/blkcg_punt_bio	ok	/sys/devices/virtual/workqueue/blkcg_punt_bio		14
bus=workqueue

device:/devices/virtual/workqueue/nvme-delete-wq	ok	/sys/devices/virtual/workqueue/nvme-delete-wq		14
bus=workqueue

device:/devices/virtual/workqueue/nvme-reset-wq	ok	/sys/devices/virtual/workqueue/nvme-reset-wq		14
bus=workqueue

device:/devices/virtual/workqueue/nvme-wq	ok	/sys/devices/virtual/workqueue/nvme-wq		14
bus=workqueue

device:/devices/virtual/workqueue/writeback	ok	/sys/devices/virtual/workqueue/writeback		14
bus=workqueue

iommu-groups	ok	/sys/kernel/iommu_groups		0

class:iommu	ok	/sys/class/iommu		0

class:block	ok	/sys/class/block		170
nvme0n1=/devices/pci0000:00/0000:00:02.0/nvme/nvme0/nvme0n1
vda=/devices/pci0000:00/0000:00:01.0/virtio0/block/vda
vdb=/devices/pci0000:00/0000:00:03.0/virtio1/block/vdb

class:net	ok	/sys/class/net		82
eth0=/devices/pci0000:00/0000:00:04.0/virtio2/net/eth0
lo=/devices/virtual/net/lo

class:drm	absent	/sys/class/drm		0

class:sound	absent	/sys/class/sound		0

class:mmc_host	absent	/sys/class/mmc_host		0

class:nvme	ok	/sys/class/nvme		50
nvme0=/devices/pci0000:00/0000:00:02.0/nvme/nvme0

class:scsi_host	absent	/sys/class/scsi_host		0

file:/sys/kernel/debug/devices_deferred	ok	/sys/kernel/debug/devices_deferred		0

kmsg	ok	/dev/kmsg		27591
5,0,0,-;Linux version 6.1.0-50-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.176-1 (2026-07-02)
6,1,0,-;Command line: console=hvc0 panic=-1 
6,2,0,-;Released 0 page(s)
6,3,0,-;BIOS-provided physical RAM map:
6,4,0,-;Xen: [mem 0x0000000000000000-0x000000000009efff] usable
6,5,0,-;Xen: [mem 0x000000000009fc00-0x00000000000fffff] reserved
6,6,0,-;Xen: [mem 0x0000000000100000-0x000000007ffd1fff] usable
6,7,0,-;Xen: [mem 0x000000007ffd2000-0x000000007fffffff] reserved
6,8,0,-;Xen: [mem 0x00000000b0000000-0x00000000bfffffff] reserved
6,9,0,-;Xen: [mem 0x00000000fec00000-0x00000000fec00fff] reserved
6,10,0,-;Xen: [mem 0x00000000fed1c000-0x00000000fed1ffff] reserved
6,11,0,-;Xen: [mem 0x00000000fee00000-0x00000000feefffff] reserved
6,12,0,-;Xen: [mem 0x00000000fffc0000-0x00000000ffffffff] reserved
6,13,0,-;Xen: [mem 0x0000000100000000-0x000000013fffffff] usable
6,14,0,-;Xen: [mem 0x000000fd00000000-0x000000ffffffffff] reserved
6,15,0,-;NX (Execute Disable) protection: active
6,16,0,-;SMBIOS 2.8 present.
6,17,0,-;DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014
6,18,0,-;Hypervisor detected: Xen PV
6,19,1468,-;tsc: Detected 2599.980 MHz processor
7,20,6093,-;e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
7,21,6269,-;e820: remove [mem 0x000a0000-0x000fffff] usable
6,22,47914,-;AGP: No AGP bridge found
6,23,48501,-;last_pfn = 0x140000 max_arch_pfn = 0x400000000
6,24,48585,-;Disabled
6,25,48617,-;x86/PAT: MTRRs disabled, skipping PAT initialization too.
6,26,48903,-;x86/PAT: Configuration [0-7]: WB  WT  UC- UC  WC  WP  UC  UC  
6,27,50116,-;last_pfn = 0x7ffd2 max_arch_pfn = 0x400000000
6,28,963386,-;RAMDISK: [mem 0x08000000-0x0848cfff]
6,29,963865,-;ACPI: Early table checksum verification disabled
6,30,965074,-;ACPI: RSDP 0x00000000000F59B0 000014 (v00 BOCHS )
6,31,965389,-;ACPI: RSDT 0x000000007FFE2332 000038 (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,32,965941,-;ACPI: FACP 0x000000007FFE2122 0000F4 (v03 BOCHS  BXPC     00000001 BXPC 00000001)
6,33,966676,-;ACPI: DSDT 0x000000007FFE0040 0020E2 (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,34,966790,-;ACPI: FACS 0x000000007FFE0000 000040
6,35,966875,-;ACPI: APIC 0x000000007FFE2216 000080 (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,36,966929,-;ACPI: HPET 0x000000007FFE2296 000038 (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,37,966980,-;ACPI: MCFG 0x000000007FFE22CE 00003C (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,38,967027,-;ACPI: WAET 0x000000007FFE230A 000028 (v01 BOCHS  BXPC     00000001 BXPC 00000001)
6,39,967156,-;ACPI: Reserving FACP table memory at [mem 0x7ffe2122-0x7ffe2215]
6,40,967185,-;ACPI: Reserving DSDT table memory at [mem 0x7ffe0040-0x7ffe2121]
6,41,967194,-;ACPI: Reserving FACS table memory at [mem 0x7ffe0000-0x7ffe003f]
6,42,967199,-;ACPI: Reserving APIC table memory at [mem 0x7ffe2216-0x7ffe2295]
6,43,967204,-;ACPI: Reserving HPET table memory at [mem 0x7ffe2296-0x7ffe22cd]
6,44,967209,-;ACPI: Reserving MCFG table memory at [mem 0x7ffe22ce-0x7ffe2309]
6,45,967214,-;ACPI: Reserving WAET table memory at [mem 0x7ffe230a-0x7ffe2331]
6,46,967973,-;Setting APIC routing to Xen PV.
6,47,969073,-;NUMA turned off
6,48,969095,-;Faking a node at [mem 0x0000000000000000-0x000000013fffffff]
6,49,969763,-;NODE_DATA(0) allocated [mem 0x5fa09000-0x5fa33fff]
6,50,1009693,-;Zone ranges:
6,51,1009762,-;  DMA      [mem 0x0000000000001000-0x0000000000ffffff]
6,52,1009859,-;  DMA32    [mem 0x0000000001000000-0x00000000ffffffff]
6,53,1009872,-;  Normal   [mem 0x0000000100000000-0x000000013fffffff]
6,54,1009881,-;  Device   empty
6,55,1009898,-;Movable zone start for each node
6,56,1009930,-;Early memory node ranges
6,57,1009957,-;  node   0: [mem 0x0000000000001000-0x000000000009efff]
6,58,1010103,-;  node   0: [mem 0x0000000000100000-0x000000007ffd1fff]
6,59,1010132,-;  node   0: [mem 0x0000000100000000-0x000000013fffffff]
6,60,1010344,-;Initmem setup node 0 [mem 0x0000000000001000-0x000000013fffffff]
6,61,1011323,-;On node 0, zone DMA: 1 pages in unavailable ranges
6,62,1011645,-;On node 0, zone DMA: 97 pages in unavailable ranges
6,63,1033297,-;On node 0, zone Normal: 46 pages in unavailable ranges
5,64,1033536,-;p2m virtual area at (____ptrval____), size is 40000000
6,65,1793895,-;Remapped 97 page(s)
6,66,1794789,-;ACPI: PM-Timer IO Port: 0x608
6,67,1795356,-;ACPI: LAPIC_NMI (acpi_id[0xff] dfl dfl lint[0x1])
6,68,1800342,-;IOAPIC[0]: apic_id 0, version 32, address 0xfec00000, GSI 0-23
6,69,1800545,-;ACPI: INT_SRC_OVR (bus 0 bus_irq 0 global_irq 2 dfl dfl)
6,70,1800787,-;ACPI: INT_SRC_OVR (bus 0 bus_irq 5 global_irq 5 high level)
6,71,1800831,-;ACPI: INT_SRC_OVR (bus 0 bus_irq 9 global_irq 9 high level)
6,72,1800926,-;ACPI: INT_SRC_OVR (bus 0 bus_irq 10 global_irq 10 high level)
6,73,1800935,-;ACPI: INT_SRC_OVR (bus 0 bus_irq 11 global_irq 11 high level)
6,74,1801139,-;ACPI: Using ACPI (MADT) for SMP configuration information
6,75,1801193,-;ACPI: HPET id: 0x8086a201 base: 0xfed00000
6,76,1805902,-;smpboot: Allowing 2 CPUs, 0 hotplug CPUs
6,77,1806919,-;PM: hibernation: Registered nosave memory: [mem 0x00000000-0x00000fff]
6,78,1806955,-;PM: hibernation: Registered nosave memory: [mem 0x0009f000-0x000fffff]
6,79,1807014,-;PM: hibernation: Registered nosave memory: [mem 0x7ffd2000-0xffffffff]
6,80,1807133,-;[mem 0xc0000000-0xfebfffff] available for PCI devices
6,81,1807334,-;Booting kernel on Xen
6,82,1807353,-;Xen version: 4.17.5 (preserve-AD)
6,83,1836243,-;clocksource: refined-jiffies: mask: 0xffffffff max_cycles: 0xffffffff, max_idle_ns: 7645519600211568 ns
6,84,1844754,-;setup_percpu: NR_CPUS:8192 nr_cpumask_bits:2 nr_cpu_ids:2 nr_node_ids:1
6,85,1850019,-;percpu: Embedded 62 pages/cpu s217088 r8192 d28672 u1048576
7,86,1850506,-;pcpu-alloc: s217088 r8192 d28672 u1048576 alloc=1*2097152
7,87,1850602,-;pcpu-alloc: [0] 0 1 
7,88,1852367,-;xen: PV spinlocks enabled
6,89,1852532,-;PV qspinlock hash table entries: 256 (order: 0, 4096 bytes, linear)
6,90,1853025,-;Fallback order for Node 0: 0 
6,91,1853290,-;Built 1 zonelists, mobility grouping on.  Total pages: 773985
6,92,1853307,-;Policy zone: Normal
5,93,1853371,-;Kernel command line: console=hvc0 panic=-1 
5,94,1855695,-;random: crng init done
6,95,1873082,-;Dentry cache hash table entries: 524288 (order: 10, 4194304 bytes, linear)
6,96,1879283,-;Inode-cache hash table entries: 262144 (order: 9, 2097152 bytes, linear)
6,97,1945025,-;mem auto-init: stack:all(zero), heap alloc:on, heap free:off
6,98,1945227,-;software IO TLB: area num 2.
6,99,3193415,-;Memory: 1379824K/3145152K available (14343K kernel code, 2338K rwdata, 9116K rodata, 2820K init, 17356K bss, 1765072K reserved, 0K cma-reserved)
6,100,3201420,-;SLUB: HWalign=64, Order=0-3, MinObjects=0, CPUs=2, Nodes=1
6,101,3215074,-;ftrace: allocating 40432 entries in 158 pages
6,102,3258585,-;ftrace: allocated 158 pages with 5 groups
6,103,3268693,-;Dynamic Preempt: voluntary
6,104,3278573,-;rcu: Preemptible hierarchical RCU implementation.
6,105,3278607,-;rcu: \x09RCU restricting CPUs from NR_CPUS=8192 to nr_cpu_ids=2.
6,106,3278710,-;\x09Trampoline variant of Tasks RCU enabled.
6,107,3278718,-;\x09Rude variant of Tasks RCU enabled.
6,108,3278725,-;\x09Tracing variant of Tasks RCU enabled.
6,109,3278805,-;rcu: RCU calculated value of scheduler-enlistment delay is 25 jiffies.
6,110,3278830,-;rcu: Adjusting geometry for rcu_fanout_leaf=16, nr_cpu_ids=2
6,111,3312708,-;NR_IRQS: 524544, nr_irqs: 440, preallocated irqs: 16
6,112,3330516,-;xen:events: Using FIFO-based ABI
7,113,3337190,-;xen: --> pirq=1 -> irq=1 (gsi=1)
7,114,3337339,-;xen: --> pirq=2 -> irq=2 (gsi=2)
7,115,3337363,-;xen: --> pirq=3 -> irq=3 (gsi=3)
7,116,3337382,-;xen: --> pirq=4 -> irq=4 (gsi=4)
7,117,3337616,-;xen: --> pirq=5 -> irq=5 (gsi=5)
7,118,3337639,-;xen: --> pirq=6 -> irq=6 (gsi=6)
7,119,3337656,-;xen: --> pirq=7 -> irq=7 (gsi=7)
7,120,3337671,-;xen: --> pirq=8 -> irq=8 (gsi=8)
7,121,3337684,-;xen: --> pirq=9 -> irq=9 (gsi=9)
7,122,3337697,-;xen: --> pirq=10 -> irq=10 (gsi=10)
7,123,3337713,-;xen: --> pirq=11 -> irq=11 (gsi=11)
7,124,3337725,-;xen: --> pirq=12 -> irq=12 (gsi=12)
7,125,3337737,-;xen: --> pirq=13 -> irq=13 (gsi=13)
7,126,3337747,-;xen: --> pirq=14 -> irq=14 (gsi=14)
7,127,3337758,-;xen: --> pirq=15 -> irq=15 (gsi=15)
6,128,3338261,-;rcu: srcu_init: Setting srcu_struct sizes based on contention.
6,129,3364830,-;Console: colour VGA+ 80x25
6,130,3482723,-;printk: console [tty0] enabled
6,131,3495641,-;printk: console [hvc0] enabled
6,132,3498325,-;ACPI: Core revision 20220331
6,133,3504236,-;clocksource: xen: mask: 0xffffffffffffffff max_cycles: 0x1cd42e4dffb, max_idle_ns: 881590591483 ns
7,134,3505515,-;Xen: using vcpuop timer interface
6,135,3511432,-;installing Xen timer for CPU 0
6,136,3516437,-;tsc: Marking TSC unstable due to TSCs unsynchronized
6,137,3517655,-;Calibrating delay loop (skipped), value calculated using timer frequency.. 5199.96 BogoMIPS (lpj=10399920)
6,138,3526159,-;Last level iTLB entries: 4KB 512, 2MB 255, 4MB 127
6,139,3527144,-;Last level dTLB entries: 4KB 512, 2MB 255, 4MB 127, 1GB 0
6,140,3528566,-;Spectre V1 : Mitigation: usercopy/swapgs barriers and __user pointer sanitization
6,141,3529710,-;Spectre V2 : Mitigation: Retpolines
6,142,3530598,-;Spectre V2 : Spectre v2 / SpectreRSB: Filling RSB on context switch and VMEXIT
6,143,3540295,-;x86/fpu: Supporting XSAVE feature 0x001: 'x87 floating point registers'
6,144,3545848,-;x86/fpu: Supporting XSAVE feature 0x002: 'SSE registers'
6,145,3546815,-;x86/fpu: Supporting XSAVE feature 0x004: 'AVX registers'
6,146,3549770,-;x86/fpu: xstate_offset[2]:  576, xstate_sizes[2]:  256
6,147,3551037,-;x86/fpu: Enabled xstate features 0x7, context size is 832 bytes, using 'standard' format.
6,148,3704014,-;Freeing SMP alternatives memory: 36K
6,149,3706060,-;pid_max: default: 32768 minimum: 301
6,150,3715432,-;LSM: Security Framework initializing
6,151,3718866,-;landlock: Up and running.
6,152,3719848,-;Yama: disabled by default; enable with sysctl kernel.yama.*
6,153,3730223,-;AppArmor: AppArmor initialized
6,154,3733316,-;TOMOYO Linux initialized
6,155,3734079,-;LSM support for eBPF active
6,156,3742554,-;Mount-cache hash table entries: 8192 (order: 4, 65536 bytes, linear)
6,157,3745843,-;Mountpoint-cache hash table entries: 8192 (order: 4, 65536 bytes, linear)
4,158,3797533,-;cpu 0 spinlock event irq 25
6,159,3800227,-;VPMU disabled by hypervisor.
6,160,3816351,-;cblist_init_generic: Setting adjustable number of callback queues.
6,161,3817622,-;cblist_init_generic: Setting shift to 1 and lim to 1.
6,162,3821703,-;cblist_init_generic: Setting adjustable number of callback queues.
6,163,3822821,-;cblist_init_generic: Setting shift to 1 and lim to 1.
6,164,3824332,-;cblist_init_generic: Setting adjustable number of callback queues.
6,165,3825312,-;cblist_init_generic: Setting shift to 1 and lim to 1.
6,166,3826989,-;Performance Events: PMU not available due to virtualization, using software events only.
6,167,3831570,-;signal: max sigframe size: 1776
6,168,3834792,-;rcu: Hierarchical SRCU implementation.
6,169,3835809,-;rcu: \x09Max phase no-delay instances is 1000.
6,170,3846866,-;NMI watchdog: Perf NMI watchdog permanently disabled
6,171,3855221,-;smp: Bringing up secondary CPUs ...
6,172,3866569,-;installing Xen timer for CPU 1
4,173,3885079,-;cpu 1 spinlock event irq 35
6,174,3892634,-;smp: Brought up 1 node, 2 CPUs
6,175,3893650,-;smpboot: Max logical packages: 1
6,176,3929599,-;devtmpfs: initialized
6,177,3935438,-;x86/mm: Memory block size: 128MB
6,178,3946990,-;clocksource: jiffies: mask: 0xffffffff max_cycles: 0xffffffff, max_idle_ns: 7645041785100000 ns
6,179,3948704,-;futex hash table entries: 512 (order: 3, 32768 bytes, linear)
6,180,3949533,-;pinctrl core: initialized pinctrl subsystem
6,181,3965160,-;NET: Registered PF_NETLINK/PF_ROUTE protocol family
6,182,3965608,-;xen:grant_table: Grant tables using version 1 layout
4,183,3968155,-;Grant table initialized
6,184,3969533,-;DMA: preallocated 256 KiB GFP_KERNEL pool for atomic allocations
6,185,3969533,-;DMA: preallocated 256 KiB GFP_KERNEL|GFP_DMA pool for atomic allocations
6,186,3974814,-;DMA: preallocated 256 KiB GFP_KERNEL|GFP_DMA32 pool for atomic allocations
6,187,3976596,-;audit: initializing netlink subsys (disabled)
5,188,3982211,-;audit: type=2000 audit(1795238018.995:1): state=initialized audit_enabled=0 res=1
6,189,3998741,-;thermal_sys: Registered thermal governor 'fair_share'
6,190,3998741,-;thermal_sys: Registered thermal governor 'bang_bang'
6,191,3998775,-;thermal_sys: Registered thermal governor 'step_wise'
6,192,3999565,-;thermal_sys: Registered thermal governor 'user_space'
6,193,4000655,-;thermal_sys: Registered thermal governor 'power_allocator'
6,194,4001533,-;acpiphp: ACPI Hot Plug PCI Controller Driver version: 0.5
6,195,4005533,-;PCI: MMCONFIG for domain 0000 [bus 00-ff] at [mem 0xb0000000-0xbfffffff] (base 0xb0000000)
6,196,4009683,-;PCI: MMCONFIG at [mem 0xb0000000-0xbfffffff] reserved in E820
6,197,4273533,-;PCI: Using configuration type 1 for base access
6,198,4295007,-;kprobes: kprobe jump-optimization is enabled. All kprobes are optimized if possible.
6,199,4357536,-;ACPI: Added _OSI(Module Device)
6,200,4358721,-;ACPI: Added _OSI(Processor Device)
6,201,4361533,-;ACPI: Added _OSI(Processor Aggregator Device)
6,202,4377533,-;ACPI: 1 ACPI AML tables successfully acquired and loaded
7,203,4383289,-;xen: registering gsi 9 triggering 0 polarity 0
6,204,4406282,-;ACPI: Interpreter enabled
6,205,4408253,-;ACPI: PM: (supports S0 S3 S4 S5)
6,206,4408253,-;ACPI: Using IOAPIC for interrupt routing
6,207,4408455,-;PCI: Using host bridge windows from ACPI; if necessary, use "pci=nocrs" and report a bug
6,208,4409533,-;PCI: Using E820 reservations for host bridge windows
6,209,4409533,-;ACPI: Enabled 2 GPEs in block 00 to 3F
6,210,4437533,-;ACPI: PCI Root Bridge [PCI0] (domain 0000 [bus 00-ff])
6,211,4441533,-;acpi PNP0A08:00: _OSC: OS supports [ExtendedConfig ASPM ClockPM Segments MSI HPX-Type3]
 SUBSYSTEM=acpi
 DEVICE=+acpi:PNP0A08:00
6,212,4441533,-;acpi PNP0A08:00: _OSC: platform does not support [PCIeHotplug LTR]
 SUBSYSTEM=acpi
 DEVICE=+acpi:PNP0A08:00
6,213,4441533,-;acpi PNP0A08:00: _OSC: OS now controls [SHPCHotplug PME AER PCIeCapability]
 SUBSYSTEM=acpi
 DEVICE=+acpi:PNP0A08:00
6,214,4449533,-;PCI host bridge to bus 0000:00
6,215,4450583,-;pci_bus 0000:00: root bus resource [io  0x0000-0x0cf7 window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,216,4451489,-;pci_bus 0000:00: root bus resource [io  0x0d00-0xffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,217,4452280,-;pci_bus 0000:00: root bus resource [mem 0x000a0000-0x000bffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,218,4453533,-;pci_bus 0000:00: root bus resource [mem 0x80000000-0xafffffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,219,4456993,-;pci_bus 0000:00: root bus resource [mem 0xc0000000-0xfebfffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,220,4457533,-;pci_bus 0000:00: root bus resource [mem 0x140000000-0x93fffffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,221,4457533,-;pci_bus 0000:00: root bus resource [bus 00-ff]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,222,4457533,-;pci 0000:00:00.0: [8086:29c0] type 00 class 0x060000
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:00.0
6,223,4465533,-;pci 0000:00:01.0: [1af4:1001] type 00 class 0x010000
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:01.0
6,224,4469533,-;pci 0000:00:01.0: BAR 0 [io  0xc000-0xc07f]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:01.0
6,225,4469533,-;pci 0000:00:01.0: BAR 1 [mem 0xfebf0000-0xfebf0fff]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:01.0
6,226,4477533,-;pci 0000:00:01.0: BAR 4 [mem 0xfebf4000-0xfebf7fff 64bit pref]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:01.0
6,227,4477533,-;pci 0000:00:02.0: [1b36:0010] type 00 class 0x010802
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:02.0
6,228,4477533,-;pci 0000:00:02.0: BAR 0 [mem 0xfebec000-0xfebeffff 64bit]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:02.0
6,229,4485533,-;pci 0000:00:03.0: [1af4:1042] type 00 class 0x010000
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:03.0
6,230,4493533,-;pci 0000:00:03.0: BAR 1 [mem 0xfebf1000-0xfebf1fff]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:03.0
6,231,4493533,-;pci 0000:00:03.0: BAR 4 [mem 0xfebf8000-0xfebfbfff 64bit pref]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:03.0
6,232,4501533,-;pci 0000:00:04.0: [1af4:1041] type 00 class 0x020000
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:04.0
6,233,4501533,-;pci 0000:00:04.0: BAR 1 [mem 0xfebf2000-0xfebf2fff]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:04.0
6,234,4509533,-;pci 0000:00:04.0: BAR 4 [mem 0xfebfc000-0xfebfffff 64bit pref]
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:04.0
6,235,4509533,-;pci 0000:00:1f.0: [8086:2918] type 00 class 0x060100
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:1f.0
6,236,4517533,-;pci 0000:00:1f.0: quirk: [io  0x0600-0x067f] claimed by ICH6 ACPI/GPIO/TCO
 SUBSYSTEM=pci
 DEVICE=+pci:0000:00:1f.0
6,237,4521533,-;ACPI: PCI: Interrupt link LNKA configured for IRQ 10
6,238,4521533,-;ACPI: PCI: Interrupt link LNKB configured for IRQ 10
6,239,4521533,-;ACPI: PCI: Interrupt link LNKC configured for IRQ 11
6,240,4522322,-;ACPI: PCI: Interrupt link LNKD configured for IRQ 11
6,241,4525533,-;ACPI: PCI: Interrupt link LNKE configured for IRQ 10
6,242,4525533,-;ACPI: PCI: Interrupt link LNKF configured for IRQ 10
6,243,4525533,-;ACPI: PCI: Interrupt link LNKG configured for IRQ 11
6,244,4529533,-;ACPI: PCI: Interrupt link LNKH configured for IRQ 11
6,245,4529533,-;ACPI: PCI: Interrupt link GSIA configured for IRQ 16
6,246,4529533,-;ACPI: PCI: Interrupt link GSIB configured for IRQ 17
6,247,4529533,-;ACPI: PCI: Interrupt link GSIC configured for IRQ 18
6,248,4533533,-;ACPI: PCI: Interrupt link GSID configured for IRQ 19
6,249,4533533,-;ACPI: PCI: Interrupt link GSIE configured for IRQ 20
6,250,4533533,-;ACPI: PCI: Interrupt link GSIF configured for IRQ 21
6,251,4533533,-;ACPI: PCI: Interrupt link GSIG configured for IRQ 22
6,252,4537533,-;ACPI: PCI: Interrupt link GSIH configured for IRQ 23
6,253,4541533,-;xen:balloon: Initialising balloon driver
6,254,4626363,-;iommu: Default domain type: Translated 
6,255,4627317,-;iommu: DMA domain TLB invalidation policy: lazy mode 
6,256,4630952,-;pps_core: LinuxPPS API ver. 1 registered
6,257,4631978,-;pps_core: Software ver. 5.3.6 - Copyright 2005-2007 Rodolfo Giometti <giometti@linux.it>
6,258,4633387,-;PTP clock support registered
6,259,4633925,-;EDAC MC: Ver: 3.0.0
6,260,4661533,-;NetLabel: Initializing
6,261,4661533,-;NetLabel:  domain hash size = 128
6,262,4661533,-;NetLabel:  protocols = UNLABELED CIPSOv4 CALIPSO
6,263,4665533,-;NetLabel:  unlabeled traffic allowed by default
6,264,4665533,-;PCI: Using ACPI for IRQ routing
7,265,4705533,-;PCI: pci_cache_line_size set to 64 bytes
7,266,4705533,-;e820: reserve RAM buffer [mem 0x0009f000-0x0009ffff]
7,267,4705533,-;e820: reserve RAM buffer [mem 0x7ffd2000-0x7fffffff]
6,268,4725533,-;vgaarb: loaded
6,269,4851139,-;clocksource: Switched to clocksource xen
5,270,5207308,-;VFS: Disk quotas dquot_6.6.0
6,271,5243722,-;VFS: Dquot-cache hash table entries: 512 (order 0, 4096 bytes)
6,272,5250170,-;hugetlbfs: disabling because there are no supported hugepage sizes
6,273,5256317,-;AppArmor: AppArmor Filesystem Enabled
6,274,5262054,-;pnp: PnP ACPI init
7,275,5272454,-;xen: registering gsi 1 triggering 1 polarity 0
7,276,5273384,-;xen: registering gsi 12 triggering 1 polarity 0
7,277,5273586,-;xen: registering gsi 7 triggering 1 polarity 0
7,278,5273755,-;xen: registering gsi 4 triggering 1 polarity 0
6,279,5273798,-;Already setup the GSI :4
7,280,5278191,-;xen: registering gsi 8 triggering 1 polarity 0
6,281,5279519,-;system 00:05: [mem 0xb0000000-0xbfffffff window] has been reserved
 SUBSYSTEM=pnp
 DEVICE=+pnp:00:05
6,282,5295035,-;pnp: PnP ACPI: found 6 devices
6,283,6888377,-;PM-Timer failed consistency check  (0xffffff) - aborting.
6,284,6890628,-;NET: Registered PF_INET protocol family
6,285,6907433,-;IP idents hash table entries: 65536 (order: 7, 524288 bytes, linear)
6,286,7006282,-;tcp_listen_portaddr_hash hash table entries: 2048 (order: 3, 32768 bytes, linear)
6,287,7008856,-;Table-perturb hash table entries: 65536 (order: 6, 262144 bytes, linear)
6,288,7010608,-;TCP established hash table entries: 32768 (order: 6, 262144 bytes, linear)
6,289,7019849,-;TCP bind hash table entries: 32768 (order: 8, 1048576 bytes, linear)
6,290,7021901,-;TCP: Hash tables configured (established 32768 bind 32768)
6,291,7025148,-;MPTCP token hash table entries: 4096 (order: 5, 98304 bytes, linear)
6,292,7026896,-;UDP hash table entries: 2048 (order: 4, 65536 bytes, linear)
6,293,7028317,-;UDP-Lite hash table entries: 2048 (order: 4, 65536 bytes, linear)
6,294,7030849,-;NET: Registered PF_UNIX/PF_LOCAL protocol family
6,295,7032588,-;NET: Registered PF_XDP protocol family
6,296,7040868,-;pci_bus 0000:00: resource 4 [io  0x0000-0x0cf7 window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,297,7041868,-;pci_bus 0000:00: resource 5 [io  0x0d00-0xffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,298,7042708,-;pci_bus 0000:00: resource 6 [mem 0x000a0000-0x000bffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,299,7044379,-;pci_bus 0000:00: resource 7 [mem 0x80000000-0xafffffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,300,7045557,-;pci_bus 0000:00: resource 8 [mem 0xc0000000-0xfebfffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,301,7046437,-;pci_bus 0000:00: resource 9 [mem 0x140000000-0x93fffffff window]
 SUBSYSTEM=pci_bus
 DEVICE=+pci_bus:0000:00
6,302,7048180,-;PCI: CLS 0 bytes, default 64
6,303,7073700,-;PCI-DMA: Using software bounce buffering for IO (SWIOTLB)
6,304,7076081,-;software IO TLB: mapped [mem 0x0000000057c00000-0x000000005bc00000] (64MB)
6,305,7088232,-;Trying to unpack rootfs image as initramfs...
5,306,7105813,-;Initialise system trusted keyrings
5,307,7110936,-;Key type blacklist registered
6,308,7118052,-;workingset: timestamp_bits=36 max_order=19 bucket_order=0
6,309,7135439,-;zbud: loaded
5,310,7141776,-;integrity: Platform Keyring initialized
5,311,7142978,-;integrity: Machine keyring initialized
5,312,7144116,-;Key type asymmetric registered
5,313,7145155,-;Asymmetric key parser 'x509' registered
6,314,7551470,-;Freeing initrd memory: 4660K
6,315,7969003,-;alg: self-tests for CTR-KDF (hmac(sha256)) passed
6,316,7969433,-;Block layer SCSI generic (bsg) driver version 0.4 loaded (major 248)
6,317,7971511,-;io scheduler mq-deadline registered
6,318,8199751,-;shpchp: Standard Hot Plug PCI Controller Driver version: 0.4
6,319,8450834,-;xen_mcelog: /dev/mcelog registered by Xen
6,320,8842498,-;Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled
4,321,9145877,-;hpet_acpi_add: no address or irqs in _CRS
6,322,9145877,-;Linux agpgart interface v0.103
6,323,9145877,-;AMD-Vi: AMD IOMMUv2 functionality not available on this system - This is not a bug.
6,324,9245106,-;i8042: PNP: PS/2 Controller [PNP0303:KBD,PNP0f13:MOU] at 0x60,0x64 irq 1,12
6,325,9305272,-;serio: i8042 KBD port at 0x60,0x64 irq 1
6,326,9308358,-;serio: i8042 AUX port at 0x60,0x64 irq 12
6,327,9351198,-;mousedev: PS/2 mouse device common for all mice
6,328,9358108,-;rtc_cmos 00:04: RTC can wake from S4
 SUBSYSTEM=pnp
 DEVICE=+pnp:00:04
6,329,9367459,-;rtc_cmos 00:04: registered as rtc0
 SUBSYSTEM=pnp
 DEVICE=+pnp:00:04
6,330,9368826,-;rtc_cmos 00:04: setting system clock to 2026-11-21T05:13:45 UTC (1795238025)
 SUBSYSTEM=pnp
 DEVICE=+pnp:00:04
6,331,9357724,-;input: AT Translated Set 2 keyboard as /devices/platform/i8042/serio0/input/input0
6,332,9374433,-;rtc_cmos 00:04: alarms up to one day, y3k, 242 bytes nvram
 SUBSYSTEM=pnp
 DEVICE=+pnp:00:04
6,333,9381575,-;ledtrig-cpu: registered to indicate activity on CPUs
6,334,9721479,-;NET: Registered PF_INET6 protocol family
6,335,9935442,-;Segment Routing with IPv6
6,336,9936770,-;In-situ OAM (IOAM) with IPv6
6,337,9938277,-;mip6: Mobile IPv6
6,338,9940801,-;NET: Registered PF_PACKET protocol family
6,339,9947378,-;mpls_gso: MPLS GSO support
6,340,10013126,-;IPI shorthand broadcast: enabled
6,341,10014967,-;sched_clock: Marking stable (9833059248, 179040515)->(11878644411, -1866544648)
6,342,10042393,-;registered taskstats version 1
5,343,10044241,-;Loading compiled-in X.509 certificates
5,344,10325260,-;Loaded X.509 cert 'Build time autogenerated kernel key: 0a219777213e78bd031a2420db649c60888ff27d'
6,345,10383313,-;zswap: loaded using pool lzo/zbud
5,346,10506617,-;Key type .fscrypt registered
5,347,10511289,-;Key type fscrypt-provisioning registered
5,348,10651710,-;Key type encrypted registered
6,349,10665536,-;AppArmor: AppArmor sha1 policy hashing enabled
6,350,10665536,-;ima: No TPM chip found, activating TPM-bypass!
6,351,10668316,-;ima: Allocated hash algorithm: sha256
6,352,10668485,-;ima: No architecture policies found
6,353,10671788,-;evm: Initialising EVM extended attributes:
6,354,10671788,-;evm: security.selinux
6,355,10674587,-;evm: security.SMACK64 (disabled)
6,356,10675291,-;evm: security.SMACK64EXEC (disabled)
6,357,10675291,-;evm: security.SMACK64TRANSMUTE (disabled)
6,358,10675291,-;evm: security.SMACK64MMAP (disabled)
6,359,10675291,-;evm: security.apparmor
6,360,10675291,-;evm: security.ima
6,361,10675291,-;evm: security.capability
6,362,10684877,-;evm: HMAC attrs: 0x1
6,363,11957588,-;clk: Disabling unused clocks
6,364,11986409,-;Freeing unused decrypted memory: 2036K
6,365,12059052,-;Freeing unused kernel image (initmem) memory: 2820K
6,366,12060433,-;Write protecting the kernel read-only data: 26624k
6,367,12108202,-;Freeing unused kernel image (text/rodata gap) memory: 2040K
6,368,12116865,-;Freeing unused kernel image (rodata/data gap) memory: 1124K
6,369,13658744,-;x86/mm: Checked W+X mappings: passed, no W+X pages found.
6,370,13677312,-;Run /init as init process
7,371,13680437,-;  with arguments:
7,372,13680615,-;    /init
7,373,13680700,-;  with environment:
7,374,13680791,-;    HOME=/
7,375,13680824,-;    TERM=linux
6,376,14862604,-;xen:xen_evtchn: Event-channel device installed
6,377,18175208,-;ACPI: \x5c_SB_.GSIF: Enabled at IRQ 21
7,378,18175208,-;xen: registering gsi 21 triggering 0 polarity 0
7,379,18175208,-;xen: --> pirq=21 -> irq=21 (gsi=21)
6,380,18183029,-;ACPI: \x5c_SB_.GSIH: Enabled at IRQ 23
7,381,18183029,-;xen: registering gsi 23 triggering 0 polarity 0
7,382,18183029,-;xen: --> pirq=23 -> irq=23 (gsi=23)
6,383,18187380,-;ACPI: \x5c_SB_.GSIE: Enabled at IRQ 20
7,384,18187380,-;xen: registering gsi 20 triggering 0 polarity 0
7,385,18187380,-;xen: --> pirq=20 -> irq=20 (gsi=20)
6,386,19757945,-;virtio_blk virtio0: 2/0/0 default/read/poll queues
 SUBSYSTEM=virtio
 DEVICE=+virtio:virtio0
5,387,19828865,-;virtio_blk virtio0: [vda] 32768 512-byte logical blocks (16.8 MB/16.0 MiB)
 SUBSYSTEM=virtio
 DEVICE=+virtio:virtio0
6,388,19932056,-;virtio_blk virtio1: 2/0/0 default/read/poll queues
 SUBSYSTEM=virtio
 DEVICE=+virtio:virtio1
5,389,20002322,-;virtio_blk virtio1: [vdb] 32768 512-byte logical blocks (16.8 MB/16.0 MiB)
 SUBSYSTEM=virtio
 DEVICE=+virtio:virtio1
6,390,21858587,-;nvme nvme0: pci function 0000:00:02.0
 SUBSYSTEM=nvme
 DEVICE=c246:0
6,391,21936476,-;ACPI: \x5c_SB_.GSIG: Enabled at IRQ 22
7,392,21936574,-;xen: registering gsi 22 triggering 0 polarity 0
7,393,21936876,-;xen: --> pirq=22 -> irq=22 (gsi=22)
6,394,22347928,-;nvme nvme0: 2/0/0 default/read/poll queues
 SUBSYSTEM=nvme
 DEVICE=c246:0
6,395,22367751,-;nvme nvme0: Ignoring bogus Namespace Identifiers
 SUBSYSTEM=nvme
 DEVICE=c246:0

logs	ok	files and the journal		95
boot_id=a299102b9b54494e9b731752f267621e
ring=whole
/var/log/xen/console/hypervisor.log!absent

tools	ok	files and /proc		194
xl=/usr/sbin/xl
xl_binary=/usr/sbin/xl
xl_libxenctrl=/lib/x86_64-linux-gnu/libxenctrl.so.4.17
xl_release=4.17
process=xenstored 115 4.17 /usr/lib/x86_64-linux-gnu/libxenctrl.so.4.17
processes=1

xen:interfaces	ok	libxencall		80
domctl=21
sysctl=21
library=4.17
library_domctl=21
library_sysctl=21
accepted=1

xen:version	ok	libxencall		206
major=4
minor=17
extra=.5
capabilities=xen-3.0-x86_64 hvm-3.0-x86_32 hvm-3.0-x86_32p hvm-3.0-x86_64 
changeset=
command_line=console=com1 com1=115200 dom0_mem=1536M bootscrub=0 loglvl=all guest_loglvl=all 

xen:physinfo	ok	libxenctrl		96
directio=0
hvm=1
pv=1
hap=1
iommu_hap_pt_share=0
nr_cpus=2
total_pages=786289
free_pages=384545

xen:domains	ok	libxenctrl		10
0=running

xen:console	ok	libxenctrl		7736
(XEN) Xen version 4.17.5 (Debian 4.17.5+72-g01140da4e8-1) (pkg-xen-devel@lists.alioth.debian.org) (x86_64-linux-gnu-gcc (Debian 12.2.0-14+deb12u1) 12.2.0) debug=n Sat Nov 29 13:52:25 UTC 2025
(XEN) build-id: 39a640e6f1412319235087391df9f1c5e13ae920
(XEN) Bootloader: qemu
(XEN) Command line: console=com1 com1=115200 dom0_mem=1536M bootscrub=0 loglvl=all guest_loglvl=all 
(XEN) Xen image load base address: 0
(XEN) Video information:
(XEN)  No VGA detected
(XEN) Disc information:
(XEN)  Found 0 MBR signatures
(XEN)  Found 3 EDD information structures
(XEN) CPU Vendor: AMD, Family 15 (0xf), Model 107 (0x6b), Stepping 1 (raw 00060fb1)
(XEN) Xen-e820 RAM map:
(XEN)  [0000000000000000, 000000000009fbff] (usable)
(XEN)  [000000000009fc00, 000000000009ffff] (reserved)
(XEN)  [00000000000f0000, 00000000000fffff] (reserved)
(XEN)  [0000000000100000, 000000007ffd1fff] (usable)
(XEN)  [000000007ffd2000, 000000007fffffff] (reserved)
(XEN)  [00000000b0000000, 00000000bfffffff] (reserved)
(XEN)  [00000000fed1c000, 00000000fed1ffff] (reserved)
(XEN)  [00000000fffc0000, 00000000ffffffff] (reserved)
(XEN)  [0000000100000000, 000000013fffffff] (usable)
(XEN)  [000000fd00000000, 000000ffffffffff] (reserved)
(XEN) New Xen image base address: 0x7f800000
(XEN) ACPI: RSDP 000F59B0, 0014 (r0 BOCHS )
(XEN) ACPI: RSDT 7FFE2332, 0038 (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: FACP 7FFE2122, 00F4 (r3 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: DSDT 7FFE0040, 20E2 (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: FACS 7FFE0000, 0040
(XEN) ACPI: APIC 7FFE2216, 0080 (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: HPET 7FFE2296, 0038 (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: MCFG 7FFE22CE, 003C (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) ACPI: WAET 7FFE230A, 0028 (r1 BOCHS  BXPC            1 BXPC        1)
(XEN) System RAM: 3071MB (3145156kB)
(XEN) No NUMA configuration found
(XEN) Faking a node at 0000000000000000-0000000140000000
(XEN) Domain heap initialised
(XEN) found SMP MP-table at 000f5b90
(XEN) DMI 2.8 present.
(XEN) Using APIC driver default
(XEN) ACPI: PM-Timer IO Port: 0x608 (24 bits)
(XEN) ACPI: SLEEP INFO: pm1x_cnt[1:604,1:0], pm1x_evt[1:600,1:0]
(XEN) ACPI: 32/64X FACS address mismatch in FADT - 7ffe0000/0000000000000000, using 32
(XEN) ACPI:             wakeup_vec[7ffe000c], vec_size[20]
(XEN) ACPI: Local APIC address 0xfee00000
(XEN) ACPI: IOAPIC (id[0x00] address[0xfec00000] gsi_base[0])
(XEN) IOAPIC[0]: apic_id 0, version 32, address 0xfec00000, GSI 0-23
(XEN) ACPI: INT_SRC_OVR (bus 0 bus_irq 0 global_irq 2 dfl dfl)
(XEN) ACPI: INT_SRC_OVR (bus 0 bus_irq 5 global_irq 5 high level)
(XEN) ACPI: INT_SRC_OVR (bus 0 bus_irq 9 global_irq 9 high level)
(XEN) ACPI: INT_SRC_OVR (bus 0 bus_irq 10 global_irq 10 high level)
(XEN) ACPI: INT_SRC_OVR (bus 0 bus_irq 11 global_irq 11 high level)
(XEN) ACPI: IRQ0 used by override.
(XEN) ACPI: IRQ2 used by override.
(XEN) ACPI: IRQ5 used by override.
(XEN) ACPI: IRQ9 used by override.
(XEN) ACPI: IRQ10 used by override.
(XEN) ACPI: IRQ11 used by override.
(XEN) ACPI: HPET id: 0x8086a201 base: 0xfed00000
(XEN) PCI: MCFG configuration 0: base b0000000 segment 0000 buses 00 - ff
(XEN) PCI: MCFG area at b0000000 reserved in E820
(XEN) PCI: Using MCFG for segment 0000 bus 00-ff
(XEN) Using ACPI (MADT) for SMP configuration information
(XEN) SMP: Allowing 2 CPUs (0 hotplug CPUs)
(XEN) IRQ limits: 24 GSI, 392 MSI/MSI-X
(XEN) Microcode loading not available
(XEN) No SSBD controls available
(XEN) xstate: size: 0xa88 and states: 0x21f
(XEN) CPU0: AMD K8 machine check reporting enabled
(XEN) Speculative mitigation facilities:
(XEN)   Hardware hints:
(XEN)   Hardware features:
(XEN)   Compiled-in support: INDIRECT_THUNK RETURN_THUNK SHADOW_PAGING HARDEN_ARRAY HARDEN_BRANCH HARDEN_GUEST_ACCESS HARDEN_LOCK
(XEN)   Xen settings: BTI-Thunk: RETPOLINE, SPEC_CTRL: No, Other: BRANCH_HARDEN
(XEN)   Support for HVM VMs: RSB
(XEN)   Support for PV VMs: None
(XEN)   XPTI (64-bit PV only): Dom0 disabled, DomU disabled (without PCID)
(XEN)   PV L1TF shadowing: Dom0 disabled, DomU disabled
(XEN) Using scheduler: SMP Credit Scheduler rev2 (credit2)
(XEN) Initializing Credit2 scheduler
(XEN)  load_precision_shift: 18
(XEN)  load_window_shift: 30
(XEN)  underload_balance_tolerance: 0
(XEN)  overload_balance_tolerance: -3
(XEN)  runqueues arrangement: socket
(XEN)  cap enforcement granularity: 10ms
(XEN) load tracking window length 1073741824 ns
(XEN) Platform timer is 100.000MHz HPET
(XEN) Detected 2600.000 MHz processor.
(XEN) Freed 1024kB unused BSS memory
(XEN) alt table ffff82d04046ae10 -> ffff82d04047bb12
(XEN) I/O virtualisation disabled
(XEN) nr_sockets: 1
(XEN) Enabling APIC mode.  Using 1 I/O APICs
(XEN) ENABLING IO-APIC IRQs
(XEN)  -> Using new ACK method
(XEN) ..TIMER: vector=0xF0 apic1=0 pin1=2 apic2=-1 pin2=-1
(XEN) TSC only partially writable
(XEN) Allocated console ring of 16 KiB.
(XEN) mwait-idle: does not run on family 15 model 107
(XEN) HVM: ASIDs enabled.
(XEN) SVM: Supported advanced features:
(XEN)  - Nested Page Tables (NPT)
(XEN)  - Virtual GIF
(XEN) HVM: SVM enabled
(XEN) HVM: Hardware Assisted Paging (HAP) detected
(XEN) HVM: HAP page sizes: 4kB, 2MB, 1GB
(XEN) alt table ffff82d04046ae10 -> ffff82d04047bb12
(XEN) Brought up 2 CPUs
(XEN) Scheduling granularity: cpu, 1 CPU per sched-resource
(XEN) Initializing Credit2 scheduler
(XEN)  load_precision_shift: 18
(XEN)  load_window_shift: 30
(XEN)  underload_balance_tolerance: 0
(XEN)  overload_balance_tolerance: -3
(XEN)  runqueues arrangement: socket
(XEN)  cap enforcement granularity: 10ms
(XEN) load tracking window length 1073741824 ns
(XEN) Adding cpu 0 to runqueue 0
(XEN)  First cpu on runqueue, activating
(XEN) Adding cpu 1 to runqueue 0
(XEN) mcheck_poll: Machine check polling timer started.
(XEN) mtrr: your CPUs had inconsistent fixed MTRR settings
(XEN) mtrr: your CPUs had inconsistent variable MTRR settings
(XEN) mtrr: your CPUs had inconsistent MTRRdefType settings
(XEN) mtrr: probably your BIOS does not setup all CPUs.
(XEN) mtrr: corrected configuration.
(XEN) MTRR default type: write-back
(XEN) MTRR fixed ranges enabled:
(XEN)   00000-9ffff write-back
(XEN)   a0000-bffff uncachable
(XEN)   c0000-fffff write-protect
(XEN) MTRR variable ranges enabled:
(XEN)   0 base 00c0000000 mask ffc0000000 uncachable
(XEN)   1 disabled
(XEN)   2 disabled
(XEN)   3 disabled
(XEN)   4 disabled
(XEN)   5 disabled
(XEN)   6 disabled
(XEN)   7 disabled
(XEN) NX (Execute Disable) protection active
(XEN) d0 has maximum 416 PIRQs
(XEN) *** Building a PV Dom0 ***
(XEN)  Xen  kernel: 64-bit, lsb
(XEN)  Dom0 kernel: 64-bit, PAE, lsb, paddr 0x1000000 -> 0x4a00000
(XEN) PHYSICAL MEMORY ARRANGEMENT:
(XEN)  Dom0 alloc.:   0000000130000000->0000000138000000 (359283 pages to be allocated)
(XEN)  Init. ramdisk: 000000013fb73000->000000013ffffbc8
(XEN) VIRTUAL MEMORY ARRANGEMENT:
(XEN)  Loaded kernel: ffffffff81000000->ffffffff84a00000
(XEN)  Phys-Mach map: 0000008000000000->0000008000300000
(XEN)  Start info:    ffffffff84a00000->ffffffff84a004b8
(XEN)  Page tables:   ffffffff84a01000->ffffffff84a2a000
(XEN)  Boot stack:    ffffffff84a2a000->ffffffff84a2b000
(XEN)  TOTAL:         ffffffff80000000->ffffffff84c00000
(XEN)  ENTRY ADDRESS: ffffffff830771c0
(XEN) Dom0 has maximum 2 VCPUs
(XEN) Initial low memory virq threshold set at 0x4000 pages.
(XEN) Std. Loglevel: All
(XEN) Guest Loglevel: All
(XEN) *** Serial input to DOM0 (type 'CTRL-a' three times to switch input)
(XEN) Freed 668kB init memory
(XEN) PCI add device 0000:00:00.0
(XEN) PCI add device 0000:00:01.0
(XEN) PCI add device 0000:00:02.0
(XEN) PCI add device 0000:00:03.0
(XEN) PCI add device 0000:00:04.0
(XEN) PCI add device 0000:00:1f.0

xen	ok	/dev/xen/privcmd		0

xenstore:/local/domain	ok	/var/run/xenstored/socket		16
0/name=Domain-0

xenstore:/local/domain/0/backend	absent	/var/run/xenstored/socket	No such file or directory	0

xenstore:/tool/xenstored	ok	/var/run/xenstored/socket		0

xenstore	ok	/var/run/xenstored/socket		0

udev	absent	/run/udev/data		0

dma:/devices/LNXSYSTM:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXPWRBN:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/ACPI0010:00/LNXCPU:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0103:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/PNP0A06:02	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/QEMU0002:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:02	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:03	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:04	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0303:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0400:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0501:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0B00:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/device:05/PNP0F13:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C01:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:02	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:03	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:04	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:05	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:06	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:07	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:08	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:09	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0a	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0b	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0c	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0d	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0e	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0C0F:0f	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/LNXSYSTM:00/LNXSYBUS:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/breakpoint	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/kprobe	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/msr	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/pci0000:00/0000:00:00.0	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:01.0	ok	bpf: dev_attr_show		212
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffffffffffff
coherent_dma_mask=0xffffffffffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:01.0/virtio0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:02.0	ok	bpf: dev_attr_show		212
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffffffffffff
coherent_dma_mask=0xffffffffffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:03.0	ok	bpf: dev_attr_show		212
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffffffffffff
coherent_dma_mask=0xffffffffffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:03.0/virtio1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:04.0	ok	bpf: dev_attr_show		212
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffffffffffff
coherent_dma_mask=0xffffffffffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:04.0/virtio2	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pci0000:00/0000:00:1f.0	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=0
restricted_pool=0

dma:/devices/pci0000:00/QEMU0002:00	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=0
restricted_pool=0

dma:/devices/platform/PNP0103:00	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=0
restricted_pool=0

dma:/devices/platform/i8042	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/platform/i8042/serio0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/platform/i8042/serio1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/platform/pcspkr	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=0
restricted_pool=0

dma:/devices/platform/platform-framebuffer.0	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=0
bus_dma_limit=0x0
dma_configure=1
can_match=0
restricted_pool=0

dma:/devices/platform/reg-dummy	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/platform/serial8250	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:00	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:01	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:02	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/pnp0/00:03	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:04	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:04/cmos_nvram0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/pnp0/00:04/rtc/rtc0/alarmtimer.0.auto	ok	bpf: dev_attr_show		196
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffffff
coherent_dma_mask=0xffffffff
driver=1
bus_dma_limit=0x0
dma_configure=1
can_match=1
restricted_pool=0

dma:/devices/pnp0/00:05	ok	bpf: dev_attr_show		192
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0xffffff
coherent_dma_mask=0xffffff
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/software	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/clockevents/broadcast	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/clockevents/clockevent0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/clockevents/clockevent1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/clocksource/clocksource0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/container/PNP0A06:00	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/container/PNP0A06:01	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/container/PNP0A06:02	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/cpu/cpu0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/system/cpu/cpu1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=1
bus_dma_limit=0x0
dma_configure=0
can_match=1
restricted_pool=0

dma:/devices/system/edac/mc	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/machinecheck/machinecheck0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/machinecheck/machinecheck1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory10	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory11	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory12	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory13	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory14	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory15	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory2	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory3	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory32	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory33	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory34	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory35	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory36	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory37	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory38	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory39	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory4	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory5	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory6	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory7	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory8	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/memory/memory9	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/node/node0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/xen_cpu/xen_cpu0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/xen_cpu/xen_cpu1	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/system/xen_memory/xen_memory0	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/tracepoint	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/uprobe	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/memory_tiering/memory_tier4	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/workqueue/blkcg_punt_bio	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/workqueue/nvme-delete-wq	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/workqueue/nvme-reset-wq	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/workqueue/nvme-wq	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma:/devices/virtual/workqueue/writeback	ok	bpf: dev_attr_show		182
ops=table
map_sg=xen_swiotlb_map_sg
map=xen_swiotlb_map_page
global_ops=1
dma_mask=0x0
coherent_dma_mask=0x0
driver=0
bus_dma_limit=0x0
dma_configure=0
can_match=0
restricted_pool=0

dma	ok	bpf: dev_attr_show		0

end	283
