// Download: a file from the network, whole and checked or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace microgpt {

/// A download that did not succeed. The message is one line and says why.
class DownloadError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Told now and then how many bytes have come, of how many (0 while that is not known).
using Progress = std::function<void(std::uint64_t come, std::uint64_t total)>;

/// Fetches `url` into `file` if its SHA-256 is `sha256` (64 hexadecimal digits). The file appears
/// under its name when all of it is there. Throws DownloadError.
void download(const std::string& url, const std::filesystem::path& file, const std::string& sha256,
              const Progress& progress = {});

/// The SHA-256 of some bytes, in hexadecimal.
std::string sha256_of(const std::string& bytes);

}  // namespace microgpt
