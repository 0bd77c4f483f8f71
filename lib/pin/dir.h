/* SPDX-License-Identifier: ISC */
/*
 * dir - the directories that pins are in: where they are, whose they have
 * to be, the lock, and the hidden directories in which pins are made and
 * unmade.
 *
 * Names are looked up in the directories of NSPATH (with ':' between them), or
 * in $XDG_RUNTIME_DIR/nspin, for an ordinary user /run/user/UID/nspin and
 * /tmp/nspin-UID, /run/nspin and, for networks, /run/netns and
 * /run/docker/netns.
 */
#ifndef NSKIT_PIN_DIR_H
#define NSKIT_PIN_DIR_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/ns.h"

#define PIN_PATH_MAX 1024 /* of a directory with names */
#define PIN_HIDDEN_MAX 64 /* of the name of a hidden one */

/*
 * pin_dir - the I-th directory where names are looked up, into BUF: "" for one
 * that is not to be had (XDG_RUNTIME_DIR is not set).  False after the last.
 */
bool pin_dir(size_t i, char *buf, size_t size);

/* pindir_is_ours - may the I-th one have pins as we make them? */
bool pindir_is_ours(size_t i);

/* pindir_owns - the same of the one whose path is PATH. */
bool pindir_owns(const char *path);

/*
 * pindir_new - where new ones are made, into BUF: the first of NSPATH; for a
 * HELD one the first of those of a user whose parent is there and belongs to us
 * or root; else, for root, /run/nspin.
 *
 * Returns 0, or -1 and errno ENOENT: an ordinary user without any.
 */
int pindir_new(bool held, char *buf, size_t size);

/*
 * pindir_open - open PATH, for reading: a directory that belongs to us, or for
 * LOOKING to root, and that nobody else may write to; links are not followed.
 *
 * Returns a descriptor, or -1 and errno: EPERM, it belongs to another user.
 */
int pindir_open(const char *path, bool looking);

/*
 * pindir_look - open the I-th directory, which is PATH, to look names up in it.
 * *REFUSED (or NULL) tells apart what was passed over: EACCES, we
 * may not read it, or 0.
 *
 * Returns a descriptor; -1 and errno: ENOENT, it is to be passed over: not
 * there, docker's and not readable, or a user's that is another user's (as
 * su(1) leaves $XDG_RUNTIME_DIR to root) and whose names are not ours.
 */
int pindir_look(size_t i, const char *path, int *refused);

/*
 * pindir_find - open the first directory of ours that has NAME, to change it.
 *
 * Returns a descriptor; -1 and errno: ENOENT there is none; EXDEV it is one of
 * ip-netns(8) or docker; EPERM it may be in one that is not trusted.
 */
int pindir_find(const char *name);

/*
 * pindir_make - open PATH to make pins in it; it is made if it is not there,
 * with mode 0755, or 0700 if it is a user's and HELD.  Returns a descriptor, or
 * -1 and errno.
 */
int pindir_make(const char *path, bool held);

/*
 * pindir_lock - lock RUN against others that mount on files or clean links.
 * Returns a descriptor to close, or -1 and errno.
 */
int pindir_lock(int run);

/*
 * pindir_hidden - make a directory in RUN that no lookup finds, and lock it:
 * the lock tells -g that it is in use.  Its name goes to NAME
 * (PIN_HIDDEN_MAX bytes).  Returns a descriptor, or -1 and errno.
 */
int pindir_hidden(int run, char *name);

/*
 * pindir_hide - take NAME in RUN out of sight, by one rename, and write its new
 * name to HIDDEN (PIN_HIDDEN_MAX bytes).  Returns 0, or -1 and errno.
 */
int pindir_hide(int run, const char *name, char *hidden);

/* pindir_is - is NAME in RUN the directory that is open as DIR? */
bool pindir_is(int run, const char *name, int dir);

/*
 * pindir_members - what of a pin may be in DIR: a bit (1 << ns_index) for each
 * member, and PINDIR_RECORDS << i for the i-th of pindir_records; all of them
 * where that cannot be seen.
 */
unsigned pindir_members(int dir);

#define PINDIR_RECORDS (1U << NS_NTYPES)

/* The names of the records of processes; NULL ends them. */
extern const char *const pindir_records[];

/*
 * pindir_drop - unmount and remove the member NAME of DIR.  Returns 0, also if
 * there is none; or -1 and errno.
 */
int pindir_drop(int dir, const char *name);

/*
 * pindir_dissolve - unmount and remove the members of DIR, and then DIR, which
 * is called NAME, from RUN; its processes are ended.  Several may do it at
 * once.  Returns 0, or -1 and errno.
 */
int pindir_dissolve(int run, const char *name, int dir);

#endif
