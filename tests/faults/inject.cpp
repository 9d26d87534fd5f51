// What is put before the C library, by LD_PRELOAD, to fail one of its calls, as FAULT says.
//
// FAULT="memory 5 12" fails the fifth allocation after main() begins with errno 12, and
// FAULT="calls 5 28 on" the fifth call of the system and all writing that follows. FAULT_COUNT
// names a file that is told how many of each there were.
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
}

namespace {

struct Fault {
    bool of_memory = false;
    long at = 0;  // 1 is the first
    int reason = 0;
    bool goes_on = false;
};

Fault fault;
std::atomic<bool> is_counting = false;
std::atomic<long> allocations = 0;
std::atomic<long> calls = 0;

bool is_hit(bool of_memory, std::atomic<long>& counter, bool writes = false) {
    if (!is_counting) return false;
    const long number = ++counter;
    if (fault.of_memory != of_memory || fault.at == 0) return false;
    const bool hit = number == fault.at || (fault.goes_on && writes && number > fault.at);
    if (hit) errno = fault.reason;
    return hit;
}

bool allocation_fails() { return is_hit(true, allocations); }
bool call_fails(bool writes = false) { return is_hit(false, calls, writes); }

void read_fault() {
    const char* text = std::getenv("FAULT");
    if (text == nullptr) return;
    char kind[16] = "";
    char on[16] = "";
    std::sscanf(text, "%15s %ld %d %15s", kind, &fault.at, &fault.reason, on);
    fault.of_memory = std::strcmp(kind, "memory") == 0;
    fault.goes_on = std::strcmp(on, "on") == 0;
}

void tell_counts() {
    is_counting = false;
    const char* file = std::getenv("FAULT_COUNT");
    std::FILE* out = file != nullptr ? std::fopen(file, "w") : nullptr;
    if (out == nullptr) return;
    std::fprintf(out, "%ld %ld\n", allocations.load(), calls.load());
    std::fclose(out);
}

/// What OpenSSL does when libcurl uses it for the first time is its own affair, and it has been
/// seen to crash where there is no memory for that.
void start_openssl() {
    void* const libcurl = dlopen("libcurl.so.4", RTLD_NOW);
    unsigned char digest[64];
    using Sha256 = const void* (*)();
    using Digest = int (*)(const void*, std::size_t, unsigned char*, unsigned*, const void*, void*);
    const auto sha256 = reinterpret_cast<Sha256>(dlsym(libcurl, "EVP_sha256"));
    const auto compute = reinterpret_cast<Digest>(dlsym(libcurl, "EVP_Digest"));
    if (sha256 != nullptr && compute != nullptr) compute("", 0, digest, nullptr, sha256(), nullptr);
}

using Main = int (*)(int, char**, char**);
Main real_main;

int counted_main(int argc, char** argv, char** environment) {
    read_fault();
    start_openssl();
    is_counting = true;
    const int status = real_main(argc, argv, environment);
    tell_counts();
    return status;
}

template <class Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                      void (*rtld_fini)(), void* stack) {
    real_main = main;
    return next<int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*)>(
        "__libc_start_main")(counted_main, argc, argv, init, fini, rtld_fini, stack);
}

// ---- Memory

void* malloc(std::size_t size) { return allocation_fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) {
    return allocation_fails() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
    return allocation_fails() ? nullptr : __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
    return allocation_fails() ? nullptr : __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** place, std::size_t alignment, std::size_t size) {
    *place = memalign(alignment, size);
    return *place != nullptr ? 0 : ENOMEM;
}

// ---- Calls of the system, as far as a program or a library makes them by the C library's
// functions

#define WRAP(result, name, parameters, arguments, failure)          \
    result name parameters {                                        \
        static const auto real = next<result(*) parameters>(#name); \
        return call_fails() ? (failure) : real arguments;           \
    }
#define WRAP_OPEN(name)                                                        \
    int name(const char* file, int flags, ...) {                               \
        va_list rest;                                                          \
        va_start(rest, flags);                                                 \
        const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                          \
        static const auto real = next<int (*)(const char*, int, ...)>(#name);  \
        return call_fails() ? -1 : real(file, flags, mode);                    \
    }

WRAP_OPEN(open)
WRAP_OPEN(open64)
WRAP(std::FILE*, fopen, (const char* file, const char* mode), (file, mode), nullptr)
WRAP(std::FILE*, fopen64, (const char* file, const char* mode), (file, mode), nullptr)
WRAP(int, mkstemp, (char* name), (name), -1)
WRAP(int, mkstemp64, (char* name), (name), -1)
WRAP(ssize_t, read, (int file, void* to, std::size_t size), (file, to, size), -1)
WRAP(ssize_t, pread, (int file, void* to, std::size_t size, off_t at), (file, to, size, at), -1)
WRAP(ssize_t, pread64, (int file, void* to, std::size_t size, off_t at), (file, to, size, at), -1)
ssize_t write(int file, const void* from, std::size_t size) {
    static const auto real = next<ssize_t (*)(int, const void*, std::size_t)>("write");
    return call_fails(true) ? -1 : real(file, from, size);
}
WRAP(int, fsync, (int file), (file), -1)
WRAP(int, ftruncate, (int file, off_t size), (file, size), -1)
WRAP(int, ftruncate64, (int file, off_t size), (file, size), -1)
WRAP(int, rename, (const char* from, const char* to), (from, to), -1)
WRAP(int, unlink, (const char* file), (file), -1)
WRAP(int, mkdir, (const char* folder, mode_t mode), (folder, mode), -1)
WRAP(int, flock, (int file, int how), (file, how), -1)
WRAP(int, fchmod, (int file, mode_t mode), (file, mode), -1)
WRAP(int, fchown, (int file, uid_t user, gid_t group), (file, user, group), -1)
WRAP(int, stat, (const char* file, struct stat* to), (file, to), -1)
WRAP(int, lstat, (const char* file, struct stat* to), (file, to), -1)
WRAP(int, fstat, (int file, struct stat* to), (file, to), -1)
WRAP(int, stat64, (const char* file, struct stat64* to), (file, to), -1)
WRAP(int, lstat64, (const char* file, struct stat64* to), (file, to), -1)
WRAP(int, fstat64, (int file, struct stat64* to), (file, to), -1)
WRAP(int, faccessat, (int at, const char* file, int mode, int flags), (at, file, mode, flags), -1)
WRAP(ssize_t, readlink, (const char* link, char* to, std::size_t size), (link, to, size), -1)
WRAP(int, statvfs, (const char* file, struct statvfs* to), (file, to), -1)
WRAP(int, socket, (int domain, int type, int protocol), (domain, type, protocol), -1)
WRAP(int, connect, (int to, const sockaddr* address, socklen_t size), (to, address, size), -1)
WRAP(ssize_t, send, (int to, const void* from, std::size_t size, int flags),
     (to, from, size, flags), -1)
WRAP(ssize_t, recv, (int from, void* to, std::size_t size, int flags), (from, to, size, flags), -1)
WRAP(int, poll, (pollfd * files, nfds_t count, int milliseconds), (files, count, milliseconds), -1)

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) {
    static const auto real = next<decltype(&pthread_create)>("pthread_create");
    return call_fails() ? EAGAIN : real(thread, attributes, start, argument);
}

}  // extern "C"
