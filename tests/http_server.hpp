// A web server on loopback that misbehaves on command.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace microgpt {

/// One connection, as what answers it sees it.
class Connection {
  public:
    virtual ~Connection() = default;
    /// Returns whether the other side is still there.
    virtual bool send(const std::string& bytes) = 0;
    /// Does nothing until the other side has gone, or for so long; returns whether it is there.
    bool wait(int milliseconds);
    /// Ends the connection with an error instead of a goodbye.
    void reset() const;

  protected:
    explicit Connection(int socket) : socket_(socket) {}
    int socket_;
};

/// Answers one connection after the other, until its closing brace. Waits for nothing longer than
/// `patience`.
class HttpServer {
  public:
    /// Told the request's text and how many came before it.
    using Answer = std::function<void(Connection&, const std::string& request, std::size_t number)>;
    enum class Speaks { http, tls, nothing };
    static constexpr std::chrono::seconds patience{10};

    /// With TLS its certificate is one that nobody knows. If it speaks nothing it resets every
    /// connection, whatever is asked.
    explicit HttpServer(Answer answer, Speaks speaks = Speaks::http);
    /// Always answers with the same bytes.
    explicit HttpServer(const std::string& bytes);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::string url(const std::string& path = "/names.txt") const;
    /// The requests that have come so far; one that was not understood is empty.
    std::vector<std::string> requests() const;
    /// The same, once so many have come, or patience has ended: an attempt may end before its
    /// request is noted.
    std::vector<std::string> wait_for_requests(std::size_t count) const;
    /// The certificate, as PEM.
    std::string certificate() const;

    /// A whole answer.
    static std::string ok(const std::string& body);
    /// An answer that promises `length` bytes and sends these.
    static std::string ok(const std::string& body, std::size_t length);
    static std::string status(const std::string& line);
    static std::string redirect(const std::string& to);
    /// The bytes that a request's Range asks for, or all.
    static std::string range_of(const std::string& body, const std::string& request);

  private:
    class Tls;

    void serve();

    Answer answer_;
    Speaks speaks_;
    std::unique_ptr<Tls> tls_;
    int listener_;
    int port_;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

/// A port on which connections wait for ever: nobody accepts them, and no more fit in the queue.
class DeafPort {
  public:
    DeafPort();
    ~DeafPort();
    DeafPort(const DeafPort&) = delete;
    DeafPort& operator=(const DeafPort&) = delete;

    std::string url() const;

  private:
    int listener_;
    std::vector<int> waiting_;
};

}  // namespace microgpt
