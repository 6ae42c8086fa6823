/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the unit tests share: evidence, device trees and directory trees from a few literals.
 *
 * Evidence keeps the first answer to a question, so a test states what it is about first and
 * lets an add_...() function below fill in the rest of the machine.
 */
#ifndef XDC_UNIT_H
#define XDC_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compare/compare.h"
#include "source/tree.h"

/* What is confined cannot write down what it ran: such a build confines less. */
#ifdef XDC_COVERAGE
#define UNIT_COUNTS_COVERAGE true
#else
#define UNIT_COUNTS_COVERAGE false
#endif

/* Whether @work, called with @arg, has called the handler of memory that runs out. */
bool runs_out_of_memory(void (*work)(void *arg), void *arg);

/* As assert_string_equal(), which does not take NULL. */
#define assert_text(actual, expected)                                                              \
	do {                                                                                       \
		const char *text_ = (actual);                                                      \
		assert_non_null(text_);                                                            \
		assert_string_equal(text_, expected);                                              \
	} while (0)
#define assert_contains(text, part) assert_non_null(strstr(text, part))
#define assert_lacks(text, part)    assert_null(strstr(text, part))

/* unit.c: evidence. */

struct xdc_evidence *evidence_with(const char *key, enum xdc_status status, const char *data);
void add_record(struct xdc_evidence *evidence, const char *key, enum xdc_status status,
		const char *data);
void add_bytes(struct xdc_evidence *evidence, const char *key, const void *data, size_t size);
/* A file that could be read. */
void add_file(struct xdc_evidence *evidence, const char *path, const char *data);
/* The record "device:PATH", and that the devices could be listed. */
void add_device(struct xdc_evidence *evidence, const char *path, const char *fields);
/* Devices of the platform bus, and PCI functions below the bridge /pcie@10000000. */
void add_platform(struct xdc_evidence *evidence, const char *name, const char *fields);
void add_pci(struct xdc_evidence *evidence, const char *name, const char *fields);
/* What the kernel held for the device @name of the two above. */
void add_observation(struct xdc_evidence *evidence, const char *name, const char *fields);

#define PLATFORM_PATH "/devices/platform/"
#define BRIDGE_PATH   PLATFORM_PATH "4010000000.pcie"
#define PCI_PATH      BRIDGE_PATH "/pci0000:00/"

#define FEATURES_KEY "file:/sys/hypervisor/properties/features"
/* Submap 0 as an Arm Xen of 4.16 and later, and of up to 4.15, gives it to dom0. */
#define FEATURES_DIRECT_MAPPED	   "00022801\n"
#define FEATURES_NOT_DIRECT_MAPPED "00012801\n"
#define FEATURES_OLD		   "00002801\n"
#define FEATURES_GUEST		   "00012001\n"

/* A machine; what is NULL is not there, and without features there is no Xen. */
struct machine {
	const char *machine;
	const char *kernel;
	const char *features;
	const char *guest_type;
	const char *config;
};

void add_machine(struct xdc_evidence *evidence, const struct machine *machine);
/* The usual one: arm64, Xen 4.17.5, dom0 mapped 1:1. */
void add_arm64_dom0(struct xdc_evidence *evidence, const char *kernel);

/* The named device or its attribution; fails the test where there is none. */
struct xdc_device *device_of(const struct xdc_model *model, const char *name);
const struct xdc_attribution *attribution_of(const struct xdc_report *report, const char *name);
bool has_missing(const struct xdc_attribution *a, const char *key);
const struct xdc_reason *find_reason(const struct xdc_attribution *a, const char *rule);
const struct xdc_finding *find_finding(const struct xdc_report *report, const char *id);
size_t count_findings(const struct xdc_report *report, const char *id);

/* unit-text.c: what functions print, and numbers of it. */

/* A stream into memory; unit_text() closes it and gives its text, the caller's. */
FILE *unit_stream(void);
char *unit_text(FILE *stream);
/* The width of the widest line, each character counted as one column. */
size_t widest_line(const char *text);
/* Whether no control character but a newline, and no C1 control, stands in @text. */
bool is_harmless(const char *text);

/*
 * A kernel log as /dev/kmsg has it, on a unit_stream(): a message of the device @device
 * ("+pci:0000:00:02.0"; NULL: of none), and a fault that the SMMUv3 @smmu reports.
 */
