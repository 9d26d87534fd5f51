// Download, by libcurl and OpenSSL's libcrypto.
#include "microgpt/download.hpp"

#include <curl/curl.h>
#include <openssl/evp.h>

#include <memory>

#include "microgpt/file.hpp"

namespace microgpt {

namespace {

std::size_t append(const char* bytes, std::size_t size, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(bytes, size * count);
    return size * count;
}

int report(void* progress, curl_off_t total, curl_off_t come, curl_off_t, curl_off_t) {
    (*static_cast<const Progress*>(progress))(static_cast<std::uint64_t>(come),
                                              static_cast<std::uint64_t>(total));
    return 0;
}

std::string fetch(const std::string& url, const Progress& progress) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                     curl_easy_cleanup);
    CURL* curl = handle.get();
    std::string body;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);  // a stall: under one byte a second,
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 20L);  // for this many seconds
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    if (progress) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, report);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &progress);
    }
    char reason[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
    const CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) {
        throw DownloadError(*reason != '\0' ? reason : curl_easy_strerror(code));
    }
    return body;
}

}  // namespace

std::string sha256_of(const std::string& bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] / 16];
        text += digits[digest[i] % 16];
    }
    return text;
}

void download(const std::string& url, const std::filesystem::path& file, const std::string& sha256,
              const Progress& progress) {
    const std::string body = fetch(url, progress);
    if (const std::string actual = sha256_of(body); actual != sha256) {
        throw DownloadError("its SHA-256 is " + actual + ", not " + sha256);
    }
    try {
        std::filesystem::create_directories(file.parent_path());
        write_file(file, body);
    } catch (const std::exception& error) {  // a full disk, a folder that cannot be made
        throw DownloadError(error.what());
    }
}

}  // namespace microgpt
