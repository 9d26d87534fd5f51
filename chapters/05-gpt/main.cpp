// Chapter 5: the model, matrix by matrix, and what it says before it has learned anything.
#include <cmath>
#include <cstdio>
#include <exception>

#include "microgpt/data/dataset.hpp"
#include "microgpt/data/tokenizer.hpp"
#include "microgpt/model/gpt.hpp"
#include "microgpt/random/random.hpp"

using namespace microgpt;

int main() try {
    std::vector<std::string_view> docs = load_names(stderr);
    Random random(42);
    random.shuffle(docs);
    const Tokenizer tokenizer(docs);

    Tape tape;
    const Gpt gpt({.vocab_size = tokenizer.vocab_size()}, [&] { return random.gauss(0, 0.08); });
    std::puts("matrix             rows  columns  parameters");
    for (const auto& [name, matrix] : gpt.matrices()) {
        std::printf("%-18s %4u %8u %11u\n", name.c_str(), matrix.rows(), matrix.columns(),
                    matrix.entries().size());
    }
    std::printf("%-18s %25u\n", "all", gpt.parameters().size());

    const std::string name(docs.front());
    std::printf("\nReading \"%s\", untrained:\n\n", name.c_str());
    std::puts("read  next  share of next  loss");
    const std::vector<Index> tokens = tokenizer.encode(name);
    const auto letter = [&](Index token) {
        return token == tokenizer.bos() ? "·" : tokenizer.character(token).c_str();
    };
    const Tape::Scope scope;
    Gpt::Context context = gpt.empty_context();
    double total = 0;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const Vector logits = gpt(tokens[i], context);
        const double share = softmax(logits)[tokens[i + 1]].data();
        const double loss = cross_entropy(logits, tokens[i + 1]).data();
        total += loss;
        std::printf("%s     %s     %13.4f  %.4f\n", letter(tokens[i]), letter(tokens[i + 1]), share,
                    loss);
    }
    const auto positions = static_cast<double>(tokens.size() - 1);
    std::printf("\nmean loss          %.4f\n", total / positions);
    std::printf("log %u, a guess     %.4f\n", tokenizer.vocab_size(),
                std::log(tokenizer.vocab_size()));
    std::printf("numbers on the tape %zu, of them %u parameters\n", tape.size(),
                gpt.parameters().size());
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
