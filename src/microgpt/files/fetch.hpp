// Fetch: one attempt to have a file, or the rest of it, wherever its address leads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "microgpt/files/address.hpp"

namespace microgpt {

/// One that may succeed at the next attempt.
class PassingError : public DownloadError {
  public:
    using DownloadError::DownloadError;
};

/// Told now and then how many bytes have come, of how many (0 while that is not known).
using Progress = std::function<void(std::uint64_t come, std::uint64_t total)>;

/// How long and how often to try, and how much to take.
struct DownloadLimits {
    std::chrono::milliseconds connect = std::chrono::seconds(10);
    std::chrono::milliseconds stall = std::chrono::seconds(20);  // without a single byte
    std::chrono::milliseconds total = std::chrono::minutes(5);
    std::chrono::milliseconds lock = std::chrono::minutes(1);  // for another process to be done
    int retries = 2;                                           // of what may pass
    std::chrono::milliseconds backoff = std::chrono::milliseconds(500);  // then twice as long
    int redirects = 5;
    std::uint64_t bytes = 100'000'000;
};

/// Whom a fetch tells. What they throw ends it.
struct Listener {
    std::function<void(std::uint64_t place, std::string_view bytes)> take;
    std::function<void(std::uint64_t bytes)> count;  // all that comes, and not the file alone
    Progress tell;                                   // may be empty
};

/// Fetches what `url` leads to, by way of redirects to https: from byte `from` on if the server can
/// do that, and all of it if not. Throws DownloadError.
void fetch(const std::string& url, std::uint64_t from, const Listener& listener,
           const DownloadLimits& limits, std::chrono::milliseconds left);

}  // namespace microgpt
