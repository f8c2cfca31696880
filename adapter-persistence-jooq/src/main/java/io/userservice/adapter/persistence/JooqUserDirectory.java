package io.userservice.adapter.persistence;

import io.userservice.adapter.persistence.PageQuestion.Shape;
import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driving.Page;
import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.User;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * Lists users by keyset: a page begins where an index is entered, so its depth costs nothing. jOOQ
 * renders each kind of question once; asking and reading is plain JDBC, as for {@link
 * FindStatement}.
 */
final class JooqUserDirectory implements UserDirectory {
  /**
   * Lets PostgreSQL see the values of what comes next in the same round trip: whether few users
   * match a filter, or nearly all, asks for different plans. Most pages need one only, and to make
   * it takes three times as long as the page.
   */
  private static final String PLANNED_ANEW =
      "select set_config('plan_cache_mode', 'force_custom_plan', true); ";

  private final DSLContext database;
  private final DataSource dataSource;
  private final Map<Shape, String> texts = new ConcurrentHashMap<>();

  JooqUserDirectory(DSLContext database, DataSource dataSource) {
    this.database = database;
    this.dataSource = dataSource;
  }

  @Override
  public Page<User, Keyset> list(TenantId tenant, UserQuery query) {
    return SqlFailures.translatingJdbc(dataSource, connection -> list(connection, tenant, query));
  }

  Page<User, Keyset> list(Connection connection, TenantId tenant, UserQuery query)
      throws SQLException {
    var question = PageQuestion.of(tenant, query);
    var shape = question.shape();
    try (var statement = connection.prepareStatement(texts.computeIfAbsent(shape, this::text))) {
      var parameter = 0;
      for (var value : question.values()) {
        statement.setObject(++parameter, value);
      }
      statement.execute();
      if (!shape.isSteady()) {
        statement.getMoreResults(); // behind what was set
      }
      try (var row = statement.getResultSet()) {
        return page(row, question, query.limit());
      }
    }
  }

  private String text(Shape shape) {
    return (shape.isSteady() ? "" : PLANNED_ANEW) + shape.text(database);
  }

  /** Of the row behind it no more is asked than whether it is there. */
  private static Page<User, Keyset> page(ResultSet row, PageQuestion question, int limit)
      throws SQLException {
    var users = new ArrayList<User>(limit);
    var last = Optional.<Keyset>empty();
    while (row.next()) {
      if (users.size() == limit) {
        return new Page<>(users, last);
      }
      users.add(Rows.user(row));
      if (users.size() == limit) {
        last = Optional.of(question.placeOf(users.getLast(), row));
      }
    }
    return new Page<>(users, Optional.empty());
  }
}
