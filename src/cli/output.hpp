// Standard output: a line when it is there, and no failure that goes unnoticed.
#pragma once

#include <filesystem>
#include <string_view>

namespace microgpt {

/// Makes sure that there are standard streams. Whoever starts a program may close them, and then
/// the next file that is opened would be printed into. To be called before anything is printed.
void require_standard_streams();

/// After a line was printed: sends it off, unless one was sent off a moment ago.
void end_line();

/// Sends off what was printed so far.
void flush_output();

/// The same at the end. Throws FileError if any of it could not be written.
void finish_output();

/// From now on what is printed goes to standard error: standard output is for write_output() alone.
void reserve_output();

/// Throws FileError if a file is a terminal: bytes that are no text are not for one.
void require_no_terminal(const std::filesystem::path& file);

/// Throws FileError if write_output() makes no sense, as where it is a terminal.
void require_output(bool is_text);

/// Writes a file's bytes to standard output. Throws FileError, as write_file().
void write_output(std::string_view bytes);

}  // namespace microgpt
