/* SPDX-License-Identifier: ISC */
#include "config.h"

#include <sys/stat.h>
#include <sys/types.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/exitcode.h"
#include "lib/fail.h"
#include "lib/file.h"
#include "lib/reason/reason.h"
#include "lib/seal.h"
#include "tools/nsjoin/program.h"

/* The program headers of an ELF file (elf(5)). */
struct headers {
	uint64_t at;
	unsigned n, size;
};

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

/* The type, place and length of the segment whose header is at AT. */
static int
read_header(int fd, bool wide, off_t at, uint32_t *type, uint64_t place[2])
{
	Elf64_Phdr p64 = { 0 };
	Elf32_Phdr p32 = { 0 };
	ssize_t n = wide ? pread(fd, &p64, sizeof(p64), at) :
			   pread(fd, &p32, sizeof(p32), at);

	if (n == 0)
		errno = ENOEXEC; /* cut off */
	if (n <= 0)
		return -1;
	*type = wide ? p64.p_type : p32.p_type;
	place[0] = wide ? p64.p_offset : p32.p_offset;
	place[1] = wide ? p64.p_filesz : p32.p_filesz;
	return 0;
}

/*
 * The interpreter that the ELF file FD asks for, the dynamic loader, into BUF;
 * "": none.  Returns 0, or -1 and errno.
 */
static int
find_loader(int fd, bool wide, char *buf, size_t size)
{
	uint64_t place[2];
	struct headers h;
	uint32_t type;

	buf[0] = '\0';
	if (find_headers(fd, wide, &h) == -1)
		return -1;
	for (unsigned i = 0; i < h.n; i++) {
		if (read_header(fd, wide, (off_t)(h.at + (uint64_t)i * h.size),
			&type, place) == -1)
			return -1;
		if (type != PT_INTERP)
			continue;
		if (place[1] >= size) {
			errno = ENAMETOOLONG;
			return -1;
		}
		buf[place[1]] = '\0';
		return pread(fd, buf, place[1], (off_t)place[0]) == -1 ? -1 : 0;
	}
	return 0;
}

/*
 * Why FD is no program that can run where none of our files is; NULL: it can,
 * with the loader LOADER, or with "" without one.
 */
static const char *
unsuitable(int fd, char *loader, size_t size)
{
	unsigned char head[EI_NIDENT] = { 0 };

	if (pread(fd, head, sizeof(head), 0) == -1)
		return strerror(errno);
	if (memcmp(head, "#!", 2) == 0)
		return "a script: its interpreter would be looked up inside; "
		       "give a statically linked program";
	if (memcmp(head, ELFMAG, SELFMAG) != 0)
		return "not a program (ELF)";
	if (find_loader(fd, head[EI_CLASS] == ELFCLASS64, loader, size) == -1)
		return strerror(errno);
	return NULL;
}

int
program_open(const struct program_request *r, struct libs *libs)
{
	char loader[PATH_MAX];
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
	if ((why = unsuitable(fd, loader, sizeof(loader))) != NULL)
		fail(EXIT_CANNOT_INVOKE, "--exec %s: %s", r->file, why);
	if (loader[0] != '\0' && !r->with_libs)
		fail(EXIT_CANNOT_INVOKE,
		    "--exec %s: dynamically linked: its loader and libraries "
		    "would be looked up inside; give a statically linked "
		    "program, or -A --with-libs",
		    r->file);
	if (loader[0] == '\0')
		return fd;
	libs_open(libs, loader, r->file);
	return program_seal(r, fd);
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

static const char no_proc[] = "--with-libs needs /proc in there: the loader "
			      "finds what it loads by /proc/self/fd";

/* argv[0] is the name that we were given, which leads nowhere in there. */
void
program_execute(const struct program_request *r, const struct libs *libs,
    int fd, char **argv)
{
	char **all;
	size_t n = 0;

	if (libs->loader != -1) {
		libs_execute(libs, fd, r->file, argv);
		fail_why(EXIT_CANNOT_INVOKE, errno,
		    errno == ENOENT ? no_proc : NULL, "--exec %s", r->file);
	}
	while (argv[n] != NULL)
		n++;
	all = calloc(n + 2, sizeof(*all));
	if (all == NULL || (all[0] = strdup(r->file)) == NULL)
		fail_errno(EXIT_CANCELED, "--exec %s", r->file);
	for (size_t i = 0; i < n; i++)
		all[i + 1] = argv[i];
	file_execute(fd, all, environ);
	fail_why(EXIT_CANNOT_INVOKE, errno,
	    errno == ENOENT    ? missing :
		errno == E2BIG ? reason_exec_size(all) :
				 NULL,
	    "--exec %s", r->file);
}
