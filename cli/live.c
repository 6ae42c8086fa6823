/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Waiting at a terminal for the time, a key or a signal. Whatever ends the program, the terminal is
 * as it was before; nothing but the echo and the waiting for whole lines is ever changed.
 */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "live.h"

static struct termios saved; /* for a handler; one terminal is all there is */

static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

static void restore_and_die(int signal_number)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &saved);
	/* SA_RESETHAND: the next one ends it. */
	raise(signal_number);
}

static void take_keys(void)
{
	struct termios keys = saved;

	keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	keys.c_cc[VMIN] = 1;
	keys.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &keys);
}

/* A background job has no terminal to read from. */
static bool has_keys(void)
{
	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	       tcgetpgrp(STDIN_FILENO) == getpgrp() && tcgetattr(STDIN_FILENO, &saved) == 0;
}

int cli_live_begin(struct cli_live *live)
{
	struct sigaction action = { .sa_handler = restore_and_die, .sa_flags = (int)SA_RESETHAND };
	sigset_t set;

	*live = (struct cli_live){ .keys = has_keys() };
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	if (live->keys)
		sigaddset(&set, SIGTSTP);
	sigprocmask(SIG_BLOCK, &set, &live->mask);
	live->signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (live->signals < 0) {
		sigprocmask(SIG_SETMASK, &live->mask, NULL);
		return -1;
	}
	if (live->keys) {
		for (size_t i = 0; i < XDC_ARRAY_SIZE(crashes); i++)
			sigaction(crashes[i], &action, NULL);
		take_keys();
	}
	return 0;
}

void cli_live_end(struct cli_live *live)
{
	if (live->keys)
		tcsetattr(STDIN_FILENO, TCSANOW, &saved);
	close(live->signals);
	sigprocmask(SIG_SETMASK, &live->mask, NULL);
	/* Whoever sent it wants to see it. */
	if (live->signal && live->signal != SIGINT) {
		signal(live->signal, SIG_DFL);
		raise(live->signal);
	}
}

static void stop_and_go_on(void)
{
	tcsetattr(STDIN_FILENO, TCSANOW, &saved);
	raise(SIGSTOP);
	/* A shell may have changed it meanwhile. */
	tcgetattr(STDIN_FILENO, &saved);
	take_keys();
}

static bool ends_by_signal(struct cli_live *live)
{
	struct signalfd_siginfo info;

	if (read(live->signals, &info, sizeof(info)) != sizeof(info))
		return false;
	if (info.ssi_signo == SIGTSTP) {
		stop_and_go_on();
		return false;
	}
	live->signal = (int)info.ssi_signo;
	return true;
}

static bool ends_by_key(struct cli_live *live)
{
	char key;
	ssize_t n = read(STDIN_FILENO, &key, 1);

	/* The terminal has gone. */
	if (n <= 0)
		live->keys = false;
	return n <= 0 || key == 'q' || key == 'Q';
}

long long cli_live_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool cli_live_wait(struct cli_live *live, long long until_ms)
{
	for (;;) {
		struct pollfd fds[] = {
			{ .fd = live->signals, .events = POLLIN },
			{ .fd = live->keys ? STDIN_FILENO : -1, .events = POLLIN },
		};
		long long left = until_ms - cli_live_now_ms();

		if (poll(fds, XDC_ARRAY_SIZE(fds), left > 0 ? (int)left : 0) == 0 && left <= 0)
			return true;
		if (fds[0].revents && ends_by_signal(live))
			return false;
		if (fds[1].revents && ends_by_key(live))
			return false;
	}
}

size_t cli_terminal_lines(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

void cli_redraw(const char *text, size_t *lines)
{
	if (*lines)
		printf("\033[%zuF", *lines);
	*lines = 0;
	for (; *text; text++) {
		if (*text == '\n') {
			fputs("\033[K", stdout);
			(*lines)++;
		}
		fputc(*text, stdout);
	}
	fputs("\033[J", stdout);
	fflush(stdout);
}
