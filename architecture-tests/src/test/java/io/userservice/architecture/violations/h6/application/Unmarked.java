package io.userservice.architecture.violations.h6.application;

final class Unmarked {}
