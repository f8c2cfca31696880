package io.userservice.architecture.violations.a2_ports_only.adapter;

import io.userservice.architecture.violations.a2_ports_only.application.delivery.Loop;

record Meddler(Loop loop) {}
