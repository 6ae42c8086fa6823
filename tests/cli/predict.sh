#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What-if and explanations: --assume on a recorded machine, --dtb on boards that are not here, explain.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# Constructed: the display of an Exynos 5250 as exynos5250.dtsi (Linux 6.1) has it, and no more.
cat >"$work/exynos.dts" <<'DTS'
/dts-v1/;
/ {
	compatible = "google,snow", "samsung,exynos5250";
	#address-cells = <1>; #size-cells = <1>;
	cpus { #address-cells = <1>; #size-cells = <0>; cpu@0 { device_type = "cpu"; compatible = "arm,cortex-a15"; reg = <0>; }; };
	soc { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges;
		fimd@14400000 { compatible = "samsung,exynos5250-fimd"; reg = <0x14400000 0x40000>; iommus = <&s1>; };
		mixer@14450000 { compatible = "samsung,exynos5250-mixer"; reg = <0x14450000 0x10000>; iommus = <&s2>; };
		s1: sysmmu@14640000 { compatible = "samsung,exynos-sysmmu"; reg = <0x14640000 0x1000>; #iommu-cells = <0>; };
		s2: sysmmu@14650000 { compatible = "samsung,exynos-sysmmu"; reg = <0x14650000 0x1000>; #iommu-cells = <0>; };
	};
};
DTS
dtc -q -O dtb -o "$work/exynos.dtb" "$work/exynos.dts"
# Constructed: a 64-bit board with one SMMUv2 and one SMMUv3.
cat >"$work/arm64.dts" <<'DTS'
/dts-v1/;
/ {
	#address-cells = <1>; #size-cells = <1>;
	v2: iommu@1000 { compatible = "arm,mmu-500", "arm,smmu-v2"; reg = <0x1000 0x1000>; #iommu-cells = <1>; };
	v3: iommu@2000 { compatible = "arm,smmu-v3"; reg = <0x2000 0x1000>; #iommu-cells = <1>; };
	mmc@3000 { compatible = "x,mmc"; reg = <0x3000 0x1000>; iommus = <&v2 1>; };
	eth@4000 { compatible = "x,eth"; reg = <0x4000 0x1000>; iommus = <&v3 2>; };
};
DTS
dtc -q -O dtb -o "$work/arm64.dtb" "$work/arm64.dts"
# Constructed: what limits DMA on a Raspberry Pi 4, as bcm2711.dtsi (Linux 6.1) has it, and one node that nothing limits.
cat >"$work/pi.dts" <<'DTS'
/dts-v1/;
/ {
	#address-cells = <2>; #size-cells = <1>;
	compatible = "raspberrypi,4-model-b", "brcm,bcm2711";
	emmc2bus { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <1>;
		ranges = <0x0 0x7e000000 0x0 0xfe000000 0x01800000>;
		dma-ranges = <0x0 0xc0000000 0x0 0x00000000 0x40000000>;
		mmc@7e340000 { compatible = "brcm,bcm2711-emmc2"; reg = <0x0 0x7e340000 0x100>; };
	};
	scb { compatible = "simple-bus"; #address-cells = <2>; #size-cells = <1>;
		ranges = <0x0 0x7c000000 0x0 0xfc000000 0x03800000>;
		ethernet@7d580000 { compatible = "brcm,bcm2711-genet-v5"; reg = <0x0 0x7d580000 0x10000>; };
	};
};
DTS
dtc -q -O dtb -o "$work/pi.dtb" "$work/pi.dts"
# Constructed: virtio devices by grants. One of backend domain 3, one of a disabled node, one as a patch series had it, one without.
cat >"$work/grants.dts" <<'DTS'
/dts-v1/;
/ {
	#address-cells = <1>; #size-cells = <1>;
	on: xen_iommu { compatible = "xen,grant-dma"; #iommu-cells = <1>; };
	off: off_iommu { compatible = "xen,grant-dma"; #iommu-cells = <1>; status = "disabled"; };
	virtio@2000000 { compatible = "virtio,mmio"; reg = <0x2000000 0x200>; iommus = <&on 3>; };
	virtio@2000200 { compatible = "virtio,mmio"; reg = <0x2000200 0x200>; iommus = <&off 3>; };
	virtio@2000400 { compatible = "virtio,mmio"; reg = <0x2000400 0x200>; xen,backend-domid = <3>; };
	virtio@2000600 { compatible = "virtio,mmio"; reg = <0x2000600 0x200>; };
};
DTS
dtc -q -O dtb -o "$work/grants.dtb" "$work/grants.dts"

predict() {
	"$tool" --dtb "$work/$1.dtb" --assume "$2" --format=json >"$work/json"
	/usr/bin/python3 -c "import json,sys
report = json.load(open(sys.argv[1]))
print(' '.join(f'{d[\"name\"]}={d[\"dma_path\"]},{d[\"verdict\"]},{d[\"basis\"]}' for d in report['devices'] if d['dma'] == 'yes'),
      *sorted({f['id'] for f in report['findings']}))" "$work/json"
}
# same BOARD ASSUMPTIONS EXPECTED
same() {
	got=$(predict "$1" "$2")
	if [ "$got" = "$3" ]; then pass; else fail "$1 with $2: $got"; fi
}
same exynos xen=4.17,kernel=6.6 "14400000.fimd=swiotlb-xen,broken,inferred 14450000.mixer=swiotlb-xen,broken,inferred \
XDC-EXYNOS-DRM-BIND XDC-IOMMU-IN-DOM0 XDC-SWIOTLB-OVER-IOMMU"
same exynos xen=4.17,kernel=6.6,iommu=off "14400000.fimd=swiotlb-xen,ok,inferred 14450000.mixer=swiotlb-xen,ok,inferred \
XDC-IOMMU-IN-DOM0"
same exynos xen=none,kernel=6.6 "14400000.fimd=iommu,ok,inferred 14450000.mixer=iommu,ok,inferred"
# Xen takes the SMMUv2 and leaves the SMMUv3, unless it was built to drive that.
same arm64 xen=4.17,kernel=6.6 "4000.eth=swiotlb-xen,broken,inferred XDC-IOMMU-IN-DOM0 XDC-SWIOTLB-OVER-IOMMU"
same arm64 xen=4.17,kernel=6.12 "4000.eth=iommu,at-risk,inferred XDC-FOREIGN-PAGES XDC-IOMMU-IN-DOM0"
same arm64 xen=4.17,kernel=6.6,iommu.passthrough=1 "4000.eth=swiotlb-xen,ok,inferred XDC-IOMMU-IN-DOM0"
same arm64 xen=4.17,kernel=6.6,xen.ARM_SMMU_V3=y ""
# grants ASSUMPTIONS EXPECTED: path and backend domain of each virtio device's transport, then what is found.
grants() {
	"$tool" --dtb "$work/grants.dtb" --assume "$1" --format=json --all >"$work/json"
	got=$(/usr/bin/python3 -c "import json,sys
report = json.load(open(sys.argv[1]))
print(*(f'{d[\"dma_path\"]},{d[\"backend_domid\"]}' for d in report['devices'] if d['name'].endswith('.virtio')),
      *sorted({f['id'] for f in report['findings']}))" "$work/json")
	if [ "$got" = "$2" ]; then pass; else fail "grants with $1: $got"; fi
}
s=swiotlb-xen,None
for kernel in 6.0 6.6 7.2; do
	grants "xen=4.17,kernel=$kernel,XEN_VIRTIO=y,XEN_GRANT_DMA_OPS=y" "grant,3 $s $s $s XDC-GRANT-LEGACY XDC-GRANT-NODE-DISABLED"
done
grants xen=4.17,kernel=6.6 "$s $s $s $s XDC-GRANT-LEGACY XDC-GRANT-NO-DRIVER XDC-GRANT-NODE-DISABLED"

got=$("$tool" --dtb "$work/pi.dtb" --assume xen=4.17,kernel=6.1 --format=json --all | /usr/bin/python3 -c "import json,sys
print(*(f'{d[\"name\"]}={d[\"bus_dma_limit\"]}' for d in json.load(sys.stdin)['devices'] if d['driver']))")
if [ "$got" = "emmc2bus=None 7e340000.mmc=0xffffffff scb=None 7d580000.ethernet=None" ]; then pass; else fail "a Pi's limits: $got"; fi

expect 1 'XDC-EXYNOS-DRM-BIND' "$tool" --dtb "$work/exynos.dtb" --assume xen=4.17,kernel=6.6
expect 1 'still has' "$tool" explain 14450000.mixer --dtb "$work/exynos.dtb" --assume xen=4.17,kernel=6.6
expect 2 'needs --assume' "$tool" --dtb "$work/exynos.dtb"
expect 2 'BADMAGIC' "$tool" --dtb "$0" --assume xen=4.17,kernel=6.6
expect 2 'regular file' "$tool" --dtb /dev/zero --assume xen=4.17,kernel=6.6
for wrong in kernl=6.6 xen=four kernel= =1 xen 'a b' iommu=on arch=riscv; do
	expect 2 'no assumption' "$tool" --from "$recorded" --assume "$wrong"
done

# A recorded machine, before and after.
expect 0 '0000:00:03.0 *virtio-pci *swiotlb-xen *broken *swiotlb-xen *ok' "$tool" --from "$recorded" --assume iommu.passthrough=1
expect 1 '0000:00:03.0 *virtio-pci *swiotlb-xen *broken *iommu *at-risk' "$tool" --from "$recorded" --assume kernel=6.12

expect 1 'yes *Does the kernel set swiotlb-xen here' "$tool" explain 0000:00:02.0 --from "$recorded"
expect 1 'F_TRANSLATION' "$tool" explain 0000:00:02.0 --from "$recorded"
expect 1 'DMA faults in an SMMU' "$tool" explain --from "$recorded"
expect 2 'no such device' "$tool" explain nothing --from "$recorded"
finish
