// Download: how often it is tried, and whether what came is what was wanted.
#include "microgpt/files/download.hpp"

#include <algorithm>
#include <thread>

#include "microgpt/files/address.hpp"
#include "microgpt/files/part_file.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds time_left(Clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) throw DownloadError("it takes too long");
    return left;
}

/// Has the rest of the part come, or all of it anew, and returns the whole. What a part left by
/// another attempt goes on with may have been another file.
std::string attempt(const std::string& url, PartFile& part, const std::string& sha256,
                    const Progress& progress, const DownloadLimits& limits, Clock::time_point end) {
    const bool begun_before = part.size() > 0;
    std::uint64_t come = 0;
    const auto limit = [&](std::uint64_t bytes) {
        if (bytes <= limits.bytes) return;
        part.clear();
        throw DownloadError(shown(url) + ": more than " + std::to_string(limits.bytes) +
                            " bytes come from there");
    };
    const auto count = [&](std::uint64_t bytes) { limit(come += bytes); };
    const auto take = [&](std::uint64_t place, std::string_view bytes) {
        limit(place + bytes.size());
        if (place == 0) part.clear();
        part.append(bytes);
    };
    fetch(url, part.size(), {take, count, progress}, limits, time_left(end));
    std::string bytes = part.bytes();
    const std::string actual = sha256_of(bytes);
    if (actual == sha256) return bytes;
    part.clear();
    const std::string why = "its SHA-256 is " + actual + ", not " + sha256;
    if (begun_before) throw PassingError(why);
    throw DownloadError(why);
}

/// Of a file that may be there.
std::string bytes_there(const std::filesystem::path& file) {
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? read_file(file) : "";
}

}  // namespace

std::string download(const std::string& url, const std::filesystem::path& file,
                     const std::string& digits, const Progress& progress,
                     const DownloadLimits& limits) {
    const std::string sha256 = sha256_from(digits);
    const auto end = Clock::now() + limits.total;
    require_allowed(url);
    PartFile part(file, limits.lock);
    if (std::string there = bytes_there(file); sha256_of(there) == sha256) {
        part.discard();  // while we waited, another process has done it
        return there;
    }
    if (part.size() > limits.bytes) part.clear();
    if (std::string there = part.bytes(); sha256_of(there) == sha256) {
        part.publish();  // another has done all of it but the last stroke
        return there;
    }
    if (is_file(url)) part.clear();  // a copy is begun anew
    std::chrono::milliseconds pause = limits.backoff;
    for (int retries = 0;; ++retries) {
        try {
            std::string bytes = attempt(url, part, sha256, progress, limits, end);
            part.publish();
            return bytes;
        } catch (const PassingError&) {
            if (retries == limits.retries) throw;
        }
        std::this_thread::sleep_for(std::min(pause, time_left(end)));
        pause *= 2;
    }
}

}  // namespace microgpt
