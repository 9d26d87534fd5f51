// Text: from the bytes of a file to documents, and from a document to its characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "microgpt/autograd/error.hpp"

namespace microgpt {

/// Data that cannot be used. The message is one line: what is wrong, and what to do.
class DataError : public Error {
  public:
    using Error::Error;
};

/// The lines of `text` as Python reads them: they end at "\n", "\r\n" or "\r"; white space around
/// them is stripped; blank ones are dropped. They are views: the text has to outlive them. Throws
/// DataError where `text` is not UTF-8, calling it `name`, or holds no document.
std::vector<std::string_view> documents(std::string_view text, std::string_view name);

/// The same as the Elixir program reads them: they end at "\n" alone and keep their white space;
/// empty ones are dropped.
std::vector<std::string_view> unstripped_documents(std::string_view text, std::string_view name);

/// How a document is cut into characters: returns the first one of a text that is not empty.
/// Throws DataError where the text does not start with UTF-8.
using Split = std::string_view (*)(std::string_view text);

/// The first Unicode code point, as its UTF-8 bytes.
std::string_view code_point(std::string_view text);

/// The first grapheme: what a reader would call a character. An e and the combining accent after
/// it are two code points and one grapheme (Unicode Annex 29, without its rule 9c, which is younger
/// than some systems' tables).
std::string_view grapheme(std::string_view text);

/// Throws DataError, with the line and the byte in it, where `text` stops being UTF-8.
void require_utf8(std::string_view text, std::string_view name);

}  // namespace microgpt
