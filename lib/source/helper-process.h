/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Running the helper: an executable that answers with a recording (record.h) on its standard
 * output, and says on its standard error what it is about to wait for. It may be missing,
 * refuse to load, hang, crash, lie, or be stuck in the kernel: each is a status, and the time
 * that it takes is bounded.
 */
#ifndef XDC_HELPER_PROCESS_H
#define XDC_HELPER_PROCESS_H

#include "source/record.h"

struct xdc_helper {
	const char *path;	      /* absolute; no PATH is searched */
	const char *const *arguments; /* behind its name; NULL ends them */
	/* It may answer these keys, and those below them ("KEY:..."); NULL ends them. */
	const char *const *keys;
	unsigned int timeout_ms; /* for all of it, from its start */
	uint64_t capabilities;	 /* that it is left of root's (source/capabilities.h) */
	int input;		 /* the file that is its standard input; 0: nothing is */
};

/*
 * Starts @helper with no environment but LC_ALL=C, no descriptor and hardly a right of ours, and
 * in a process group of its own; calls @emit for each record as it arrives, and kills the group
 * when it has answered or its time is over. Returns
 *   OK           it answered to the end, whatever the records say
 *   TIMEOUT      it did not end its answer in time
 *   UNSUPPORTED  it could not be started, or not load its libraries (status 126 or 127)
 *   IO_ERROR     it crashed, failed, ended early, or wrote what is no answer
 * and, where that is not OK, why in *@ret_detail (the caller's; may hold any bytes). Records
 * that came before a failure were emitted, and are as good as any.
 */
enum xdc_status xdc_helper_run(const struct xdc_helper *helper, xdc_emit_fn *emit, void *arg,
			       char **ret_detail);

/*
 * The same in two steps, with something else to do between them. @helper must outlive the run,
 * its input need not. The run ends with one of the other two.
 */
struct xdc_helper_process *xdc_helper_start(const struct xdc_helper *helper);
enum xdc_status xdc_helper_finish(struct xdc_helper_process *run, xdc_emit_fn *emit, void *arg,
				  char **ret_detail);
/* Kills it unheard. @run may be NULL. */
void xdc_helper_stop(struct xdc_helper_process *run);

#endif
