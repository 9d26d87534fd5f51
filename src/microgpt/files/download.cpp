// Download: which addresses are gone to, how often, and whether what came is what was wanted.
#include "microgpt/files/download.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "microgpt/files/part_file.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

namespace {

// ---- Addresses

std::string part_of(const std::string& url, CURLUPart part, unsigned flags = 0) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), curl_url_cleanup);
    char* text = nullptr;
    if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
        curl_url_get(parsed.get(), part, &text, flags) != CURLUE_OK) {
        throw DownloadError("'" + url + "' is not an address");
    }
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
    return text;
}

bool is_file(const std::string& url) { return part_of(url, CURLUPART_SCHEME) == "file"; }

/// No limit of time holds for opening a pipe that nobody writes to.
void require_regular(const std::string& url) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(part_of(url, CURLUPART_PATH, CURLU_URLDECODE), ignored)) {
        return;
    }
    throw DownloadError(url + " is not a file");
}

/// What comes over plain http can be read and changed on its way, so it stays on this machine.
/// From https nothing leads to it, nor to a file from anywhere: libcurl sees to that.
void require_allowed(const std::string& address) {
    const std::string scheme = part_of(address, CURLUPART_SCHEME);
    const std::string host = scheme == "http" ? part_of(address, CURLUPART_HOST) : "";
    in_addr ip{};
    const bool is_loopback =
        host == "localhost" || host == "[::1]" ||
        (inet_pton(AF_INET, host.c_str(), &ip) == 1 && ntohl(ip.s_addr) >> 24 == 127);
    if (scheme == "https" || scheme == "file" || is_loopback) return;
    throw DownloadError(address + " is not https");
}

// ---- Attempts

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds time_left(Clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) throw DownloadError("it takes too long");
    return left;
}

/// Has the rest of the part come, or all of it anew. What a part left by another attempt goes on
/// with may have been another file.
void attempt(const std::string& url, PartFile& part, const std::string& sha256,
             const Progress& progress, const DownloadLimits& limits, Clock::time_point end) {
    const bool begun_before = part.size() > 0;
    const auto take = [&](std::uint64_t place, std::string_view bytes) {
        if (place == 0) part.clear();
        if (place + bytes.size() > limits.bytes) {
            part.clear();
            throw DownloadError("it is larger than " + std::to_string(limits.bytes) + " bytes");
        }
        part.append(bytes);
    };
    fetch(url, part.size(), {require_allowed, take, progress}, limits, time_left(end));
    const std::string actual = sha256_of(part.bytes());
    if (actual == sha256) return;
    part.clear();
    const std::string why = "its SHA-256 is " + actual + ", not " + sha256;
    if (begun_before) throw PassingError(why);
    throw DownloadError(why);
}

}  // namespace

void download(const std::string& url, const std::filesystem::path& file, const std::string& digits,
              const Progress& progress, const DownloadLimits& limits) {
    const std::string sha256 = sha256_from(digits);
    const auto end = Clock::now() + limits.total;
    PartFile part(file, limits.lock);
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored) && sha256_of(read_file(file)) == sha256) {
        part.discard();  // while we waited, another process has done it
        return;
    }
    if (sha256_of(part.bytes()) == sha256) {  // or had, and was killed before the last stroke
        part.publish();
        return;
    }
    if (is_file(url)) {
        require_regular(url);
        part.clear();  // a copy is begun anew
    }
    std::chrono::milliseconds pause = limits.backoff;
    for (int retries = 0;; ++retries) {
        try {
            attempt(url, part, sha256, progress, limits, end);
            part.publish();
            return;
        } catch (const PassingError&) {
            if (retries == limits.retries) throw;
        }
        std::this_thread::sleep_for(std::min(pause, time_left(end)));
        pause *= 2;
    }
}

}  // namespace microgpt
