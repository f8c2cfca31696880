package io.userservice.bootstrap;

import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents.OfTenant;
import io.userservice.application.driving.OperateEvents.OfUser;
import io.userservice.application.driving.OperateEvents.Selection;
import io.userservice.application.driving.OperateEvents.Since;
import io.userservice.domain.user.TenantId;
import io.userservice.domain.user.UserId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands for operators, and what their arguments mean. */
final class OperatorCommands {
  private OperatorCommands() {}

  static CommandSpec events() {
    return Commands.command("events", "Looks after events; services may go on running.")
        .addSubcommand("replay", replay())
        .addSubcommand("quarantine", quarantine());
  }

  private static CommandSpec replay() {
    var which =
        ArgGroupSpec.builder()
            .exclusive(true)
            .multiplicity("1")
            .addArg(Commands.option("--tenant", "T", "All events of this tenant.").build())
            .addArg(Commands.option("--user", "U", "All events of this user.").build())
            .addArg(
                Commands.option(
                        "--since", "INSTANT", "All from then on, e.g. 2026-01-31T12:00:00Z.")
                    .build())
            .build();
    return Commands.command(
            "replay",
            "Publishes past events once more: with new message ids, the same ce-id, and the"
                + " header Replayed: true.")
        .addArgGroup(which)
        .addOption(
            Commands.option(
                    "--after",
                    "PLACE",
                    "Only what is behind this place, as told by a replay that ended early.")
                .build());
  }

  private static CommandSpec quarantine() {
    return Commands.command("quarantine", "Events that the stream refuses for themselves.")
        .addSubcommand(
            "list",
            Commands.command(
                "list",
                "Prints a line of JSON for each, oldest first, at most "
                    + EventsCommand.LISTED
                    + "."))
        .addSubcommand(
            "retry",
            withIds(Commands.command("retry", "Has them published again, and what waits behind.")))
        .addSubcommand(
            "drop",
            withIds(
                Commands.command(
                    "drop", "Gives them up for good, so that what waits behind them goes.")));
  }

  private static CommandSpec withIds(CommandSpec command) {
    return command.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("EVENT-ID")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("As list prints them.")
            .build());
  }

  static CommandSpec stream() {
    return Commands.command("stream", "Looks at the stream.")
        .addSubcommand(
            "info", Commands.command("info", "Tells what it holds, and what an operator changed."));
  }

  static ParameterException incomplete(ParseResult result) {
    return new ParameterException(
        result.commandSpec().commandLine(),
        "%s: one of its sub-commands is needed".formatted(result.commandSpec().name()));
  }

  static Selection selection(ParseResult result) {
    Optional<String> tenant = Optional.ofNullable(result.matchedOptionValue("--tenant", null));
    Optional<String> user = Optional.ofNullable(result.matchedOptionValue("--user", null));
    return tenant
        .<Selection>map(text -> new OfTenant(tenant(result, text)))
        .or(() -> user.map(text -> new OfUser(new UserId(uuid(result, "--user", text)))))
        .orElseGet(() -> new Since(instant(result, result.matchedOptionValue("--since", ""))));
  }

  static long after(ParseResult result) {
    String text = result.matchedOptionValue("--after", "0");
    try {
      var place = Long.parseLong(text);
      if (place >= 0) {
        return place;
      }
    } catch (NumberFormatException _) {
      // told below, together with those below zero
    }
    throw wrong(result, "--after", text, "a whole number, as a replay tells");
  }

  static TenantId tenant(ParseResult result, String text) {
    if (!TenantId.isValid(text)) {
      throw wrong(
          result,
          "--tenant",
          text,
          "1 to %d visible ASCII characters".formatted(TenantId.MAX_LENGTH));
    }
    return new TenantId(text);
  }

  private static Instant instant(ParseResult result, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw wrong(result, "--since", text, "an instant like 2026-01-31T12:00:00Z");
    }
  }

  static List<EventId> ids(ParseResult result) {
    var ids = new ArrayList<EventId>();
    for (var text : result.<List<String>>matchedPositionalValue(0, List.of())) {
      ids.add(new EventId(uuid(result, "EVENT-ID", text)));
    }
    return ids;
  }

  private static UUID uuid(ParseResult result, String name, String text) {
    try {
      var id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // told below, together with the short forms that the JDK takes
    }
    throw wrong(result, name, text, "a UUID");
  }

  private static ParameterException wrong(
      ParseResult result, String name, String found, String accepted) {
    return new ParameterException(
        result.commandSpec().commandLine(),
        "%s: found '%s', accepted is %s".formatted(name, found, accepted));
  }
}
