// Address: where a file may come from.
#pragma once

#include <string>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

/// What the network did not give. The message is one line and says why.
class DownloadError : public Error {
  public:
    using Error::Error;
};

/// Whether a file of this machine is meant. Throws DownloadError for what is no address.
bool is_file(const std::string& address);

/// Throws DownloadError unless it is https, a file that is there, or http on this machine.
void require_allowed(const std::string& address);

/// Whether the environment names a proxy, in one of libcurl's variables.
bool names_a_proxy();

/// An address as it may be shown: without somebody's name and password.
std::string shown(std::string address);

}  // namespace microgpt
