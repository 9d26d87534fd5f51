// The server: sockets, and OpenSSL where it speaks TLS.
#include "http_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "eventually.hpp"

namespace microgpt {

namespace {

class PlainConnection : public Connection {
  public:
    explicit PlainConnection(int socket) : Connection(socket) {}
    bool send(const std::string& bytes) override {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t n =
                ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) return false;
            sent += static_cast<std::size_t>(n);
        }
        return true;
    }
};

class TlsConnection : public Connection {
  public:
    TlsConnection(int socket, SSL* ssl) : Connection(socket), ssl_(ssl) {}
    bool send(const std::string& bytes) override {
        return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    }

  private:
    SSL* ssl_;
};

constexpr std::size_t request_size = 4096;

/// No flag of socket() says so everywhere.
int make_socket() {
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(made, F_SETFD, FD_CLOEXEC);
    return made;
}

int listen_on_loopback(int queue) {
    const int listener = make_socket();
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        listen(listener, queue) != 0) {
        throw std::runtime_error("no port on loopback");
    }
    return listener;
}

/// To write to one who has gone is an error like others, and not the end of this program. OpenSSL
/// has no way to say so to the system for a single call.
void ignore_sigpipe() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

/// Nobody is listened or talked to for ever.
void limit_waits(int socket) {
    const timeval patience = {HttpServer::patience.count(), 0};
    for (const int way : {SO_RCVTIMEO, SO_SNDTIMEO}) {
        setsockopt(socket, SOL_SOCKET, way, &patience, sizeof patience);
    }
}

int port_of(int listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

}  // namespace

bool Connection::wait(int milliseconds) {
    pollfd gone = {socket_, POLLIN, 0};
    return poll(&gone, 1, milliseconds) == 0;
}

void Connection::reset() const {
    const linger at_once = {1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

// ---- TLS

/// A key, and a certificate for 127.0.0.1 that it has signed itself.
class HttpServer::Tls {
  public:
    Tls()
        : key_(EVP_EC_gen("P-256")), certificate_(X509_new()), context_(SSL_CTX_new(TLS_method())) {
        X509_set_version(certificate_, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), 3600);
        X509_set_pubkey(certificate_, key_);
        X509_NAME* name = X509_get_subject_name(certificate_);
        const unsigned char text[] = "nobody";
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0);
        X509_set_issuer_name(certificate_, name);
        X509_EXTENSION* address =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
        X509_add_ext(certificate_, address, -1);
        X509_EXTENSION_free(address);
        X509_sign(certificate_, key_, EVP_sha256());
        SSL_CTX_use_certificate(context_, certificate_);
        SSL_CTX_use_PrivateKey(context_, key_);
    }
    ~Tls() {
        SSL_CTX_free(context_);
        X509_free(certificate_);
        EVP_PKEY_free(key_);
    }
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;

    std::string pem() const {
        BIO* bio = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(bio, certificate_);
        char* text = nullptr;
        const long size = BIO_get_mem_data(bio, &text);
        std::string copy(text, static_cast<std::size_t>(size));
        BIO_free(bio);
        return copy;
    }

    SSL* accept(int socket) const {
        SSL* ssl = SSL_new(context_);
        SSL_set_fd(ssl, socket);
        SSL_accept(ssl);
        return ssl;
    }

  private:
    EVP_PKEY* key_;
    X509* certificate_;
    SSL_CTX* context_;
};

// ---- The server

HttpServer::HttpServer(Answer answer, Speaks speaks)
    : answer_(std::move(answer)),
      speaks_(speaks),
      tls_(speaks == Speaks::tls ? std::make_unique<Tls>() : nullptr),
      listener_(listen_on_loopback(64)) {
    port_ = port_of(listener_);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::HttpServer(const std::string& bytes)
    : HttpServer([bytes](Connection& connection, const std::string&, std::size_t) {
          connection.send(bytes);
      }) {}

HttpServer::~HttpServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
}

void HttpServer::serve() {
    ignore_sigpipe();
    for (int client; (client = accept(listener_, nullptr, nullptr)) >= 0; close(client)) {
        limit_waits(client);
        if (speaks_ == Speaks::nothing) {
            const std::lock_guard lock(mutex_);
            requests_.emplace_back();
            PlainConnection(client).reset();
            continue;
        }
        SSL* ssl = tls_ ? tls_->accept(client) : nullptr;
        char buffer[request_size];
        const ssize_t n = ssl != nullptr ? SSL_read(ssl, buffer, sizeof buffer)
                                         : recv(client, buffer, sizeof buffer, 0);
        const std::string request(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
        std::size_t number = 0;
        {
            const std::lock_guard lock(mutex_);
            number = requests_.size();
            requests_.push_back(request);
        }
        if (ssl != nullptr && !request.empty()) {
            TlsConnection connection(client, ssl);
            answer_(connection, request, number);
        } else if (!request.empty()) {
            PlainConnection connection(client);
            answer_(connection, request, number);
        }
        SSL_free(ssl);
    }
}

std::string HttpServer::url(const std::string& path) const {
    return (tls_ ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(port_) + path;
}

std::vector<std::string> HttpServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<std::string> HttpServer::wait_for_requests(std::size_t count) const {
    eventually([&] { return requests().size() >= count; }, patience);
    return requests();
}

std::string HttpServer::certificate() const { return tls_->pem(); }

// ---- Nobody there

DeafPort::DeafPort() : listener_(listen_on_loopback(0)) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    for (int i = 0; i < 4; ++i) {  // more than any queue of length 0 takes
        waiting_.push_back(make_socket());
        fcntl(waiting_.back(), F_SETFL, O_NONBLOCK);
        connect(waiting_.back(), reinterpret_cast<sockaddr*>(&address), size);
    }
}

DeafPort::~DeafPort() {
    for (const int socket : waiting_) close(socket);
    close(listener_);
}

std::string DeafPort::url() const {
    return "http://127.0.0.1:" + std::to_string(port_of(listener_)) + "/names.txt";
}

// ---- Answers

std::string HttpServer::ok(const std::string& body) { return ok(body, body.size()); }

std::string HttpServer::ok(const std::string& body, std::size_t length) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + std::to_string(length) +
           "\r\n\r\n" + body;
}

std::string HttpServer::status(const std::string& line) {
    return "HTTP/1.1 " + line + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
}

std::string HttpServer::redirect(const std::string& to) {
    return "HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: " + to +
           "\r\nContent-Length: 4\r\n\r\nmove";
}

std::string HttpServer::range_of(const std::string& body, const std::string& request) {
    const std::string key = "\r\nRange: bytes=";
    const std::size_t place = request.find(key);
    if (place == std::string::npos) return ok(body);
    const std::size_t start = std::stoul(request.substr(place + key.size()));
    if (start >= body.size()) return status("416 Range Not Satisfiable");
    const std::string size = std::to_string(body.size());
    return "HTTP/1.1 206 Partial Content\r\nConnection: close\r\nContent-Range: bytes " +
           std::to_string(start) + "-" + std::to_string(body.size() - 1) + "/" + size +
           "\r\nContent-Length: " + std::to_string(body.size() - start) + "\r\n\r\n" +
           body.substr(start);
}

}  // namespace microgpt
