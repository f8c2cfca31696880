package io.userservice.architecture.violations.a3_sql.application;

import java.sql.Connection;

record Query(Connection connection) {}
