// Libcurl, by the names of its functions.
#include "microgpt/files/libcurl.hpp"

#include <dlfcn.h>

#include <string>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

namespace {

#if defined(__APPLE__)
constexpr char file[] = "libcurl.4.dylib";
#else
constexpr char file[] = "libcurl.so.4";
#endif

[[noreturn]] void fail() {
    throw Error(std::string("libcurl cannot be loaded (") + dlerror() +
                "): install it, or set MICROGPT_NAMES to a file of your own");
}

/// A function of it: whatever type of function is asked for.
struct Function {
    void* place;
    template <class Pointer>
    operator Pointer() const {
        return reinterpret_cast<Pointer>(place);
    }
};

/// It stays loaded until the program ends.
Libcurl load() {
    void* const library = dlopen(file, RTLD_NOW);
    if (library == nullptr) fail();
    const auto find = [library](const char* name) {
        const Function found = {dlsym(library, name)};
        if (found.place == nullptr) fail();
        return found;
    };
    return {.init = find("curl_easy_init"),
            .setopt = find("curl_easy_setopt"),
            .perform = find("curl_easy_perform"),
            .getinfo = find("curl_easy_getinfo"),
            .cleanup = find("curl_easy_cleanup"),
            .url = find("curl_url"),
            .url_set = find("curl_url_set"),
            .url_get = find("curl_url_get"),
            .url_cleanup = find("curl_url_cleanup"),
            .free = find("curl_free")};
}

}  // namespace

const Libcurl& libcurl() {
    static const Libcurl functions = load();
    return functions;
}

}  // namespace microgpt
