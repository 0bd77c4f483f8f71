/* SPDX-License-Identifier: ISC */
/* reason: a command that cannot be run. */
#include "config.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/reason/reason.h"

/* What a script's first line names, up to a blank. */
static bool
script_interpreter(const char *head, char *name, size_t size)
{
	size_t len;

	if (strncmp(head, "#!", 2) != 0)
		return false;
	head += 2 + strspn(head + 2, " \t");
	/* That a line ends as in DOS is not for the kernel to know. */
	len = strcspn(head, " \t\n");
	if (len == 0 || len >= size)
		return false;
	memcpy(name, head, len);
	name[len] = '\0';
	return true;
}

static bool
read_string(int fd, uint64_t offset, char *name, size_t size)
{
	ssize_t n = pread(fd, name, size - 1, (off_t)offset);

	if (n <= 0)
		return false;
	name[n] = '\0';
	return true;
}

/* Where the program headers of an ELF file are, of 64 bits or 32. */
struct elf {
	uint64_t offset;
	int n;
	bool wide;
};

/* False: not an ELF file, or of no class that we know. */
static bool
elf_parse(const char *head, struct elf *elf)
{
	Elf64_Ehdr wide;
	Elf32_Ehdr narrow;

	if (memcmp(head, ELFMAG, SELFMAG) != 0)
		return false;
	memcpy(&wide, head, sizeof(wide));
	memcpy(&narrow, head, sizeof(narrow));
	elf->wide = head[EI_CLASS] == ELFCLASS64;
	elf->offset = elf->wide ? wide.e_phoff : narrow.e_phoff;
	elf->n = elf->wide ? wide.e_phnum : narrow.e_phnum;
	return elf->wide || head[EI_CLASS] == ELFCLASS32;
}

/* PT_INTERP of an ELF file of this byte order. */
static bool
elf_interpreter(int fd, const char *head, char *name, size_t size)
{
	union {
		Elf64_Phdr wide;
		Elf32_Phdr narrow;
	} ph;
	struct elf elf;
	size_t len;

	if (!elf_parse(head, &elf))
		return false;
	len = elf.wide ? sizeof(ph.wide) : sizeof(ph.narrow);
	for (int i = 0; i < elf.n; i++) {
		if (pread(fd, &ph, len,
			(off_t)(elf.offset + (uint64_t)i * len)) !=
		    (ssize_t)len)
			return false;
		/* The type comes first in both. */
		if (ph.wide.p_type == PT_INTERP)
			return read_string(fd,
			    elf.wide ? ph.wide.p_offset : ph.narrow.p_offset,
			    name, size);
	}
	return false;
}

/* NAME becomes what PATH names as its interpreter; false: none. */
static bool
interpreter_of(const char *path, char *name, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char head[256] = "";
	struct stat st;
	bool found;

	if (fd == -1)
		return false;
	found = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    pread(fd, head, sizeof(head) - 1, 0) > 0 &&
	    (script_interpreter(head, name, size) ||
		elf_interpreter(fd, head, name, size));
	close(fd);
	return found;
}

bool
reason_interpreter(const char *path, char *name, size_t size)
{
	return interpreter_of(path, name, size) && access(name, F_OK) == -1 &&
	    (errno == ENOENT || errno == ENOTDIR);
}

static const char *
not_found(const char *path, int outside)
{
	bool is_path = strchr(path, '/') != NULL;

	if (outside == -1)
		return is_path ? reason_path(path, ENOENT) :
				 "there is no such command in PATH";
	if (outside == 1)
		return "it is there outside, but it was looked for inside, "
		       "below the new root directory";
	return is_path ? "the path is looked up inside" :
			 "there is no such command in the PATH inside";
}

static const char *
not_allowed(const char *path)
{
	static char text[REASON_MAX];
	struct statvfs vfs;
	struct stat st;
	char name[256];

	if (stat(path, &st) == -1)
		return reason_path(path, EACCES);
	if (S_ISDIR(st.st_mode))
		return "it is a directory";
	if (!S_ISREG(st.st_mode))
		return "it is not a regular file";
	if (statvfs(path, &vfs) == 0 && (vfs.f_flag & ST_NOEXEC))
		return "its file system is mounted noexec";
	if ((st.st_mode & 0111) == 0)
		return "the file is not executable: chmod +x";
	if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == -1)
		return "only others may execute it, by its mode";
	if (!interpreter_of(path, name, sizeof(name)))
		return NULL;
	snprintf(
	    text, sizeof(text), "its interpreter %s may not be executed", name);
	return text;
}

static const char *
no_program(const char *path)
{
	char name[256];

	return interpreter_of(path, name, sizeof(name)) ?
	    NULL :
	    "it is damaged or of another kind of machine";
}

/* The bytes of LIST, as execve(2) counts them: strings and pointers. */
static size_t
size_of(char *const list[])
{
	size_t size = 0;

	for (; *list != NULL; list++)
		size += strlen(*list) + 1 + sizeof(*list);
	return size;
}

/* How many of them it takes: bprm_stack_limits() of fs/exec.c. */
static size_t
size_taken(void)
{
	const size_t least = 128 << 10, most = 6 << 20;
	struct rlimit stack;

	if (getrlimit(RLIMIT_STACK, &stack) == -1 || stack.rlim_cur / 4 > most)
		return most;
	return stack.rlim_cur / 4 < least ? least : stack.rlim_cur / 4;
}

const char *
reason_exec_size(char *const argv[])
{
	static char text[REASON_MAX];
	size_t size = size_of(argv) + size_of(environ), taken = size_taken();

	if (size <= taken)
		return NULL;
	snprintf(text, sizeof(text),
	    "arguments and environment have %zu bytes, and the kernel takes "
	    "%zu: a quarter of ulimit -s, 6 MiB at most",
	    size, taken);
	return text;
}

const char *
reason_exec(const char *path, int errnum, int outside)
{
	static char text[REASON_MAX];
	char name[256];

	if (errnum == EACCES)
		return not_allowed(path);
	if (errnum == ENOTDIR)
		return reason_path(path, ENOTDIR);
	if (errnum == ENOEXEC)
		return no_program(path);
	if (errnum == ETXTBSY)
		return "it is being written";
	if (errnum != ENOENT)
		return NULL;
	if (strchr(path, '/') == NULL || access(path, F_OK) == -1)
		return not_found(path, outside);
	if (!reason_interpreter(path, name, sizeof(name)))
		return NULL;
	snprintf(text, sizeof(text), "its interpreter %s is missing%s%s", name,
	    outside != -1 ? " inside" : "",
	    name[strlen(name) - 1] == '\r' ? ": its lines end as in DOS" : "");
	return text;
}
