// microgpt tokens: a text cut into its pieces.
#pragma once

namespace microgpt {

/// The program `microgpt tokens FILE`, whose arguments begin at its own name. Returns the exit
/// status. Throws Error.
int show_tokens(int argc, const char* const* argv);

}  // namespace microgpt
