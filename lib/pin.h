/* SPDX-License-Identifier: ISC */
/*
 * pin - namespaces that stay under a name: a directory NAME of the pin
 * directory with one bind mount (mnt, uts, ipc, net, ...) for each.
 *
 * The names that are looked up are those of the directories in NSPATH (with
 * ':' between them), or of $XDG_RUNTIME_DIR/nspin, /run/nspin and, for
 * networks, /run/netns and /run/docker/netns.  New ones are made in the first
 * of NSPATH, else in /run/nspin.
 */
#ifndef NSKIT_PIN_H
#define NSKIT_PIN_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/ns.h"

#define PIN_NAME_MAX 200
#define PIN_PATH_MAX 1024 /* of a directory with names */

/* A directory being filled or emptied; the caller's memory. */
struct pin {
	int run; /* the pin directory */
	int dir; /* the hidden directory in it, locked */
	char hidden[64];
	char path[PIN_PATH_MAX]; /* of the pin directory */
};

/* pin_name_valid - [A-Za-z0-9_][A-Za-z0-9_.@+-]*, not all digits. */
bool pin_name_valid(const char *name);

/*
 * pin_lookup - open what is kept under NAME, for reading: a descriptor or -1
 * for each type, in the order of ns_types.
 *
 * Nothing is opened that does not lie on nsfs.  Returns 0, or -1 and errno:
 * ENOENT there is no such name; EINVAL it holds something else; all closed.
 */
int pin_lookup(const char *name, int fd[NS_NTYPES]);

/*
 * pin_lookup_in - the same in the directory RUN alone (O_PATH will do); FD has
 * to be all -1.
 */
int pin_lookup_in(int run, const char *name, int fd[NS_NTYPES]);

/* pin_close - close the descriptors that are open. */
void pin_close(int fd[NS_NTYPES]);

/*
 * pin_dir - the I-th directory where names are looked up, into BUF: "" for one
 * that is not to be had (XDG_RUNTIME_DIR not set).  False after the last.
 */
bool pin_dir(size_t i, char *buf, size_t size);

/*
 * pin_each - call FN with each name, of one directory after the other; a
 * result other than 0 ends it.  Returns that result, 0, or -1 and errno (a
 * directory that is missing is empty).
 */
int pin_each(
    int (*fn)(void *arg, const char *dir, const char *name), void *arg);

/*
 * pin_begin - open the pin directory, making it and its private self-bind
 * mount where needed, and a hidden directory in it.  To be called before a
 * mount namespace that is to be kept is made: no copy of a shared mount may be
 * in it.  Outside; exits with STATUS on failure, in words; undone by fail.
 */
void pin_begin(struct pin *p, const char *name, int status);

/*
 * pin_try - bind the namespace FD of TYPE in it.  Returns 0, or -1 and errno:
 * ELOOP, it is a mount namespace that is our own or older.
 */
int pin_try(struct pin *p, const struct ns_type *type, int fd);

/* pin_add - the same; exits with STATUS. */
void pin_add(struct pin *p, const struct ns_type *type, int fd, int status);

/*
 * pin_publish - let it be seen as NAME, all at once.  Exits with STATUS, with
 * nothing left, if the name exists.  The undo steps stay the caller's.
 */
void pin_publish(struct pin *p, const char *name, int status);

/* pin_withdraw - undo what was begun, published or not; a struct pin *. */
void pin_withdraw(void *p);

/* pin_remove - let go of NAME.  Returns 0, or -1 and errno: EXDEV, a member
 * is not mounted in our mount namespace; EINVAL, it is no namespace. */
int pin_remove(const char *name);

/* pin_rename - renameat2(2) without replacing.  Returns 0, or -1 and errno. */
int pin_rename(const char *from, const char *to);

/*
 * pin_clean - remove the hidden directories that nobody works on, or only
 * call FN with their names if DRY.  Returns 0, or -1 and errno.
 */
int pin_clean(bool dry, void (*fn)(const char *name));

/*
 * pin_young - in the process that is in a new mount namespace: see that its
 * id is above ID, the binder's, or Linux 6.18 takes it for older and refuses
 * to bind it.  Makes ids (and with them mount namespaces) anew until it is.
 * Returns 0, or -1 and errno.
 */
int pin_young(unsigned long long id);

/* pin_mnt_id - the id of our mount namespace, 0 where the kernel has none. */
unsigned long long pin_mnt_id(void);

#endif
