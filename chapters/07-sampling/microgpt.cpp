// A GPT that learns to invent names: the whole algorithm in one file. The rest is efficiency.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "microgpt/data/dataset.hpp"
#include "microgpt/random/random.hpp"

// ---- Value: a number on the tape, beside what it was made of and its slope along that
struct Node {
    double data;
    std::size_t left, right;  // a number that was not computed has slope 0 along both
    double left_slope, right_slope;
};
std::vector<Node> tape;

struct Value {
    Value(double data, std::size_t left = 0, double left_slope = 0, std::size_t right = 0,
          double right_slope = 0) {
        tape.push_back({data, left, right, left_slope, right_slope});
    }
    double data() const { return tape[id].data; }
    std::size_t id = tape.size();  // known before the constructor records the node
};

Value operator+(Value a, Value b) { return {a.data() + b.data(), a.id, 1, b.id, 1}; }
Value operator*(Value a, Value b) { return {a.data() * b.data(), a.id, b.data(), b.id, a.data()}; }
Value pow(Value x, double n) {
    return {std::pow(x.data(), n), x.id, n * std::pow(x.data(), n - 1)};
}
Value exp(Value x) { return {std::exp(x.data()), x.id, std::exp(x.data())}; }
Value log(Value x) { return {std::log(x.data()), x.id, 1 / x.data()}; }
Value relu(Value x) { return x * (x.data() > 0 ? 1 : 0); }

std::vector<double> backward(Value loss) {
    std::vector<double> gradients(tape.size());
    gradients[loss.id] = 1;
    for (std::size_t i = tape.size(); i-- > 0;) {
        gradients[tape[i].left] += tape[i].left_slope * gradients[i];
        gradients[tape[i].right] += tape[i].right_slope * gradients[i];
    }
    return gradients;
}

// ---- Layers: what a network does to a vector
using Vector = std::vector<Value>;
using Matrix = std::vector<Vector>;

Value sum(const Vector& x) { return std::accumulate(x.begin() + 1, x.end(), x[0]); }
Value dot(const Vector& a, const Vector& b) {
    return std::inner_product(a.begin() + 1, a.end(), b.begin() + 1, a[0] * b[0]);
}

Vector operator+(Vector a, const Vector& b) {
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = a[i] + b[i];
    return a;
}
Vector operator*(Vector x, Value factor) {
    for (Value& element : x) element = element * factor;
    return x;
}

Vector linear(const Vector& x, const Matrix& w) {
    Vector y;
    for (const Vector& row : w) y.push_back(dot(row, x));
    return y;
}

Vector softmax(Vector x) {
    const double largest = std::ranges::max(x, {}, &Value::data).data();
    for (Value& logit : x) logit = exp(logit + -largest);
    return x * pow(sum(x), -1);
}

Vector rmsnorm(const Vector& x) { return x * pow(dot(x, x) * (1.0 / x.size()) + 1e-5, -0.5); }

// ---- Gpt: a token and what was read before it go in, the logits of the next one come out
constexpr std::size_t n_layer = 1, n_embd = 16, n_head = 4, head_dim = n_embd / n_head;
constexpr std::size_t block_size = 16, steps = 1000, samples = 20;
constexpr double temperature = 0.5, learning_rate = 0.01, beta1 = 0.85, beta2 = 0.99, eps = 1e-8;
constexpr char bos = '\n';  // a character is a byte: names.txt needs no more
microgpt::Random chance(42);

Matrix matrix(std::size_t rows, std::size_t columns) {
    Matrix w(rows);
    for (Vector& row : w) {
        while (row.size() < columns) row.push_back(chance.gauss(0, 0.08));
    }
    return w;
}

struct Block {
    Matrix wq = matrix(n_embd, n_embd), wk = matrix(n_embd, n_embd);
    Matrix wv = matrix(n_embd, n_embd), wo = matrix(n_embd, n_embd);
    Matrix fc1 = matrix(4 * n_embd, n_embd), fc2 = matrix(n_embd, 4 * n_embd);
};

struct Gpt {
    explicit Gpt(std::size_t vocab) : wte(matrix(vocab, n_embd)), lm_head(matrix(vocab, n_embd)) {}
    Matrix wte, wpe = matrix(block_size, n_embd), lm_head;  // drawn in this order
    std::vector<Block> blocks = std::vector<Block>(n_layer);
};

struct KvCache {
    Matrix keys, values;
};

