/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel messages that the journal kept. They come from journalctl(1) in the journal's
 * export format and are turned into records as /dev/kmsg has them, so that one parser reads
 * both; time stamps and devices are the kernel's own, and equal those in the ring.
 */
#ifndef XDC_JOURNAL_H
#define XDC_JOURNAL_H

#include "source/tree.h"

enum { XDC_BOOT_ID_BYTES = 33 }; /* 32 hexadecimal digits, as the journal writes them */

struct xdc_journal_entry {
	char boot_id[XDC_BOOT_ID_BYTES];
	char time[24]; /* in microseconds */
	char priority[8], facility[8];
	char subsystem[64], device[256];
	char message[2048];
	size_t message_size;
};

/*
 * journal-export.c: reads the next entry of the export format, whatever it holds; what is
 * longer than there is room for is cut. Returns false at the end.
 */
bool xdc_journal_read(FILE *in, struct xdc_journal_entry *ret);

/*
 * Writes an entry as a record of /dev/kmsg: "PRIORITY,SEQUENCE,TIME,-;MESSAGE" and the lines
 * " SUBSYSTEM=" and " DEVICE=", unprintable bytes as \xNN. The journal has no sequence
 * numbers: @sequence is the caller's.
 */
void xdc_journal_write(FILE *out, const struct xdc_journal_entry *entry, unsigned int sequence);

/*
 * live-journal.c: emits "log:journal:BOOTID" for this boot and the two before it, where the
 * journal has them: the beginning of each, at most half a MiB. Writes the field "journal" (the
 * number of boots, or why there are none) to @fields. Returns whether the boot @boot_id, as
 * the journal writes it, is among them.
 */
bool xdc_live_journal(const struct xdc_tree *tree, const char *boot_id, FILE *fields,
		      xdc_emit_fn *emit, void *arg);

#endif
