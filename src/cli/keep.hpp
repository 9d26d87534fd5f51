// Keeping what was done: the model, the losses and their picture.
#pragma once

#include "arguments.hpp"

namespace microgpt {

/// Throws FileError if there is no room for the files that are asked for: better known before an
/// hour of training than after it.
void require_room(const Run& run, const Arguments& arguments);

/// Where the checkpoint goes, as the run stands.
std::filesystem::path save_file(const Run& run, const Arguments& arguments);

/// Writes the checkpoint, or the losses and their picture, if they are asked for. Returns whether
/// all went well; if not, that has been said.
bool keep_model(const Run& run, const Arguments& arguments);
bool keep_figures(const Run& run, const Arguments& arguments);

}  // namespace microgpt
