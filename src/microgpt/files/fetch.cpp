// Fetch, by libcurl.
#include "microgpt/files/fetch.hpp"

#include <curl/curl.h>

#include <cerrno>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string_view>

namespace microgpt {

namespace {

using Clock = std::chrono::steady_clock;

/// Where the answer's bytes go, and what went wrong while they came.
struct Answer {
    CURL* curl;
    PartFile& part;
    const Progress& progress;
    const DownloadLimits& limits;
    Clock::time_point last_byte;
    bool begun;
    std::exception_ptr failure;

    long status() const {
        long code = 0;  // stays so for file://
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
        return code;
    }
    /// 206 goes on where the part ends; anything else begins anew. A redirect has no bytes for us.
    void take(std::string_view bytes) {
        last_byte = Clock::now();
        if (status() >= 300) return;
        if (!begun && status() != 206) part.clear();
        begun = true;
        if (part.size() + bytes.size() > limits.bytes) {
            part.clear();
            throw DownloadError("it is larger than " + std::to_string(limits.bytes) + " bytes");
        }
        part.append(bytes);
    }
};

std::size_t on_bytes(const char* bytes, std::size_t size, std::size_t count, void* target) {
    Answer& answer = *static_cast<Answer*>(target);
    try {
        answer.take({bytes, size * count});
        return size * count;
    } catch (...) {  // libcurl is C, and cannot be thrown through
        answer.failure = std::current_exception();
        return 0;
    }
}

/// Called once a second at the least. Returns whether to give up: libcurl has a limit for slowness,
/// but takes the mean of five seconds for it.
int on_progress(void* target, curl_off_t total, curl_off_t come, curl_off_t, curl_off_t) {
    Answer& answer = *static_cast<Answer*>(target);
    if (answer.progress && answer.begun) {
        const std::uint64_t here = answer.part.size();
        answer.progress(here, total == 0 ? 0 : here + static_cast<std::uint64_t>(total - come));
    }
    if (Clock::now() - answer.last_byte < answer.limits.stall) return 0;
    answer.failure = std::make_exception_ptr(PassingError("the server has fallen silent"));
    return 1;
}

/// Every option is one that any libcurl has, so what it refuses is for want of memory.
template <class Value>
void set(CURL* curl, CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(curl, option, value);
    if (code != CURLE_OK) throw DownloadError(curl_easy_strerror(code));
}

void set_options(CURL* curl, Answer& answer, std::chrono::milliseconds left) {
    set(curl, CURLOPT_NOSIGNAL, 1L);  // Ctrl-C is not its business
    set(curl, CURLOPT_FAILONERROR, 1L);
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(answer.limits.connect.count()));
    set(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    if (const char* authorities = std::getenv("CURL_CA_BUNDLE")) {  // as the program curl does
        set(curl, CURLOPT_CAINFO, authorities);
    }
    set(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    set(curl, CURLOPT_WRITEDATA, &answer);
    set(curl, CURLOPT_NOPROGRESS, 0L);
    set(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    set(curl, CURLOPT_XFERINFODATA, &answer);
}

/// What may go wrong below HTTP. libcurl's own words for it differ from version to version.
struct Trouble {
    CURLcode code;
    bool may_pass;
    const char* words;
};
constexpr Trouble troubles[] = {
    {CURLE_COULDNT_RESOLVE_HOST, false, "nobody knows this host"},
    {CURLE_COULDNT_RESOLVE_PROXY, false, "nobody knows the proxy"},
    {CURLE_COULDNT_CONNECT, false, "nobody answers there"},
    {CURLE_OPERATION_TIMEDOUT, true, "no answer in time"},
    {CURLE_PARTIAL_FILE, true, "the connection ended too soon"},
    {CURLE_GOT_NOTHING, true, "the connection ended too soon"},
    {CURLE_RECV_ERROR, true, "the connection was reset"},
    {CURLE_SEND_ERROR, true, "the connection was reset"},
    {CURLE_HTTP2_STREAM, true, "the connection was reset"},
    {CURLE_SSL_CONNECT_ERROR, true, "TLS could not begin"},
    {CURLE_PEER_FAILED_VERIFICATION, false,
     "nobody that is trusted vouches for its certificate: CURL_CA_BUNDLE can name who does"},
    {CURLE_SSL_CACERT_BADFILE, false,
     "there are no certificates to trust: install ca-certificates, or set CURL_CA_BUNDLE"},
};

/// Throws what there is to say of a request that failed. A server's own trouble may pass, and a
/// connection that broke off.
[[noreturn]] void fail(CURLcode code, CURL* curl, long status, const std::string& address) {
    long proxy = 0;
    long reason = 0;  // the system's
    curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &reason);
    if (proxy >= 400) status = proxy;
    Trouble found = {code, false, curl_easy_strerror(code)};
    for (const Trouble& trouble : troubles) found = trouble.code == code ? trouble : found;
    if (code == CURLE_COULDNT_CONNECT) found.may_pass = reason == ECONNRESET || reason == ETIMEDOUT;
    if (status >= 400) found.may_pass = status >= 500 || status == 408 || status == 429;
    std::string why = address + ": ";
    why += status < 400 ? found.words : "the server answers with status " + std::to_string(status);
    if (found.may_pass) throw PassingError(why);
    throw DownloadError(why);
}

}  // namespace

std::optional<std::string> fetch(const std::string& address, PartFile& part,
                                 const Progress& progress, const DownloadLimits& limits,
                                 std::chrono::milliseconds left) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                     curl_easy_cleanup);
    CURL* curl = handle.get();
    if (curl == nullptr) throw DownloadError("libcurl cannot begin");
    Answer answer{curl, part, progress, limits, Clock::now(), false, nullptr};
    set(curl, CURLOPT_URL, address.c_str());
    const std::string rest = std::to_string(part.size()) + "-";
    if (part.size() > 0) set(curl, CURLOPT_RANGE, rest.c_str());
    set_options(curl, answer, left);
    const CURLcode code = curl_easy_perform(curl);
    if (answer.failure) std::rethrow_exception(answer.failure);
    if (answer.status() == 416) {  // the part goes on where the file has ended
        part.clear();
        throw PassingError("the server cannot go on from there");
    }
    if (code != CURLE_OK) fail(code, curl, answer.status(), address);
    char* redirect = nullptr;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect);
    return redirect == nullptr ? std::nullopt : std::optional<std::string>(redirect);
}

}  // namespace microgpt
