/* SPDX-License-Identifier: ISC */
/*
 * channel - messages between two processes of ours: a pair of sockets that
 * keeps the bounds of messages and tells each end when the other has gone
 * (unix(7), SOCK_SEQPACKET).
 *
 * Interrupted calls are repeated.  No end ever gets SIGPIPE.
 */
#ifndef NSKIT_CHANNEL_H
#define NSKIT_CHANNEL_H

#include <sys/types.h>

#include <stdbool.h>
#include <stddef.h>

/* channel_open - a new pair of ends.  Returns 0, or -1 and errno. */
int channel_open(int end[2]);

/*
 * channel_name_sender - let channel_receive_from tell who sends to END.
 * Returns 0, or -1 and errno.
 */
int channel_name_sender(int end);

/*
 * channel_send - send LEN bytes as one message.
 *
 * Returns 1; 0 if the other end has gone; -1 and errno on failure.
 */
int channel_send(int end, const void *message, size_t len);

/*
 * channel_send_files - the same, with copies of N (at least 1, at most
 * CHANNEL_FILES_MAX) descriptors.
 */
#define CHANNEL_FILES_MAX 8
int channel_send_files(
    int end, const void *message, size_t len, const int *files, size_t n);

/*
 * channel_receive - wait for the next message; what is longer than SIZE bytes
 * is cut.
 *
 * Returns its length; 0 when the other end has gone and all it sent has been
 * received; -1 and errno on failure.
 */
ssize_t channel_receive(int end, void *message, size_t size);

/*
 * channel_receive_now - the same without waiting: -1 and EAGAIN if there is
 * nothing.
 */
ssize_t channel_receive_now(int end, void *message, size_t size);

/*
 * channel_receive_from - wait as channel_receive does, or (NOW) do not.
 * *SENDER becomes the process ID of the sender as it is called in our PID
 * namespace; 0: not known.
 */
ssize_t channel_receive_from(
    int end, void *message, size_t size, pid_t *sender, bool now);

/*
 * channel_receive_files - wait as channel_receive does, and take the
 * descriptors that come with the message, close-on-exec, into FILES
 * (CHANNEL_FILES_MAX).  *N becomes their number.  EMFILE if some were lost.
 */
ssize_t channel_receive_files(
    int end, void *message, size_t size, int *files, size_t *n);

/*
 * channel_has_ended - has the other end gone?  Messages may still be there.
 * Returns 1 or 0, or -1 and errno.
 */
int channel_has_ended(int end);

/* channel_wait_end - drop whatever comes until the other end has gone. */
void channel_wait_end(int end);

#endif
