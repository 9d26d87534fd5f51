// Magic numbers, of what people have at hand.
#include "microgpt/files/magic.hpp"

#include <algorithm>
#include <iterator>

namespace microgpt {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view unpack = "is it compressed? unpack it first";
constexpr std::string_view convert =
    "is it UTF-16? convert it first, with iconv -f UTF-16 -t UTF-8";

constexpr struct Magic {
    std::string_view begin;
    std::string_view advice;
} magics[] = {
    {"\x1f\x8b"sv, unpack},          // gzip
    {"PK\3\4"sv, unpack},            // zip
    {"BZh"sv, unpack},               // bzip2
    {"\xfd\x37zXZ"sv, unpack},       // xz
    {"\x28\xb5\x2f\xfd"sv, unpack},  // zstd
    {"\xff\xfe"sv, convert},
    {"\xfe\xff"sv, convert},
    {"404: Not Found"sv, "it is a server's answer: ask for the address that has the file"},
    {"version https://git-lfs"sv, "it is a Git LFS pointer: git lfs pull fetches the file"},
    {"<"sv, "it is a web page: download the file itself"},
};

}  // namespace

std::string_view advice_on(std::string_view bytes) {
    if (bytes.substr(0, 262).ends_with("\0ustar"sv)) return unpack;  // tar names a file first
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);   // a byte-order mark
    bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
    const auto fits = [&](const Magic& magic) { return bytes.starts_with(magic.begin); };
    const auto* const found = std::ranges::find_if(magics, fits);
    return found == std::end(magics) ? "" : found->advice;
}

}  // namespace microgpt
