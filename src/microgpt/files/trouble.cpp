// Trouble, by libcurl's numbers.
#include "microgpt/files/trouble.hpp"

#include <curl/curl.h>

#include "microgpt/files/address.hpp"

namespace microgpt {

namespace {

constexpr struct {
    CURLcode code;
    bool may_pass;
    const char* words;
} known[] = {
    {CURLE_URL_MALFORMAT, false, "this is no address"},
    {CURLE_TOO_MANY_REDIRECTS, false, "too many redirects"},
    {CURLE_COULDNT_RESOLVE_HOST, false, "there is no such host"},
    {CURLE_COULDNT_RESOLVE_PROXY, false, "there is no such host as the proxy"},
    {CURLE_COULDNT_CONNECT, false, "nothing answers at this address"},
    {CURLE_OPERATION_TIMEDOUT, true, "no answer in time"},
    {CURLE_PARTIAL_FILE, true, "the connection ended too soon"},
    {CURLE_GOT_NOTHING, true, "the connection ended too soon"},
    {CURLE_RECV_ERROR, true, "the connection was reset"},
    {CURLE_SEND_ERROR, true, "the connection was reset"},
    {CURLE_HTTP2, true, "the connection was reset"},
    {CURLE_HTTP2_STREAM, true, "the connection was reset"},
    {CURLE_WEIRD_SERVER_REPLY, false, "what answers does not speak HTTP"},
    {CURLE_OUT_OF_MEMORY, false, "no memory is left"},
    {CURLE_SSL_CONNECT_ERROR, true, "TLS could not begin"},
    {CURLE_PEER_FAILED_VERIFICATION, false,
     "its certificate is signed by nobody whom this machine trusts: CURL_CA_BUNDLE can name more"},
    {CURLE_SSL_CACERT_BADFILE, false,
     "there are no certificates to trust: install ca-certificates, or set CURL_CA_BUNDLE"},
};

}  // namespace

Trouble trouble_of(int code) {
    if (code == CURLE_COULDNT_CONNECT && names_a_proxy()) {
        return {"nothing answers at this address, or at the proxy"};
    }
    for (const auto& row : known) {
        if (row.code == code) return {row.words, row.may_pass};
    }
    return {"libcurl gives up with its error " + std::to_string(code)};
}

}  // namespace microgpt
