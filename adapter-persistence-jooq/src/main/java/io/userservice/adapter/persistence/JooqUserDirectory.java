package io.userservice.adapter.persistence;

import static io.userservice.adapter.persistence.Rows.timestamp;
import static io.userservice.adapter.persistence.generated.Tables.USERS;

import io.userservice.application.driven.UserDirectory;
import io.userservice.application.driving.Page;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.impl.DSL;

/** Lists users by keyset: a page begins where an index is entered, so its depth costs nothing. */
final class JooqUserDirectory implements UserDirectory {
  /** Greater than every character: the end of the range of keys that begin with a prefix. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private final DSLContext database;

  JooqUserDirectory(DSLContext database) {
    this.database = database;
  }

  @Override
  public Page<User, Keyset> list(TenantId tenant, UserQuery query) {
    var users =
        SqlFailures.translating(
            () ->
                database
                    .select(Rows.USER_FIELDS)
                    .from(USERS)
                    .where(conditions(tenant, query))
                    .orderBy(order(query.sort()))
                    .limit(query.limit() + 1)
                    .fetch(Rows::user));
    if (users.size() <= query.limit()) {
      return new Page<>(users, Optional.empty());
    }
    var page = users.subList(0, query.limit());
    return new Page<>(page, Optional.of(query.sort().placeOf(page.getLast())));
  }

  private static List<Condition> conditions(TenantId tenant, UserQuery query) {
    var filter = query.filter();
    var conditions = new ArrayList<Condition>();
    conditions.add(USERS.TENANT_ID.eq(tenant.value()));
    conditions.add(deleted(filter));
    filter.email().map(email -> USERS.EMAIL_KEY.eq(email.canonical())).ifPresent(conditions::add);
    filter.prefix().map(JooqUserDirectory::begins).ifPresent(conditions::add);
    filter
        .createdAfter()
        .map(instant -> USERS.CREATED_AT.gt(timestamp(instant)))
        .ifPresent(conditions::add);
    filter
        .updatedSince()
        .map(instant -> USERS.UPDATED_AT.ge(timestamp(instant)))
        .ifPresent(conditions::add);
    if (!filter.ids().isEmpty()) {
      conditions.add(USERS.ID.in(filter.ids().stream().map(UserId::value).toList()));
    }
    query.after().map(place -> isBehind(place, query.sort())).ifPresent(conditions::add);
    return conditions;
  }

  private static Condition deleted(Filter filter) {
    return switch (filter.deleted()) {
      case EXCLUDE -> USERS.DELETED_AT.isNull();
      case ONLY -> USERS.DELETED_AT.isNotNull();
      case INCLUDE -> DSL.noCondition();
    };
  }

  private static Condition begins(String prefix) {
    var key = TextKey.of(prefix);
    return begins(USERS.NAME_KEY, key).or(begins(USERS.EMAIL_KEY, key));
  }

  /** A range, which an index can be asked for, where LIKE would need its wildcards escaped. */
  private static Condition begins(Field<String> field, String key) {
    return field.ge(key).and(field.lt(key + LAST));
  }

  private static Condition isBehind(Keyset place, Sort sort) {
    var id = place.id().value();
    return switch (place) {
      case AtTime(var at, _) -> {
        var here = DSL.row(timestamp(at), id);
        var row = DSL.row(timeOf(sort), USERS.ID);
        yield sort.descending() ? row.lt(here) : row.gt(here);
      }
      case AtText(var text, _) -> DSL.row(textOf(sort), USERS.ID).gt(DSL.row(text, id));
    };
  }

  private static List<SortField<?>> order(Sort sort) {
    return switch (sort) {
      case CREATED_AT, UPDATED_AT -> List.of(timeOf(sort).asc(), USERS.ID.asc());
      case CREATED_AT_DESCENDING, UPDATED_AT_DESCENDING ->
          List.of(timeOf(sort).desc(), USERS.ID.desc());
      case EMAIL, NAME -> List.of(textOf(sort).asc(), USERS.ID.asc());
    };
  }

  private static Field<OffsetDateTime> timeOf(Sort sort) {
    return switch (sort) {
      case CREATED_AT, CREATED_AT_DESCENDING -> USERS.CREATED_AT;
      case UPDATED_AT, UPDATED_AT_DESCENDING -> USERS.UPDATED_AT;
      case EMAIL, NAME -> throw new IllegalArgumentException("not an order by time: " + sort);
    };
  }

  private static Field<String> textOf(Sort sort) {
    return switch (sort) {
      case EMAIL -> USERS.EMAIL_KEY;
      case NAME -> USERS.NAME_KEY;
      case CREATED_AT, CREATED_AT_DESCENDING, UPDATED_AT, UPDATED_AT_DESCENDING ->
          throw new IllegalArgumentException("not an order by text: " + sort);
    };
  }
}
