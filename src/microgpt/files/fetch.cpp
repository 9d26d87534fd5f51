// Fetch, by libcurl.
#include "microgpt/files/fetch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <exception>
#include <memory>

#include "microgpt/files/libcurl.hpp"
#include "microgpt/files/trouble.hpp"

namespace microgpt {

namespace {

template <class Value>
Value info(CURL* curl, CURLINFO what) {
    Value value{};  // stays so where there is none
    libcurl().getinfo(curl, what, &value);
    return value;
}

/// One request's answer: whom it is told to, and what went wrong while it came.
struct Answer {
    CURL* curl;
    const Listener& listener;
    const DownloadLimits& limits;
    std::uint64_t from;  // where what comes belongs
    std::uint64_t taken = 0;
    std::chrono::steady_clock::time_point last_byte = std::chrono::steady_clock::now();
    std::exception_ptr failure = nullptr;

    long status() const { return info<long>(curl, CURLINFO_RESPONSE_CODE); }
    std::string address() const { return shown(info<const char*>(curl, CURLINFO_EFFECTIVE_URL)); }
    /// A redirect, whose own page nobody asked for.
    bool is_elsewhere() const { return status() / 100 == 3; }
    /// 206 goes on where the part ends; anything else begins anew.
    void take(std::string_view bytes) {
        last_byte = std::chrono::steady_clock::now();
        if (is_elsewhere()) return;
        if (status() != 206) from = 0;
        listener.take(from + taken, bytes);
        taken += bytes.size();
    }
    /// libcurl has a limit for slowness, but takes the mean of five seconds for it.
    void watch(std::uint64_t total) const {
        if (listener.tell && taken > 0) listener.tell(from + taken, total == 0 ? 0 : from + total);
        if (std::chrono::steady_clock::now() - last_byte < limits.stall) return;
        throw PassingError(address() + ": nothing more comes");
    }
};

/// Whether `work` was done. libcurl is C and cannot be thrown through, so a failure is kept, and
/// nothing is done after it.
bool is_done(void* target, const auto& work) try {
    Answer& answer = *static_cast<Answer*>(target);
    if (!answer.failure) work(answer);
    return !answer.failure;
} catch (...) {
    static_cast<Answer*>(target)->failure = std::current_exception();
    return false;
}

/// Headers, and what stands between pieces: libcurl tells of them in its log.
int on_log(CURL*, curl_infotype kind, char*, std::size_t count, void* target) {
    const bool came = kind == CURLINFO_HEADER_IN || kind == CURLINFO_DATA_IN;
    if (came) is_done(target, [&](const Answer& answer) { answer.listener.count(count); });
    return 0;
}

std::size_t on_bytes(const char* bytes, std::size_t, std::size_t count, void* target) {
    return is_done(target, [&](Answer& answer) { answer.take({bytes, count}); }) ? count : 0;
}

int on_progress(void* target, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
    return is_done(target, [&](const Answer& answer) { answer.watch(total); }) ? 0 : 1;
}

/// Every option is one that this libcurl has, so what it refuses is for want of memory.
void set(CURL* curl, CURLoption option, auto value) {
    if (libcurl().setopt(curl, option, value) != CURLE_OK) throw DownloadError("no memory is left");
}

void set_options(CURL* curl, const std::string& url, Answer& answer) {
    set(curl, CURLOPT_URL, url.c_str());
    if (answer.from > 0) set(curl, CURLOPT_RANGE, (std::to_string(answer.from) + "-").c_str());
    set(curl, CURLOPT_NOSIGNAL, 1L);  // Ctrl-C is not its business
    set(curl, CURLOPT_FAILONERROR, 1L);
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(answer.limits.connect.count()));
    const char* bundle = std::getenv("CURL_CA_BUNDLE");
    if (bundle != nullptr && *bundle != '\0') set(curl, CURLOPT_CAINFO, bundle);
    set(curl, CURLOPT_VERBOSE, 1L);  // for on_log()
    set(curl, CURLOPT_DEBUGFUNCTION, on_log);
    set(curl, CURLOPT_DEBUGDATA, &answer);
    set(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    set(curl, CURLOPT_WRITEDATA, &answer);
    set(curl, CURLOPT_NOPROGRESS, 0L);
    set(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    set(curl, CURLOPT_XFERINFODATA, &answer);
}

/// Only by https: from here on nobody on the way may give another file.
void follow(CURL* curl, const char* address) {
    set(curl, CURLOPT_URL, address);
#if LIBCURL_VERSION_NUM >= 0x075500  // 7.85
    set(curl, CURLOPT_PROTOCOLS_STR, "https");
#else
    set(curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTPS);
#endif
}

/// A server's own trouble may pass, and a connection that broke off.
[[noreturn]] void fail(CURLcode code, const Answer& answer) {
    const long proxy = info<long>(answer.curl, CURLINFO_HTTP_CONNECTCODE);
    const long reason = info<long>(answer.curl, CURLINFO_OS_ERRNO);  // the system's
    const long status = proxy >= 400 ? proxy : answer.status();
    Trouble found = trouble_of(code);
    if (code == CURLE_COULDNT_CONNECT) found.may_pass = reason == ECONNRESET || reason == ETIMEDOUT;
    if (status >= 400) {
        found.may_pass = status >= 500 || status == 408 || status == 429;
        found.words = proxy >= 400 || status == 407 ? "the proxy" : "the server";
        found.words += " answers with status " + std::to_string(status);
    }
    const std::string message = answer.address() + ": " + found.words;
    if (found.may_pass) throw PassingError(message);
    throw DownloadError(message);
}

}  // namespace

void fetch(const std::string& url, std::uint64_t from, const Listener& listener,
           const DownloadLimits& limits, std::chrono::milliseconds left) {
    const auto cleanup = libcurl().cleanup;
    const std::unique_ptr<CURL, decltype(cleanup)> curl(libcurl().init(), cleanup);
    if (curl == nullptr) throw DownloadError("libcurl cannot begin");
    Answer answer{curl.get(), listener, limits, from};
    set_options(curl.get(), url, answer);
    const auto end = std::chrono::steady_clock::now() + left;
    // Redirects are followed here: newer versions of libcurl tell nobody what comes with one.
    for (int redirects = 0;; ++redirects) {
        const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(
            end - std::chrono::steady_clock::now());
        set(curl.get(), CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(rest.count())));
        const CURLcode code = libcurl().perform(curl.get());
        if (answer.failure) std::rethrow_exception(answer.failure);
        if (answer.status() == 416) return;  // nothing comes after `from`
        if (code == CURLE_UNSUPPORTED_PROTOCOL) {
            throw DownloadError(answer.address() + " is not https");
        }
        if (code != CURLE_OK) fail(code, answer);
        if (!answer.is_elsewhere()) return;
        const char* next = info<const char*>(curl.get(), CURLINFO_REDIRECT_URL);
        if (next == nullptr) throw DownloadError(answer.address() + ": it leads nowhere");
        if (redirects == limits.redirects) fail(CURLE_TOO_MANY_REDIRECTS, answer);
        follow(curl.get(), next);
    }
}

}  // namespace microgpt
