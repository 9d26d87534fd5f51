// Pipes with a name: who reads one may come late, or never.
#pragma once

#include <filesystem>

#include "microgpt/files/descriptor.hpp"

namespace microgpt {

/// Opens a pipe to write to as soon as somebody reads it; that it waits for that, it says. Once it
/// is to stop it waits no longer: then the pipe is not open, and errno says why.
Descriptor open_pipe(const std::filesystem::path& pipe);

}  // namespace microgpt