void log_message(FILE *log, const char *device, const char *text);
void log_fault(FILE *log, const char *smmu, uint32_t stream_id, uint64_t address);
/* Closes @log and adds it as the evidence "kmsg". */
void add_log(struct xdc_evidence *evidence, FILE *log);

/* unit-dt.c: flattened device trees. */

struct dt {
	_Alignas(8) char blob[32 << 10];
	size_t size; /* of the finished blob */
};

void dt_start(struct dt *dt);
void dt_begin(struct dt *dt, const char *name);
void dt_cells(struct dt *dt, const char *name, const uint32_t *cells, size_t count);
void dt_text(struct dt *dt, const char *name, const char *value);
void dt_flag(struct dt *dt, const char *name);
void dt_end(struct dt *dt);
void dt_finish(struct dt *dt);
#define DT_CELLS(dt, name, ...)                                                                    \
	dt_cells(dt, name, (const uint32_t[]){ __VA_ARGS__ },                                      \
		 XDC_ARRAY_SIZE(((const uint32_t[]){ __VA_ARGS__ })))

/* A node with a phandle that is an IOMMU of one specifier cell; left open. */
void dt_begin_iommu(struct dt *dt, const char *name, const char *compatible, uint32_t phandle);
/*
 * The board of most tests: /smmuv3@9050000 (phandle 1), /pcie@10000000 with an iommu-map of
 * every requester ID to the same stream ID, /ethernet@30be0000 with stream ID 5.
 */
void dt_board(struct dt *dt);
void add_devicetree(struct xdc_evidence *evidence, const struct dt *dt);
/* dt_board() and the devices of its IOMMU. */
void add_board(struct xdc_evidence *evidence);

/* unit-compare.c: two machines, to be filled, and what differs between them. */

struct two {
	struct xdc_evidence *evidence[2]; /* before, after */
	struct xdc_report *reports[2];
	struct xdc_comparison *c;
};

int two_setup(void **state);
int two_teardown(void **state);
#define two_test(f) cmocka_unit_test_setup_teardown(f, two_setup, two_teardown)

/* Fills both machines with the same. */
void both_record(struct two *two, const char *key, enum xdc_status status, const char *data);
void both_platform(struct two *two, const char *name, const char *fields);
void both_pci(struct two *two, const char *name, const char *fields);
void both_dom0(struct two *two);
/*
 * The board's SMMU translates for the nvme 0000:00:02.0 before, and lets it through after. After
 * there are two devices more: the nvme 0000:00:03.0, and "timer", which does no DMA.
 */
void two_remedied(struct two *two);
/* Makes reports of the evidence and compares them. */
const struct xdc_comparison *two_compare(struct two *two);
/* The difference; fails the test where there is none of that name. */
const struct xdc_field_change *field_change(const struct xdc_fields *fields, const char *name);
const struct xdc_device_change *device_change(const struct xdc_comparison *c, const char *name);
bool has_field_change(const struct xdc_fields *fields, const char *name);
void assert_unread(const struct xdc_unread *unread, enum xdc_side side, const char *key);

/* unit-tree.c: a directory that looks like a root file system. */

struct tmp {
	char base[64]; /* what is outside the root is in here too */
	char root[80];
	struct xdc_tree tree; /* confined */
};

int tmp_setup(void **state);
int tmp_teardown(void **state);
#define tree_test(f) cmocka_unit_test_setup_teardown(f, tmp_setup, tmp_teardown)

/* Make the directories above @path too. */
void tmp_dir(const struct tmp *tmp, const char *path);
void tmp_file(const struct tmp *tmp, const char *path, const char *data);
void tmp_bytes(const struct tmp *tmp, const char *path, const void *data, size_t size);
void tmp_link(const struct tmp *tmp, const char *path, const char *target);
void tmp_fifo(const struct tmp *tmp, const char *path);
/* A file of that size without a byte in it. */
void tmp_sparse(const struct tmp *tmp, const char *path, long long size);
/* A file or directory that its reader may not read: see as_nobody(). */
void tmp_forbid(const struct tmp *tmp, const char *path);
/* Root may read everything: goes on as another user, false where that cannot be. */
bool as_nobody(void);
void as_before(void);
/* All records that answer a request of @type; the caller's. */
struct xdc_evidence *tmp_ask(const struct tmp *tmp, enum xdc_request_type type, const char *subject,
			     size_t limit);

#endif
