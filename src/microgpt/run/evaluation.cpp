// Evaluation: read, compare with what came, and add up.
#include "microgpt/run/evaluation.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace microgpt {

namespace {

/// Of a token, given the logits of what comes. By way of the shares it would be the same, but a
/// share may be too small for a number.
double surprise(std::span<const double> logits, Index token) {
    const double top = std::ranges::max(logits);
    double total = 0;
    for (const double logit : logits) total += std::exp(logit - top);
    const double surprise = std::log(total) + top - logits[token];
    if (!std::isfinite(surprise)) throw NumberError("a logit is not a finite number");
    return surprise;
}

/// A document that is read at a place of the reader, and how many of its tokens were.
struct Reading {
    std::size_t document = 0;
    std::size_t read = 0;
};

/// All surprises of each document, added up. As soon as one has ended, the next takes its place.
class Surprises {
  public:
    Surprises(const Run& run, const std::vector<std::vector<Index>>& documents,
              std::size_t side_by_side)
        : vocab_size_(run.tokenizer().vocab_size()),
          documents_(documents),
          nats_(documents.size()),
          readings_(std::min(side_by_side, documents.size())),
          reader_(run.reader(readings_.size())) {
        for (Reading& reading : readings_) reading.document = begun_++;
    }

    std::vector<double> nats() {
        const auto goes_on = [&](const Reading& reading) { return !has_ended(reading); };
        while (std::ranges::any_of(readings_, goes_on)) round();
        return std::move(nats_);
    }

  private:
    bool has_ended(const Reading& reading) const { return reading.document >= documents_.size(); }
    void round();

    const std::size_t vocab_size_;
    const std::vector<std::vector<Index>>& documents_;
    std::vector<double> nats_;
    std::size_t begun_ = 0;  // of the documents
    std::vector<Reading> readings_;
    std::unique_ptr<Reader> reader_;
};

/// A token for each place; where all is read, it is BOS, again and again.
void Surprises::round() {
    std::vector<Index> tokens;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
        const auto& [document, read] = readings_[i];
        if (read == 0) reader_->restart(i);
        tokens.push_back(has_ended(readings_[i]) ? documents_[0][0] : documents_[document][read]);
    }
    const std::span<const double> logits = reader_->read(tokens);
    for (std::size_t i = 0; i < readings_.size(); ++i) {
        if (has_ended(readings_[i])) continue;
        auto& [document, read] = readings_[i];
        const std::vector<Index>& all = documents_[document];
        nats_[document] += surprise(logits.subspan(i * vocab_size_, vocab_size_), all[++read]);
        if (read + 1 == all.size()) readings_[i] = {.document = begun_++};
    }
}

/// How many bytes a text has for a token; the end is its newline.
double bytes_of(const Tokenizer& tokenizer, Index token) {
    return token == tokenizer.bos() ? 1 : static_cast<double>(tokenizer.character(token).size());
}

}  // namespace

Evaluation evaluate(const Run& run, std::span<const std::string_view> documents,
                    std::size_t side_by_side) {
    if (side_by_side == 0) throw std::invalid_argument("0 side by side: choose 1, or more");
    if (documents.empty()) return {};
    const std::size_t most = std::size_t{run.settings().block_size} + 1;
    std::vector<std::vector<Index>> all;
    for (const std::string_view document : documents) {
        all.push_back(run.tokenizer().encode(document, most));
    }
    const std::vector<double> nats = Surprises(run, all, side_by_side).nats();
    Evaluation sum;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto foreseen = std::span(all[i]).subspan(1);
        for (const Index token : foreseen) sum.bytes += bytes_of(run.tokenizer(), token);
        const auto tokens = static_cast<double>(foreseen.size());
        sum += {.documents = 1, .tokens = tokens, .losses = nats[i] / tokens, .nats = nats[i]};
    }
    return sum;
}

Evaluation& Evaluation::operator+=(const Evaluation& other) {
    documents += other.documents;
    tokens += other.tokens;
    bytes += other.bytes;
    losses += other.losses;
    nats += other.nats;
    return *this;
}

// ---- New, or known

Spellings spellings_of(const Run& run, std::size_t steps) {
    if (!run.corpus().docs().empty()) return run.corpus().spellings(steps * run.settings().batch);
    throw std::logic_error("there is no data to look up: load() it");
}

Novelty novelty(std::span<const std::string> names, const Spellings& spellings) {
    Novelty novelty = {.names = names.size()};
    for (const std::string& name : names) {
        if (!std::ranges::binary_search(spellings.all, name)) ++novelty.fresh;
        if (std::ranges::binary_search(spellings.read, name)) ++novelty.read;
    }
    novelty.repeated = names.size() - std::set(names.begin(), names.end()).size();
    return novelty;
}

}  // namespace microgpt
