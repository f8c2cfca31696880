package io.userservice.architecture.violations.a3_sql_stays_home.application;

import java.sql.Connection;

record Query(Connection connection) {}
