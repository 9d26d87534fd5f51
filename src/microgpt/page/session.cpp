// Session: one Tape, one run, and the next in its place.
#include "microgpt/page/session.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <stdexcept>

#include "microgpt/engines/value_engine.hpp"
#include "microgpt/files/sha256.hpp"

namespace microgpt {

Agreement compare(const std::vector<double>& losses, const std::vector<std::string>& names,
                  const std::string& record) {
    Agreement found;
    for (std::size_t at = 0; at < record.size();) {
        const std::size_t end = std::min(record.find('\n', at), record.size());
        const std::string line = record.substr(at, end - at);
        at = end + 1;
        char expected[64] = "";
        if (line.starts_with("step ")) {
            const std::size_t i = found.of_losses++;
            if (i >= losses.size()) continue;
            std::snprintf(expected, sizeof expected, "| loss %.4f", losses[i]);
            if (line.ends_with(expected)) ++found.losses;
        } else if (line.starts_with("sample ")) {
            const std::size_t i = found.of_names++;
            if (i < names.size() && line.substr(line.find(": ") + 2) == names[i]) ++found.names;
        }
    }
    return found;
}

double recent_mean(const std::vector<double>& losses) {
    const std::size_t count = std::min<std::size_t>(losses.size(), 100);
    if (count == 0) return 0;
    const auto end = losses.end();
    return std::accumulate(end - static_cast<std::ptrdiff_t>(count), end, 0.0) / count;
}

// ---- The run

template <class... Arguments>
void Session::replace(const Arguments&... arguments) {
    run_.reset();   // it stands on the Tape
    tape_.reset();  // of which a thread has one
    tape_ = std::make_unique<Tape>();
    run_ = std::make_unique<Run>(value_kind(), arguments...);
}

/// Python's lines, whatever the recipe: it is only to mark the names that are not new.
void Session::know(const Dataset& text) {
    const std::vector<std::string_view> all = documents(text.text, text.name);
    documents_ = {all.begin(), all.end()};
}

void Session::begin(const Settings& settings, const Dataset* text) {
    const Dataset data = text ? *text : embedded_sample();
    replace(settings, data);
    know(data);
}

void Session::open(const std::string& bytes) {
    const Checkpoint checkpoint = from_bytes(bytes);
    replace(checkpoint);
    const Dataset sample = embedded_sample();
    documents_.clear();
    if (sha256_of(sample.text) == checkpoint.data.sha256) know(sample);
}

Run& Session::run() {
    if (run_ != nullptr) return *run_;
    throw std::logic_error("nothing has been trained yet: begin() first");
}

Gpt Session::model() {
    const std::vector<double> parameters = run().engine().parameters();
    return Gpt(run().engine().config(), [next = parameters.begin()]() mutable { return *next++; });
}

}  // namespace microgpt
