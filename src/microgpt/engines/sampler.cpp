// The sampler: read, choose, and read what was chosen.
#include "microgpt/engines/sampler.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "microgpt/engines/candidates.hpp"

namespace microgpt {

namespace {

/// Below it, softmax would leave all but the likeliest token nothing.
constexpr double coldest = 1e-30;

/// What is left to some tokens.
std::vector<double> shares_of(const std::vector<Index>& tokens, std::span<const double> shares) {
    std::vector<double> left;
    for (const Index token : tokens) left.push_back(shares[token]);
    return left;
}

std::size_t likeliest(std::span<const double> logits) {
    const auto is_finite = [](double logit) { return std::isfinite(logit); };
    if (!std::ranges::all_of(logits, is_finite))
        throw NumberError("a logit is not a finite number");
    return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
}

// ---- Documents in the making

/// A place at the reader: which document grows there, if any, and how much of it has been read.
struct Place {
    std::vector<Index>* document = nullptr;
    std::size_t read = 0;  // tokens, BOS among them
};

/// As soon as a document ends, the next one takes its place.
class Sampling {
  public:
    Sampling(Engine& engine, const ChooseFor& choose, const SampleOptions& options)
        : config_(engine.config()),
          choose_(choose),
          options_(options),
          documents_(options.count, options.prompt),
          places_(std::min(options.side_by_side, options.count)),
          tokens_(places_.size()),
          reader_(engine.reader(places_.size())) {
        for (Place& place : places_) begin_next(place);
    }

    std::vector<std::vector<Index>> documents() {
        const auto is_taken = [](const Place& place) { return place.document != nullptr; };
        while (std::ranges::any_of(places_, is_taken)) round();
        return std::move(documents_);
    }

  private:
    Index bos() const { return config_.vocab_size - 1; }
    bool is_cold() const { return options_.temperature < coldest; }
    void begin_next(Place& place);
    Index next_token(std::size_t i);
    Index chosen(std::size_t document, std::span<const double> weights) const;
    void choose_for(Place& place, std::span<const double> weights);
    void round();

    const GptConfig config_;
    const ChooseFor& choose_;
    const SampleOptions options_;
    std::vector<std::vector<Index>> documents_;
    std::size_t begun_ = 0;  // of these
    std::vector<Place> places_;
    std::vector<Index> tokens_;  // that these read next
    std::unique_ptr<Reader> reader_;
};

void Sampling::begin_next(Place& place) {
    place = {};
    if (begun_ < documents_.size()) place.document = &documents_[begun_++];
}

/// What is read at a place: a place without a document reads BOS, again and again.
Index Sampling::next_token(std::size_t i) {
    auto& [document, read] = places_[i];
    if (read == 0) reader_->restart(i);
    if (document == nullptr) return bos();
    return read++ == 0 ? bos() : (*document)[read - 2];
}

Index Sampling::chosen(std::size_t document, std::span<const double> weights) const {
    if (is_cold()) return static_cast<Index>(likeliest(weights));
    if (options_.top_k == 0 && options_.top_p == 0) {
        return static_cast<Index>(choose_(document, weights));
    }
    const std::vector<Index> tokens = candidates(weights, options_.top_k, options_.top_p);
    return tokens[choose_(document, shares_of(tokens, weights))];
}

/// The token after what was read, or the document's end.
void Sampling::choose_for(Place& place, std::span<const double> weights) {
    const auto number = static_cast<std::size_t>(place.document - documents_.data());
    const Index token = chosen(number, weights);
    const bool ends = token == bos();
    if (!ends) place.document->push_back(token);
    if (ends || place.document->size() == config_.block_size) begin_next(place);
}

/// A token for each place, and another for those that have read all there is of their document.
void Sampling::round() {
    for (std::size_t i = 0; i < places_.size(); ++i) tokens_[i] = next_token(i);
    const std::span<const double> all =
        is_cold() ? reader_->read(tokens_)
                  : reader_->read_probabilities(tokens_, options_.temperature);
    for (std::size_t i = 0; i < places_.size(); ++i) {
        Place& place = places_[i];
        const bool has_read = place.document != nullptr && place.read > place.document->size();
        if (has_read) choose_for(place, all.subspan(i * config_.vocab_size, config_.vocab_size));
    }
}

}  // namespace

std::vector<std::vector<Index>> sample(Engine& engine, const Choose& choose,
                                       const SampleOptions& options) {
    const ChooseFor any = [&](std::size_t, std::span<const double> weights) {
        return choose(weights);
    };
    return sample(engine, any, options);
}

std::vector<std::vector<Index>> sample(Engine& engine, const ChooseFor& choose,
                                       const SampleOptions& options) {
    if (!(options.temperature >= 0) || !std::isfinite(options.temperature)) {
        throw std::invalid_argument("a temperature is a finite number, 0 or above");
    }
    if (options.side_by_side == 0) throw std::invalid_argument("0 side by side: choose 1, or more");
    require_top_p(options.top_p);
    if (options.count == 0) return {};
    return Sampling(engine, choose, options).documents();
}

}  // namespace microgpt
