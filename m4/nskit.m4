dnl SPDX-License-Identifier: ISC

dnl NSKIT_FLAGS(VARIABLE, FLAGS)
dnl Append to VARIABLE each of FLAGS that a program can be compiled, linked
dnl and (where we do not cross-compile) run with. -Werror in the probe because
dnl clang only warns about what it does not know.
AC_DEFUN([NSKIT_FLAGS], [
	for nskit_flag in m4_normalize([$2]); do
		AC_MSG_CHECKING([whether $CC takes $nskit_flag])
		nskit_cflags=$CFLAGS
		CFLAGS="$CFLAGS $LINK_LDFLAGS -Werror $nskit_flag"
		AC_RUN_IFELSE([NSKIT_PROBE], [nskit_ok=yes], [nskit_ok=no],
		    [AC_LINK_IFELSE([NSKIT_PROBE], [nskit_ok=yes],
			[nskit_ok=no])])
		CFLAGS=$nskit_cflags
		AC_MSG_RESULT([$nskit_ok])
		AS_IF([test $nskit_ok = yes], [$1="$$1 $nskit_flag"])
	done
	AC_SUBST([$1])
])

AC_DEFUN([NSKIT_PROBE], [AC_LANG_PROGRAM([[#include <string.h>]],
    [[char s[8]; memset(s, 0, sizeof(s)); return s[0] != '\0'; ]])])

dnl NSKIT_HARDENING
AC_DEFUN([NSKIT_HARDENING], [
	NSKIT_FLAGS([HARDEN_CFLAGS], [-fstack-protector-strong
	    -fstack-clash-protection -fcf-protection=full
	    -ftrivial-auto-var-init=zero])
	NSKIT_FLAGS([HARDEN_CFLAGS], [-fPIE])
	NSKIT_FLAGS([SHARED_LDFLAGS], [-pie])
	NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,relro -Wl,-z,now
	    -Wl,-z,noexecstack -Wl,-z,separate-code])
	dnl Our code is made for both, but not each C library's start-up code,
	dnl so the linker has to be told.  Static, that library is a part of
	dnl the program, and its indirect jumps are not (see NSKIT_STATIC).
	case $HARDEN_CFLAGS in
	*-fcf-protection*)
		NSKIT_FLAGS([LINK_LDFLAGS], [-Wl,-z,shstk])
		NSKIT_FLAGS([SHARED_LDFLAGS], [-Wl,-z,ibt])
		;;
	esac
	dnl The highest level that the C library knows; none without -O. Some
	dnl compilers define a level of their own: take that back first.
	nskit_cppflags=$HARDEN_CPPFLAGS
	for nskit_level in 3 2; do
		AS_IF([test "x$HARDEN_CPPFLAGS" = "x$nskit_cppflags"], [
			AC_MSG_CHECKING([for _FORTIFY_SOURCE=$nskit_level])
			nskit_flag="-U_FORTIFY_SOURCE"
			nskit_flag="$nskit_flag -D_FORTIFY_SOURCE=$nskit_level"
			nskit_cflags=$CFLAGS
			CFLAGS="$CFLAGS -Werror $nskit_flag"
			AC_COMPILE_IFELSE([NSKIT_PROBE], [nskit_ok=yes],
			    [nskit_ok=no])
			CFLAGS=$nskit_cflags
			AC_MSG_RESULT([$nskit_ok])
			AS_IF([test $nskit_ok = yes],
			    [HARDEN_CPPFLAGS="$HARDEN_CPPFLAGS $nskit_flag"])
		])
	done
	AC_SUBST([HARDEN_CPPFLAGS])
])

dnl NSKIT_LIBBSD
dnl strtonum(3) and its kin: from the C library, else from libbsd.a (a shared
dnl library more costs each start about 130 us, the archive 7), else from the
dnl shared libbsd.  Sets BSD_CFLAGS and BSD_LIBS.
AC_DEFUN([NSKIT_LIBBSD], [
	nskit_libbsd=none
	AC_MSG_CHECKING([whether the C library has what libbsd has])
	NSKIT_LINK([], [], [nskit_libbsd=libc])
	AC_MSG_RESULT([$nskit_libbsd])
	AS_IF([test $nskit_libbsd = none], [
		PKG_CHECK_MODULES([BSD], [libbsd-overlay])
		nskit_shared=$BSD_LIBS
	])
	AS_IF([test $nskit_libbsd = none && test "x$with_shared_libbsd" != xyes], [
		AC_MSG_CHECKING([for libbsd.a])
		for nskit_libs in "-l:libbsd.a -l:libmd.a" "-l:libbsd.a"; do
			AS_IF([test $nskit_libbsd = none], [
				NSKIT_LINK([$BSD_CFLAGS], [$nskit_libs],
				    [nskit_libbsd=archive BSD_LIBS=$nskit_libs])
			])
		done
		AC_MSG_RESULT([$nskit_libbsd])
	])
	AS_IF([test $nskit_libbsd = none], [
		BSD_LIBS=$nskit_shared
		AC_MSG_CHECKING([for shared libbsd])
		NSKIT_LINK([$BSD_CFLAGS], [$BSD_LIBS], [nskit_libbsd=shared])
		AC_MSG_RESULT([$nskit_libbsd])
		AS_IF([test $nskit_libbsd = none],
		    [AC_MSG_ERROR([libbsd cannot be linked, see config.log])])
	])
])

