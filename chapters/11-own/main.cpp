// Chapter 11: a raw file of towns, and a model of one's own.
#include <cstdio>

int main() { std::puts("towns"); }
