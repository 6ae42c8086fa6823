/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char DEFAULT_FILE[] = "xen-dmacheck.xdc";

/* 0600 and never over another file: a recording holds what only root may read. */
static FILE *create(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd < 0 ? NULL : fdopen(fd, "w");
}

static int write_file(const struct xdc_evidence *evidence, const char *path)
{
	FILE *out = create(path);
	bool failed;

	if (!out) {
		cli_error("%s: %s", path, strerror(errno));
		return CLI_TROUBLE;
	}
	xdc_evidence_write(evidence, out);
	failed = fflush(out) == EOF || fsync(fileno(out)) < 0;
	if (fclose(out) == EOF || failed) {
		cli_error("%s: %s", path, strerror(errno));
		unlink(path);
		return CLI_TROUBLE;
	}
	return CLI_CLEAN;
}

int cmd_bundle(const struct cli_options *options)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const char *path = options->output ? options->output : DEFAULT_FILE;

	if (options->n_arguments) {
		cli_error("bundle takes no '%s'; -o FILE says where to write",
			  options->arguments[0]);
		return CLI_TROUBLE;
	}
	evidence = cli_collect(options, NULL);
	if (!evidence)
		return CLI_TROUBLE;
	if (strcmp(path, "-") == 0) {
		xdc_evidence_write(evidence, stdout);
		return CLI_CLEAN;
	}
	return write_file(evidence, path);
}
