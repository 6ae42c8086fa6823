/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <unistd.h>

#include "helper/helper.h"

struct xdc_answer xdc_answer_begin(FILE *out)
{
	xdc_records_write_begin(out);
	fflush(out);
	return (struct xdc_answer){ .out = out };
}

void xdc_answer_add(struct xdc_answer *answer, const char *key, const char *origin,
		    enum xdc_status status, const char *detail, const char *data, size_t size)
{
	const struct xdc_record record = {
		.key = key,
		.origin = origin,
		.detail = detail,
		.data = size ? data : "",
		.size = size,
		.status = status,
	};

	xdc_records_write(answer->out, &record);
	fflush(answer->out);
	answer->count++;
}

void xdc_answer_error(struct xdc_answer *answer, const char *key, const char *origin, int error,
		      const char *what)
{
	char detail[512];

	snprintf(detail, sizeof(detail), "%s: %s", what, strerror(error));
	xdc_answer_add(answer, key, origin, xdc_status_from_errno(error), detail, NULL, 0);
}

void xdc_answer_end(struct xdc_answer *answer)
{
	xdc_records_write_end(answer->out, answer->count);
	fflush(answer->out);
}

void xdc_say(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vdprintf(STDERR_FILENO, format, arguments);
	va_end(arguments);
}
