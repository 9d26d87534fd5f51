// Download: a file from the network, whole and checked or not at all.
#pragma once

#include <filesystem>
#include <string>

#include "microgpt/files/fetch.hpp"

namespace microgpt {

/// Fetches `url` into `file` if its SHA-256 is `sha256` (64 hexadecimal digits), by way of a
/// PartFile, which another attempt goes on with. Returns the bytes, those that were checked. `url`
/// has to be https, a file, or http on loopback, and leads to nothing but https. Throws
/// DownloadError, or FileError for this side.
std::string download(const std::string& url, const std::filesystem::path& file,
                     const std::string& sha256, const Progress& progress = {},
                     const DownloadLimits& limits = {});

}  // namespace microgpt
