/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a command that goes on until it is told to end needs of a terminal. */
#ifndef XDC_CLI_LIVE_H
#define XDC_CLI_LIVE_H

#include <signal.h>
#include <termios.h>

#include "cli.h"

struct cli_live {
	int signals; /* a descriptor */
	int signal;  /* that has ended the waiting; 0: none has */
	bool keys;   /* there is a terminal to read them from */
	sigset_t mask;
};

/* Until cli_live_end(), signals that end a program only end the waiting. 0, or -1 with errno. */
int cli_live_begin(struct cli_live *live);
/* Gives the terminal back; ends the program where a signal other than SIGINT has asked for it. */
void cli_live_end(struct cli_live *live);

/* Whether the time @until_ms of cli_live_now_ms() has come; else q, or a signal. */
bool cli_live_wait(struct cli_live *live, long long until_ms);
long long cli_live_now_ms(void);

/* 0 where that cannot be told. */
size_t cli_terminal_lines(void);
/* Puts @text, of whole lines no wider than the terminal, in the place of the last *@lines lines. */
void cli_redraw(const char *text, size_t *lines);

#endif
