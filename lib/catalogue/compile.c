/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Run by the build: compile OUTPUT ENTRY... checks every entry and writes them, without
 * comments, as C for catalogue/builtin.c. A wrong one ends the build.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"

static char *read_entry(const char *path)
{
	xdc_autofclose FILE *file = fopen(path, "r");
	char *text = xdc_zalloc(XDC_ENTRY_BYTES_MAX + 1);

	if (!file || fread(text, 1, XDC_ENTRY_BYTES_MAX + 1, file) > XDC_ENTRY_BYTES_MAX) {
		fprintf(stderr, "%s: %s\n", path, file ? "too long" : strerror(errno));
		free(text);
		return NULL;
	}
	return text;
}

static void write_line(FILE *out, const char *line)
{
	fputs("\n\t\"", out);
	for (; *line; line++) {
		if (*line == '"' || *line == '\\')
			fputc('\\', out);
		/* "??=" would be another character to an old compiler. */
		fputc(*line, out);
		if (*line == '?' && line[1] == '?')
			fputs("\"\"", out);
	}
	fputs("\\n\"", out);
}

static void write_entry(FILE *out, const char *path, char *text)
{
	const char *name = strrchr(path, '/');

	fprintf(out, "{ \"%s\",", name ? name + 1 : path);
	for (char *line; (line = xdc_text_next_line(&text));)
		if (*line && *line != '#')
			write_line(out, line);
	fputs(" },\n", out);
}

int main(int argc, char **argv)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();
	xdc_autofclose FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;

	if (!out) {
		fprintf(stderr, "usage: compile OUTPUT ENTRY...\n");
		return EXIT_FAILURE;
	}
	for (int i = 2; i < argc; i++) {
		xdc_autofree char *text = read_entry(argv[i]);

		if (!text)
			return EXIT_FAILURE;
		xdc_catalogue_add(catalogue, argv[i], text);
		write_entry(out, argv[i], text);
	}
	xdc_catalogue_check_ids(catalogue);
	for (size_t i = 0; i < catalogue->n_errors; i++)
		fprintf(stderr, "%s\n", catalogue->errors[i]);
	if (fflush(out) == EOF || catalogue->n_errors) {
		remove(argv[1]);
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}
