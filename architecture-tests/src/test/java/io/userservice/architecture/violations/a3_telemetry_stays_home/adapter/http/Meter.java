package io.userservice.architecture.violations.a3_telemetry_stays_home.adapter.http;

import io.micrometer.core.instrument.MeterRegistry;

record Meter(MeterRegistry registry) {}
