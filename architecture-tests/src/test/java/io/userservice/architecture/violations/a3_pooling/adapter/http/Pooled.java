package io.userservice.architecture.violations.a3_pooling.adapter.http;

import com.zaxxer.hikari.HikariDataSource;

record Pooled(HikariDataSource pool) {}
