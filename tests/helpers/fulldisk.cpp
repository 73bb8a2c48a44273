// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a program: while the file that SOCIETY_TEST_FULL names is there, nothing can be written to regular
// files; while that of SOCIETY_TEST_NO_ROOM is there, file systems say that they have no room.

#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

extern "C" ssize_t write(int fd, const void *data, size_t size)
{
    using Write = ssize_t (*)(int, const void *, size_t);
    static const Write next = reinterpret_cast<Write>(::dlsym(RTLD_NEXT, "write"));
    const char *mark = std::getenv("SOCIETY_TEST_FULL");
    struct stat facts = {};
    if (mark && ::access(mark, F_OK) == 0 && ::fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) {
        errno = ENOSPC;
        return -1;
    }
    return next(fd, data, size);
}

extern "C" int fstatvfs(int fd, struct statvfs *facts)
{
    using FStatVfs = int (*)(int, struct statvfs *);
    static const FStatVfs next = reinterpret_cast<FStatVfs>(::dlsym(RTLD_NEXT, "fstatvfs"));
    const int result = next(fd, facts);
    const char *mark = std::getenv("SOCIETY_TEST_NO_ROOM");
    if (mark && ::access(mark, F_OK) == 0)
        facts->f_bavail = 0;
    return result;
}