dnl NSKIT_STATIC
dnl Whether the tools are static: where nothing was said, if that costs none of
dnl the hardening.  The loader, and the C library as a file of its own, take a
dnl tenth of the time of a whole run that does nothing.  Sets TOOL_LDFLAGS.
AC_DEFUN([NSKIT_STATIC], [
	nskit_static=no
	nskit_try=-static-pie
	case $SHARED_LDFLAGS:$enable_static in
	*-pie*:yes) nskit_try="-static-pie -static" ;;
	*-pie*) ;;
	*:yes) nskit_try=-static ;;
	*) enable_static=no ;;
	esac
	AS_IF([test "x$with_shared_libbsd" = xyes && test "x$enable_static" = x],
	    [enable_static=no])
	AS_IF([test "x$enable_static" != xno], [
		for nskit_flag in $nskit_try; do
			AS_IF([test $nskit_static = no], [
				AC_MSG_CHECKING([whether $nskit_flag works])
				NSKIT_LINK([$BSD_CFLAGS $nskit_flag], [$BSD_LIBS],
				    [nskit_static=$nskit_flag])
				AC_MSG_RESULT([$nskit_static])
			])
		done
	])
	AS_IF([test $nskit_static != no], [TOOL_LDFLAGS=$nskit_static],
	    [test "x$enable_static" = xyes],
	    [AC_MSG_ERROR([--enable-static: that does not work, see config.log])],
	    [TOOL_LDFLAGS=$SHARED_LDFLAGS])
	AC_SUBST([TOOL_LDFLAGS])
])

dnl NSKIT_SMARTCOLS
dnl libsmartcols, from its archive where nsls can be as static as the others.
dnl Sets SMARTCOLS_CFLAGS, SMARTCOLS_LIBS and NSLS_LDFLAGS.
AC_DEFUN([NSKIT_SMARTCOLS], [
	PKG_CHECK_MODULES([SMARTCOLS], [smartcols >= 2.38])
	NSLS_LDFLAGS=$SHARED_LDFLAGS
	nskit_smartcols=shared
	AS_IF([test $nskit_static != no], [
		nskit_libs=`$PKG_CONFIG --static --libs smartcols`
		AC_MSG_CHECKING([for a static libsmartcols])
		NSKIT_LINK([$BSD_CFLAGS $nskit_static], [$nskit_libs $BSD_LIBS],
		    [nskit_smartcols=archive SMARTCOLS_LIBS=$nskit_libs
		    NSLS_LDFLAGS=$nskit_static])
		AC_MSG_RESULT([$nskit_smartcols])
		AS_IF([test "$nskit_smartcols$enable_static" = sharedyes],
		    [AC_MSG_WARN([there is no libsmartcols.a: nsls alone is not static])])
	])
	dnl Filters (-Q) came with 2.40.
	nskit_saved=$LIBS
	LIBS="$SMARTCOLS_LIBS $BSD_LIBS $LIBS"
	AC_CHECK_FUNCS([scols_new_filter])
	LIBS=$nskit_saved
	AC_SUBST([NSLS_LDFLAGS])
])

dnl NSKIT_LINK(FLAGS, LIBS, IF-LINKED)
dnl A program that uses what we have from libbsd is linked, and, where we do
dnl not cross-compile, run.
AC_DEFUN([NSKIT_LINK], [
	nskit_cflags=$CFLAGS
	nskit_saved=$LIBS
	CFLAGS="$CFLAGS $HARDEN_CFLAGS $LINK_LDFLAGS $1"
	LIBS="$2 $LIBS"
	nskit_linked=no
	AC_LINK_IFELSE([AC_LANG_PROGRAM([[
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
]], [[
	const char *errstr;
	char buf[8];

	setprogname("probe");
	if (strlcpy(buf, "7", sizeof(buf)) >= sizeof(buf))
		errx(1, "%s: strlcpy", getprogname());
	return strtonum(buf, 0, 9, &errstr) != 7;
]])], [AS_IF([test "x$cross_compiling" = xyes || ./conftest$EXEEXT],
    [nskit_linked=yes])])
	CFLAGS=$nskit_cflags
	LIBS=$nskit_saved
	AS_IF([test $nskit_linked = yes], [$3])
])

dnl NSKIT_HELPER(PROGRAM, MACRO)
dnl The absolute path of PROGRAM; where it is not installed, where it would be.
AC_DEFUN([NSKIT_HELPER], [
	AC_PATH_PROG([$2], [$1], [/usr/bin/$1],
	    [/usr/bin$PATH_SEPARATOR/bin$PATH_SEPARATOR/usr/sbin$PATH_SEPARATOR$PATH])
	AC_DEFINE_UNQUOTED([$2], ["$$2"], [Where $1 is.])
])
