/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/seal.h"
#include "tools/nsjoin/program.h"

/* The program headers of an ELF file (elf(5)). */
struct headers {
	uint64_t at;
	unsigned n, size;
};

/* The first member of a program header, in both classes, is its type. */
static int
header_type(int fd, off_t at, uint32_t *type)
{
	ssize_t n = pread(fd, type, sizeof(*type), at);

	if (n == 0)
		errno = ENOEXEC; /* cut off */
	return n == (ssize_t)sizeof(*type) ? 0 : -1;
}

/* Where the program headers are.  Returns 0, or -1 and errno. */
static int
find_headers(int fd, bool wide, struct headers *h)
{
	Elf64_Ehdr e64 = { .e_phnum = 0 };
	Elf32_Ehdr e32 = { .e_phnum = 0 };

	if ((wide ? pread(fd, &e64, sizeof(e64), 0) :
		    pread(fd, &e32, sizeof(e32), 0)) == -1)
		return -1;
	h->at = wide ? e64.e_phoff : e32.e_phoff;
	h->n = wide ? e64.e_phnum : e32.e_phnum;
	h->size = wide ? e64.e_phentsize : e32.e_phentsize;
	return 0;
}

/*
 * Does the ELF file FD ask for an interpreter, the dynamic loader?  Returns 1
 * or 0, or -1 and errno.
 */
static int
is_dynamic(int fd, const unsigned char ident[EI_NIDENT])
{
	struct headers h;
	uint32_t type;

	if (find_headers(fd, ident[EI_CLASS] == ELFCLASS64, &h) == -1)
		return -1;
	for (unsigned i = 0; i < h.n; i++) {
		if (header_type(
			fd, (off_t)(h.at + (uint64_t)i * h.size), &type) == -1)
			return -1;
		if (type == PT_INTERP)
			return 1;
	}
	return 0;
}

/* Why FD cannot run where none of our files is; NULL: it can. */
static const char *
unsuitable(int fd)
{
	unsigned char head[EI_NIDENT] = { 0 };
	int dynamic;

	if (pread(fd, head, sizeof(head), 0) == -1)
		return strerror(errno);
	if (memcmp(head, "#!", 2) == 0)
		return "a script: its interpreter would be looked up inside; "
		       "give a statically linked program";
	if (memcmp(head, ELFMAG, SELFMAG) != 0)
		return "not a program (ELF)";
	if ((dynamic = is_dynamic(fd, head)) == -1)
		return strerror(errno);
	if (dynamic)
		return "dynamically linked: its loader and libraries would be "
		       "looked up inside; give a statically linked program";
	return NULL;
}

int
program_open(const struct program_request *r)
{
	const char *why;
	struct stat st;
	int fd;

	if (r->file == NULL)
		return -1;
	fd = open(r->file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1 || fstat(fd, &st) == -1)
		fail_errno(errno == ENOENT ? EXIT_ENOENT : EXIT_CANNOT_INVOKE,
		    "--exec %s", r->file);
	if (!S_ISREG(st.st_mode))
		fail(EXIT_CANNOT_INVOKE, "--exec %s: not a regular file",
		    r->file);
	if (faccessat(AT_FDCWD, r->file, X_OK, AT_EACCESS) == -1)
		fail_errno(EXIT_CANNOT_INVOKE, "--exec %s", r->file);
	if ((why = unsuitable(fd)) != NULL)
		fail(EXIT_CANNOT_INVOKE, "--exec %s: %s", r->file, why);
	return fd;
}

int
program_seal(const struct program_request *r, int fd)
{
	const char *base;
	int copy;

	base = strrchr(r->file, '/');
	copy = seal_program(fd, base != NULL ? base + 1 : r->file);
	close(fd);
	return copy;
}

/*
 * It is open, and is no script and needs no loader: what is not there is the
 * name that TOMOYO wants to find, /dev/fd/NUMBER or /proc/self/fd/NUMBER.
 */
static const char missing[] = "TOMOYO of this kernel starts no program where "
			      "/proc is not mounted; mount it in there";

/* argv[0] is the name that we were given, which leads nowhere in there. */
void
program_execute(const struct program_request *r, int fd, char **argv)
{
	char **all;
	size_t n = 0;

	while (argv[n] != NULL)
		n++;
	all = calloc(n + 2, sizeof(*all));
	if (all == NULL || (all[0] = strdup(r->file)) == NULL)
		fail_errno(EXIT_CANCELED, "--exec %s", r->file);
	for (size_t i = 0; i < n; i++)
		all[i + 1] = argv[i];
	file_execute(fd, all, environ);
	fail_why(EXIT_CANNOT_INVOKE, errno, errno == ENOENT ? missing : NULL,
	    "--exec %s", r->file);
}
