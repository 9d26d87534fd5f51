// ModelAnswers: from JSON to the model as it is now, and back.
#include "microgpt/page/model_answers.hpp"

#include <cmath>
#include <numeric>
#include <optional>

#include "microgpt/engines/candidates.hpp"
#include "microgpt/engines/engine.hpp"
#include "microgpt/page/slow_reader.hpp"

namespace microgpt {

namespace {

/// As many names as "count" says, after a "prompt", at a "temperature", from the "top_k" likeliest
/// tokens, and which of them are in the text. Those invented "aside" leave the run's own draws
/// alone.
Said names(const Desk& desk) {
    const std::vector<std::string> names = desk.session.run().generate(
        {.count = desk.count("count", 1),
         .temperature = desk.number("temperature", 0.5),
         .prompt = desk.text("prompt"),
         .side_by_side = desk.asked.contains("aside") ? std::size_t{2} : 1,
         .top_k = desk.count("top_k", 0)});
    const auto is_known = [&](const std::string& name) {
        return desk.session.has_read(name) ? "true" : "false";
    };
    return {{"names", json_text(names)}, {"known", array(names, is_known)}};
}

std::string seen(const HeadSeen& head) {
    return json_object({{"scores", array(head.scores.data())},
                        {"shares", array(head.shares.data())},
                        {"mixed", array(head.mixed.data())}});
}

/// The length of a gradient.
double length_of(std::span<const double> slopes) {
    return std::sqrt(std::inner_product(slopes.begin(), slopes.end(), slopes.begin(), 0.0));
}

/// Where the surprise at what "came" sends its gradient: to each position's x, and to the keys and
/// values of each head in the cache.
std::string sent_back(const Gradients& gradients, const std::vector<Vector>& xs,
                      const KvCache& cache, Index heads) {
    const auto length = [&](Vector x) { return json_text(length_of(gradients[x])); };
    std::vector<std::string> keys, values;
    for (Index head = 0; head < heads; ++head) {
        keys.push_back(array(cache.keys(head), length));
        values.push_back(array(cache.values(head), length));
    }
    return json_object(
        {{"x", array(xs, length)}, {"keys", json_array(keys)}, {"values", json_array(values)}});
}

/// The way through the model of each character of a "text", BOS first: what each head hears, and
/// what each stage of the stream would say comes next. If something "came" after it, a character or
/// nothing for the end, what the surprise at it sends back.
Said read(const Desk& desk) {
    Run& run = desk.session.run();
    const std::vector<Index> tokens = run.encode(desk.text("text"));
    const Tape::Scope scope;
    SlowReader reader(desk.session.model());
    std::vector<std::string> positions;
    std::vector<Vector> xs;
    std::optional<Vector> logits;
    for (std::size_t i = 0; i <= tokens.size(); ++i) {
        const TokenSeen token = reader.read(i == 0 ? run.tokenizer().bos() : tokens[i - 1]);
        const auto says = [&](Vector stream) {
            return array(softmax(reader.read_off(stream)).data());
        };
        const auto numbers = [](Vector stream) { return array(stream.data()); };
        positions.push_back(json_object({{"heads", array(token.heads.front(), seen)},
                                         {"stream", array(token.stream, numbers)},
                                         {"says", array(token.stream, says)}}));
        xs.push_back(token.stream.front());
        logits = token.logits;
    }
    Said said = {{"positions", json_array(positions)},
                 {"letters", json_text(run.tokenizer().characters())}};
    if (desk.asked.contains("came")) {
        const std::vector<Index> came = run.encode(desk.text("came"));
        const Index token = came.empty() ? run.tokenizer().bos() : came.front();
        const Value surprise = cross_entropy(*logits, token);
        said["surprise"] = json_text(surprise.data());
        said["sent_back"] = sent_back(backward(surprise), xs, reader.context().front(),
                                      desk.session.run().engine().config().n_head);
    }
    return said;
}

/// The shares of the likeliest alone: they make up the whole.
std::vector<double> of_likeliest(const std::vector<double>& shares, std::size_t top_k) {
    const std::vector<Index> kept = candidates(shares, top_k, 0);
    if (kept.size() == shares.size()) return shares;
    std::vector<double> drawn(shares.size());
    double total = 0;
    for (const Index i : kept) total += shares[i];
    for (const Index i : kept) drawn[i] = shares[i] / total;
    return drawn;
}

/// The shares of what comes after a "prompt", at a "temperature", where the "top_k" likeliest are
/// drawn from: BOS has the last.
Said next(const Desk& desk) {
    Run& run = desk.session.run();
    const std::vector<Index> tokens = run.encode(desk.text("prompt"));
    const Tape::Scope scope;
    SlowReader reader(desk.session.model());
    Vector logits = reader.read(run.tokenizer().bos()).logits;
    for (const Index token : tokens) logits = reader.read(token).logits;
    const std::vector<double> shares = softmax(logits.data(), desk.number("temperature", 1));
    return {{"shares", array(of_likeliest(shares, desk.count("top_k", 0)))},
            {"letters", json_text(run.tokenizer().characters())}};
}

constexpr Question questions[] = {{"names", names}, {"read", read}, {"next", next}};

}  // namespace

std::span<const Question> questions_about_models() { return questions; }

}  // namespace microgpt
