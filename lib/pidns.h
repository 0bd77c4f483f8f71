/* SPDX-License-Identifier: ISC */
/*
 * pidns - is there life in a PID namespace?  Nothing can be started in one
 * whose init has ended: fork(2) says ENOMEM there (pid_namespaces(7)).
 */
#ifndef NSKIT_PIDNS_H
#define NSKIT_PIDNS_H

#include <sys/types.h>

/*
 * pidns_alive - has the PID namespace FD an init?  Asks the kernel
 * (NS_GET_PID_FROM_PIDNS, Linux 6.11), which is quick.
 *
 * Returns 1 or 0, or -1 where that cannot be told: before Linux 6.11, or if it
 * is not below our own.
 */
int pidns_alive(int fd);

/*
 * pidns_inhabited - is any process in the PID namespace of that inode number?
 * Walks /proc, for kernels where the former cannot tell.  Zombies do not count.
 *
 * Returns 1 or 0, or -1: no procfs there, or processes that might be the ones
 * may not be read.
 */
int pidns_inhabited(ino_t ino);

/*
 * pidns_instead - the kernel keeps from PID 1 of a namespace what it has no
 * handler for, but KILL and STOP from outside.
 *
 * Returns which of these two does to the process PID what SIG would do to any
 * other one; 0: SIG itself does, PID is no such process or may wait for signals
 * (sigwaitinfo(2)), or /proc does not say.
 */
int pidns_instead(pid_t pid, int sig);

#endif
