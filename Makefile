# SPDX-License-Identifier: LGPL-2.1-or-later
# A thin front over meson for a fresh Debian 12; see README.md.
#
#   make report   install what is missing, build, report on this machine
#   make check    install what is missing, build, run all tests
#   make lab      boot the real dom0s that CI boots, and check what is said in them
#   make bench    print the budgets of speed as ratios

BUILD ?= build

.PHONY: all report check lab bench
all: $(BUILD)/build.ninja
	meson compile -C $(BUILD)

$(BUILD)/build.ninja: | packages
	meson setup $(BUILD)

.PHONY: packages packages-check
packages:
	@tests/packages build
packages-check:
	@tests/packages check

report: all
	@tests/report $(BUILD)

check: packages-check
	@tests/check

lab: packages-check
	@tests/lab/lab run --ci

bench: all packages-check
	@tests/bench/bench $(BUILD)
