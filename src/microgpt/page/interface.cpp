// Interface: one object that answers, made when the first question comes.
#include "microgpt/page/interface.hpp"

#include "microgpt/page/answers.hpp"

namespace {

microgpt::Answers& answers() {
    static thread_local microgpt::Answers only;
    return only;
}

}  // namespace

char* microgpt_give(std::size_t size) {
    answers().bytes.resize(size);
    return answers().bytes.data();
}

const char* microgpt_ask(const char* question) {
    static thread_local std::string said;
    said = answers().answer(question);
    return said.c_str();
}

const char* microgpt_take() { return answers().bytes.data(); }

std::size_t microgpt_size() { return answers().bytes.size(); }
