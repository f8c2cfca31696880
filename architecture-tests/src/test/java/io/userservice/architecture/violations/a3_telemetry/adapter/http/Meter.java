package io.userservice.architecture.violations.a3_telemetry.adapter.http;

import io.micrometer.core.instrument.MeterRegistry;

record Meter(MeterRegistry registry) {}
