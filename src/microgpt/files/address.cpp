// Address, taken apart by libcurl.
#include "microgpt/files/address.hpp"

#include <arpa/inet.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "microgpt/files/libcurl.hpp"

namespace microgpt {

namespace {

std::string part_of(const std::string& url, CURLUPart part, unsigned flags = 0) {
    const Libcurl& curl = libcurl();
    const std::unique_ptr<CURLU, decltype(curl.url_cleanup)> parsed(curl.url(), curl.url_cleanup);
    char* text = nullptr;
    if (curl.url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
        curl.url_get(parsed.get(), part, &text, flags) != CURLUE_OK) {
        throw DownloadError("'" + url.substr(url.rfind('@') + 1) + "' is not an address");
    }
    const std::unique_ptr<char, decltype(curl.free)> owner(text, curl.free);
    return text;
}

/// No limit of time holds for opening a pipe that nobody writes to.
void require_regular(const std::string& url) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(part_of(url, CURLUPART_PATH, CURLU_URLDECODE), ignored)) {
        return;
    }
    throw DownloadError(shown(url) + " is not a file");
}

bool is_loopback(const std::string& host) {
    in_addr ip{};
    return host == "localhost" || host == "[::1]" ||
           (inet_pton(AF_INET, host.c_str(), &ip) == 1 && ntohl(ip.s_addr) >> 24 == 127);
}

/// Not every libcurl can spell other letters in them for the network.
void require_ascii_host(const std::string& url) {
    const std::string host = part_of(url, CURLUPART_HOST);
    if (std::all_of(host.begin(), host.end(), [](unsigned char c) { return c < 128; })) return;
    throw DownloadError(shown(url) + ": write its host in ASCII, beginning with xn--");
}

}  // namespace

bool is_file(const std::string& address) { return part_of(address, CURLUPART_SCHEME) == "file"; }

// What comes over plain http can be read and changed on its way, so it stays on this machine.
void require_allowed(const std::string& address) {
    const std::string scheme = part_of(address, CURLUPART_SCHEME);
    if (scheme == "file") return require_regular(address);
    require_ascii_host(address);
    if (scheme == "https") return;
    if (scheme == "http" && is_loopback(part_of(address, CURLUPART_HOST))) return;
    throw DownloadError(shown(address) + " is not https");
}

bool names_a_proxy() {
    constexpr const char* variables[] = {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy",
                                         "ALL_PROXY"};
    return std::any_of(std::begin(variables), std::end(variables), [](const char* variable) {
        const char* value = std::getenv(variable);
        return value != nullptr && *value != '\0';
    });
}

std::string shown(std::string address) {
    const std::size_t scheme = address.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = address.find_first_of("/?#", start);
    const std::size_t at = address.substr(0, end).rfind('@');
    if (at != std::string::npos && at >= start) address.erase(start, at + 1 - start);
    return address;
}

}  // namespace microgpt
