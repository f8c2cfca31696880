package io.userservice.architecture.violations.a3_json_stays_home.application;

import com.fasterxml.jackson.core.JsonParser;

record Parser(JsonParser parser) {}