Vector attention(const Vector& x, const Block& block, KvCache& cache) {
    const Vector query = linear(x, block.wq);
    cache.keys.push_back(linear(x, block.wk));
    cache.values.push_back(linear(x, block.wv));
    Vector heads;
    for (std::size_t h = 0; h < n_embd; h += head_dim) {
        const auto part = [h](const Vector& v) { return Vector(&v[h], &v[h] + head_dim); };
        Vector scores;
        for (const Vector& key : cache.keys) scores.push_back(dot(part(query), part(key)));
        const Vector probs = softmax(scores * (1 / std::sqrt(head_dim)));
        Vector mix = part(cache.values[0]) * probs[0];
        for (std::size_t t = 1; t < probs.size(); ++t) mix = mix + part(cache.values[t]) * probs[t];
        heads.insert(heads.end(), mix.begin(), mix.end());
    }
    return linear(heads, block.wo);
}

Vector logits(const Gpt& gpt, std::size_t token, std::vector<KvCache>& caches) {
    Vector x = rmsnorm(gpt.wte[token] + gpt.wpe[caches[0].keys.size()]);
    for (std::size_t i = 0; i < n_layer; ++i) {
        x = x + attention(rmsnorm(x), gpt.blocks[i], caches[i]);
        Vector features = linear(rmsnorm(x), gpt.blocks[i].fc1);
        for (Value& feature : features) feature = relu(feature);
        x = x + linear(features, gpt.blocks[i].fc2);
    }
    return linear(x, gpt.lm_head);
}

// ---- Train: read a name, be surprised, and let Adam walk down the slope
Value document_loss(const std::string& doc, const Gpt& gpt, const std::string& letters) {
    std::vector<KvCache> caches(n_layer);
    Vector losses;
    for (std::size_t i = 0; i < std::min(block_size, doc.size() - 1); ++i) {
        const Vector probs = softmax(logits(gpt, letters.find(doc[i]), caches));
        losses.push_back(log(probs[letters.find(doc[i + 1])]) * -1);
    }
    return sum(losses) * (1.0 / losses.size());
}

void train(const Gpt& gpt, const std::vector<std::string_view>& docs, const std::string& letters) {
    std::vector<double> m(tape.size()), v(tape.size());
    for (std::size_t step = 0; step < steps; ++step) {
        const std::string doc = bos + std::string(docs[step % docs.size()]) + bos;
        const Value loss = document_loss(doc, gpt, letters);
        std::printf("step %4zu / %4zu | loss %.4f\n", step + 1, steps, loss.data());
        const std::vector<double> gradients = backward(loss);
        tape.resize(m.size());
        const double rate = learning_rate * (1 - static_cast<double>(step) / steps);
        for (std::size_t i = 0; i < m.size(); ++i) {
            m[i] = beta1 * m[i] + (1 - beta1) * gradients[i];
            v[i] = beta2 * v[i] + (1 - beta2) * gradients[i] * gradients[i];
            const double m_hat = m[i] / (1 - std::pow(beta1, step + 1));
            const double v_hat = v[i] / (1 - std::pow(beta2, step + 1));
            tape[i].data -= rate * m_hat / (std::sqrt(v_hat) + eps);
        }
    }
}

// ---- Sample: let the model go on by itself
std::string sample(const Gpt& gpt, const std::string& letters) {
    std::vector<KvCache> caches(n_layer);
    std::string doc = {bos};
    do {
        const Vector next = logits(gpt, letters.find(doc.back()), caches);
        std::vector<double> probs;
        for (Value prob : softmax(next * (1 / temperature))) probs.push_back(prob.data());
        doc += letters[chance.choices(probs)];
    } while (doc.back() != bos && doc.size() <= block_size);
    return doc.substr(1, doc.find(bos, 1) - 1);
}

int main() try {
    std::vector<std::string_view> docs = microgpt::load_names(stderr);
    chance.shuffle(docs);
    std::set<char> seen;
    for (const std::string_view doc : docs) seen.insert(doc.begin(), doc.end());
    const std::string letters = std::string(seen.begin(), seen.end()) + bos;
    std::printf("num docs: %zu\nvocab size: %zu\n", docs.size(), letters.size());
    const Gpt gpt(letters.size());
    std::printf("num params: %zu\n", tape.size());
    train(gpt, docs, letters);
    std::printf("\n--- inference (new, hallucinated names) ---\n");
    for (std::size_t i = 1; i <= samples; ++i) {
        std::printf("sample %2zu: %s\n", i, sample(gpt, letters).c_str());
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
