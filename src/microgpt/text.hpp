// Text: from the bytes of a file to documents, and from a document to its characters.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace microgpt {

/// Data that cannot be used. The message is one line: what is wrong, and what to do.
class DataError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The lines of `text` as Python reads them: they end at "\n", "\r\n" or "\r"; white space around
/// them is stripped; blank ones are dropped. Throws DataError where `text` is not UTF-8, calling
/// it `name`, or holds no document.
std::vector<std::string> documents(std::string_view text, std::string_view name);

/// The Unicode code points of a document, each as its UTF-8 bytes.
std::vector<std::string> code_points(std::string_view document);

/// The graphemes of a document: what its reader would call characters. An e and the combining
/// accent after it are two code points and one grapheme (Unicode Annex 29).
std::vector<std::string> graphemes(std::string_view document);

/// What is wrong with a text of which no line is a document.
DataError no_document(std::string_view name);

/// Throws DataError, with the line and the byte in it, where `text` stops being UTF-8.
void require_utf8(std::string_view text, std::string_view name);

}  // namespace microgpt
