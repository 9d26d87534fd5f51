// Fetch, by libcurl.
#include "microgpt/fetch.hpp"

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

void set_limits(CURL* curl, const DownloadLimits& limits, std::chrono::milliseconds left) {
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // Ctrl-C is not its business
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    if (const char* authorities = std::getenv("CURL_CA_BUNDLE")) {  // as the program curl does
        curl_easy_setopt(curl, CURLOPT_CAINFO, authorities);
    }
}

void set_callbacks(CURL* curl, Answer& answer) {
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &answer);
}

/// Whether the next attempt may succeed: after a server's own trouble, a time-out, or a connection
/// that broke off.
bool may_pass(CURLcode code, CURL* curl, long status) {
    long proxy = 0;
    curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &proxy);
    if (proxy >= 400) status = proxy;
    if (status >= 400) return status >= 500 || status == 408 || status == 429;
    long reason = 0;  // the system's, of a connection that could not be made
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &reason);
    if (code == CURLE_COULDNT_CONNECT) return reason == ECONNRESET || reason == ETIMEDOUT;
    for (const CURLcode passing :
         {CURLE_OPERATION_TIMEDOUT, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR,
          CURLE_SEND_ERROR, CURLE_SSL_CONNECT_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM}) {
        if (code == passing) return true;
    }
    return false;
}

}  // namespace

std::optional<std::string> fetch(const std::string& address, PartFile& part,
                                 const Progress& progress, const DownloadLimits& limits,
                                 std::chrono::milliseconds left) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                     curl_easy_cleanup);
    CURL* curl = handle.get();
    Answer answer{curl, part, progress, limits, Clock::now(), false, nullptr};
    char reason[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
    const std::string rest = std::to_string(part.size()) + "-";
    if (part.size() > 0) curl_easy_setopt(curl, CURLOPT_RANGE, rest.c_str());
    set_limits(curl, limits, left);
    set_callbacks(curl, answer);
    const CURLcode code = curl_easy_perform(curl);
    if (answer.failure) std::rethrow_exception(answer.failure);
    if (answer.status() == 416) {  // the part goes on where the file has ended
        part.clear();
        throw PassingError("the server cannot go on from there");
    }
    if (code != CURLE_OK) {
        const std::string why = *reason != '\0' ? reason : curl_easy_strerror(code);
        if (may_pass(code, curl, answer.status())) throw PassingError(why);
        throw DownloadError(why);
    }
    char* redirect = nullptr;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect);
    if (redirect == nullptr) return std::nullopt;
    return redirect;
}

}  // namespace microgpt
