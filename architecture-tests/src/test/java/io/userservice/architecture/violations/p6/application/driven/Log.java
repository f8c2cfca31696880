package io.userservice.architecture.violations.p6.application.driven;

import java.sql.SQLException;

public interface Log {
  void append() throws SQLException;
}
