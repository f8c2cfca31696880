package io.userservice.architecture.violations.a3_json.application;

import com.fasterxml.jackson.core.JsonParser;

record Parser(JsonParser parser) {}
