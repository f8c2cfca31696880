package io.userservice.architecture.violations.a3_picocli.adapter.http;

import picocli.CommandLine;

record Asks(CommandLine line) {}
