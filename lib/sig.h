/* SPDX-License-Identifier: ISC */
/*
 * sig - signals: their names, all of them at once, and what one of them does to
 * ourselves (signal(7)).
 */
#ifndef NSKIT_SIG_H
#define NSKIT_SIG_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define SIG_BIT(n) (UINT64_C(1) << ((n)-1)) /* of signal N in a set here */

/*
 * sig_parse - TERM, SIGTERM, RTMIN+1 or 15 as a number from 1 to SIGRTMAX.
 *
 * Returns it, or -1 with *errstr set.
 */
int sig_parse(const char *text, const char **errstr);

/*
 * sig_name - "TERM", "RTMIN+1", or the number in digits, in static memory that
 * the next call may use again.
 */
const char *sig_name(int sig);

/*
 * sig_parse_set - all, none or a list of signals, comma-separated; bit N - 1
 * of *SET stands for signal N.  Returns 0, or -1 with *errstr set.
 */
int sig_parse_set(const char *text, uint64_t *set, const char **errstr);

/*
 * sig_all, sig_mask - all signals, and sigprocmask(SIG_SETMASK), with those
 * that C libraries keep for themselves and leave out of a caller's sets: to us
 * they come from others.  sig_mask returns 0, or -1 and errno.
 */
void sig_all(sigset_t *set);
int sig_mask(const sigset_t *set, sigset_t *old);

/*
 * sig_reset - nothing is ignored, caught or blocked any more, those signals
 * included: glibc's posix_spawn(3) leaves them ignored in what it starts.
 */
void sig_reset(void);

/* sig_default - what SIG does to a process that has no handler for it. */
enum sig_action { SIG_DOES_NOTHING, SIG_STOPS, SIG_ENDS };
enum sig_action sig_default(int sig);

/*
 * sig_would_end - would SIG, sent to this process, have ended it, had it not
 * been blocked?  MASK: what was blocked before.
 */
bool sig_would_end(int sig, const sigset_t *mask);

/* sig_asks_end - HUP, INT, QUIT, TERM: does SIG ask a program to end? */
bool sig_asks_end(int sig);

/*
 * sig_await - with all signals blocked, wait until FD can be read or has ended.
 *
 * Returns 0; before that the number of HUP, INT, QUIT or TERM, should one come
 * that would have ended us (MASK: as above); -1 and errno on failure.
 */
int sig_await(int fd, const sigset_t *mask);

/*
 * sig_obey - let SIG do to us what it does by default, blocked or not: we die,
 * or stop and return once we are continued.
 */
void sig_obey(int sig);

/*
 * sig_die - end as one whom SIG killed, without a core of our own over the
 * command's.  PID 1 of a namespace exits with 128 + SIG.
 */
_Noreturn void sig_die(int sig);

/*
 * sig_wake - from MS milliseconds from now on SIGCONT comes to this process
 * again and again (SI_TIMER), until it ends: whatever stops it, and however
 * often.  Returns whether there is such a timer.
 */
bool sig_wake(int64_t ms);

#endif
