/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* /proc/kallsyms as any tree may have it: what is found at an address is listed, and is a name. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/observe-names.h"
#include "fuzz.h"

/* As if a device's table were at each address of the list. */
static void check_line(const struct xdc_kallsyms *kallsyms, const char *line)
{
	const uint64_t address = strtoull(line, NULL, 16);
	const char *name = xdc_kallsyms_function(kallsyms, address);
	const struct xdc_bpf_sample sample = {
		.has = XDC_BPF_HAS_DMA_OPS,
		.dma_ops = 1,
		.map = address,
		.map_sg = address,
	};
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	if (name && !xdc_kallsyms_has_function(kallsyms, name))
		abort();
	xdc_observe_write_fields(out, &sample, kallsyms);
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_kallsyms *kallsyms = NULL;
	char *text = xdc_zalloc(size + 1), *cursor = text, *line;
	FILE *file;
	int r;

	memcpy(text, data, size);
	file = fmemopen(text, size + 1, "r");
	if (!file)
		abort();
	r = xdc_kallsyms_read(file, &kallsyms);
	fclose(file);
	if (!kallsyms != (r < 0) || (r < 0 && r != -EACCES && r != -ENOENT))
		abort();
	while (kallsyms && (line = xdc_text_next_line(&cursor)))
		check_line(kallsyms, line);
	xdc_kallsyms_free(kallsyms);
	free(text);
	return 0;
}
