package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.Rows.timestamp;
import static io.userservice.adapter.persistence.generated.Tables.USERS;

import io.userservice.application.driving.UserQuery;
import io.userservice.application.driving.UserQuery.Filter;
import io.userservice.application.driving.UserQuery.Keyset;
import io.userservice.application.driving.UserQuery.Keyset.AtText;
import io.userservice.application.driving.UserQuery.Keyset.AtTime;
import io.userservice.application.driving.UserQuery.Sort;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.TextKey;
import io.userservice.domain.user.User;
import io.userservice.domain.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Row2;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/**
 * The question for a page: demands in a fixed order, and the values that they are about. Questions
 * of one shape have one text.
 */
final class PageQuestion {
  /** Greater than every character: the end of the range of keys that begin with a prefix. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /** Its column in a row, behind the user's. */
  private static final int STORED_KEY = Rows.USER_FIELDS.size() + 1;

  private final List<Demand> demands = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();
  private final Sort sort;

  private PageQuestion(Sort sort) {
    this.sort = sort;
  }

  static PageQuestion of(TenantId tenant, UserQuery query) {
    var question = new PageQuestion(query.sort());
    question.demand(Demand.TENANT, tenant.value());
    question.filter(query.filter());
    query.after().ifPresent(question::goOn);
    question.values.add(query.limit() + 1);
    return question;
  }

  private void filter(Filter filter) {
    switch (filter.deleted()) {
      case EXCLUDE -> demand(Demand.LIVING);
      case ONLY -> demand(Demand.DELETED);
      case INCLUDE -> {}
    }
    filter.email().ifPresent(email -> demand(Demand.EMAIL, email.canonical()));
    filter.prefix().map(TextKey::of).ifPresent(this::prefix);
    filter.createdAfter().ifPresent(at -> demand(Demand.CREATED_AFTER, timestamp(at)));
    filter.updatedSince().ifPresent(at -> demand(Demand.UPDATED_SINCE, timestamp(at)));
    if (!filter.ids().isEmpty()) {
      Object ids = filter.ids().stream().map(UserId::value).toArray(UUID[]::new);
      demand(Demand.ID, ids);
    }
  }

  private void prefix(String key) {
    demand(Demand.PREFIX, key, key + LAST, key, key + LAST);
  }

  private void goOn(Keyset place) {
    var id = place.id().value();
    switch (place) {
      case AtTime(var at, _) -> demand(Demand.BEHIND, timestamp(at), id);
      case AtText(var text, _) -> demand(Demand.BEHIND, text, id);
    }
  }

  /**
   * Where the row is that this user was read from. Rows are ordered by the keys that were stored;
   * today's folding may make others, which would be the places of others.
   */
  Keyset placeOf(User user, ResultSet row) throws SQLException {
    return switch (sort) {
      case CREATED_AT, CREATED_AT_DESCENDING, UPDATED_AT, UPDATED_AT_DESCENDING ->
          sort.placeOf(user);
      case EMAIL, NAME -> new AtText(row.getString(STORED_KEY), user.key().id());
    };
  }

  private void demand(Demand demand, Object... about) {
    demands.add(demand);
    values.addAll(List.of(about));
  }

  /** To be bound in this order; the last one is how many rows are wanted, one more than shown. */
  List<Object> values() {
    return values;
  }

  Shape shape() {
    return new Shape(demands, sort);
  }

  /** What a user must be. */
  private enum Demand {
    TENANT,
    LIVING,
    DELETED,
    EMAIL,
    PREFIX,
    CREATED_AFTER,
    UPDATED_SINCE,
    ID,
    BEHIND
  }

  /** What questions with the same text have in common. */
  record Shape(List<Demand> demands, Sort sort) {

    String text(DSLContext database) {
      return database
          .select(Rows.USER_FIELDS)
          .select(storedKey())
          .from(USERS)
          .where(demands.stream().map(this::condition).toList())
          .orderBy(order(field()), order(USERS.ID))
          .limit(DSL.param("limit", Integer.class))
          .getSQL();
    }

    /** What of the row's place the user doesn't tell. */
    private List<Field<?>> storedKey() {
      return switch (sort) {
        case CREATED_AT, CREATED_AT_DESCENDING, UPDATED_AT, UPDATED_AT_DESCENDING -> List.of();
        case EMAIL, NAME -> List.of(field());
      };
    }

    private Condition condition(Demand demand) {
      return switch (demand) {
        case TENANT -> USERS.TENANT_ID.eq(any(USERS.TENANT_ID));
        case LIVING -> USERS.DELETED_AT.isNull();
        case DELETED -> USERS.DELETED_AT.isNotNull();
        case EMAIL -> USERS.EMAIL_KEY.eq(any(USERS.EMAIL_KEY));
        case PREFIX -> begins(USERS.NAME_KEY).or(begins(USERS.EMAIL_KEY));
        case CREATED_AFTER -> USERS.CREATED_AT.gt(any(USERS.CREATED_AT));
        case UPDATED_SINCE -> USERS.UPDATED_AT.ge(any(USERS.UPDATED_AT));
        case ID -> USERS.ID.eq(DSL.any(DSL.param("ids", UUID[].class)));
        case BEHIND -> behind(field());
      };
    }

    private Field<?> field() {
      return switch (sort) {
        case CREATED_AT, CREATED_AT_DESCENDING -> USERS.CREATED_AT;
        case UPDATED_AT, UPDATED_AT_DESCENDING -> USERS.UPDATED_AT;
        case EMAIL -> USERS.EMAIL_KEY;
        case NAME -> USERS.NAME_KEY;
      };
    }

    private SortField<?> order(Field<?> field) {
      return sort.descending() ? field.desc() : field.asc();
    }

    private <T> Condition behind(Field<T> field) {
      Row2<T, UUID> row = DSL.row(field, USERS.ID);
      Row2<T, UUID> place = DSL.row(any(field), any(USERS.ID));
      return sort.descending() ? row.lt(place) : row.gt(place);
    }

    /** A range, which an index can be asked for, where LIKE would need its wildcards escaped. */
    private Condition begins(Field<String> field) {
      return field.ge(any(field)).and(field.lt(any(field)));
    }

    private <T> Field<T> any(Field<T> field) {
      return DSL.param("", field);
    }

    /**
     * Whether one plan suits all values: the page is a piece of the index of its order, or about an
     * address, which one has of those who live.
     */
    boolean isSteady() {
      return demands.stream()
          .allMatch(
              demand ->
                  switch (demand) {
                    case TENANT, LIVING, DELETED, BEHIND -> true;
                    case CREATED_AFTER -> field().equals(USERS.CREATED_AT);
                    case UPDATED_SINCE -> field().equals(USERS.UPDATED_AT);
                    case EMAIL -> demands.contains(Demand.LIVING);
                    case PREFIX, ID -> false;
                  });
    }
  }
}
