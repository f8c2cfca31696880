package io.userservice.architecture.violations.h1_names.util;

final class Things {}
