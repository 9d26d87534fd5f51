// Fetch: one request for a file, whose answer may be all of it, the rest of it, or another address.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

#include "microgpt/files/part_file.hpp"

namespace microgpt {

/// What the network did not give. The message is one line and says why.
class DownloadError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

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

/// Fetches what is at an address into `part`, or the rest of it if the server can go on where the
/// part ends. Returns the address that the answer redirects to, if it does. Throws DownloadError,
/// or FileError if the part cannot be written.
std::optional<std::string> fetch(const std::string& address, PartFile& part,
                                 const Progress& progress, const DownloadLimits& limits,
                                 std::chrono::milliseconds left);

}  // namespace microgpt
