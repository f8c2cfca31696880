package io.userservice.bootstrap;

import io.userservice.application.driving.EventId;
import io.userservice.application.driving.OperateEvents.Selection;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line: which commands there are, what they take, how they end. */
final class Commands {
  static final String SERVE = "serve";
  private static final List<String> EXIT_STATUSES =
      List.of(
          "%nExit status:",
          "   0  done; for serve: stopped in an orderly way",
          "  64  wrong usage",
          "  65  an argument names nothing that is there",
          "  69  the database, its schema, a right on it or NATS isn't there; HOST, PORT can't be"
              + " had",
          "  70  a fault in the program",
          "  78  the configuration (environment variables) can't be used");

  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Endings endings;

  Commands(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.endings = new Endings(err);
  }

  int run(String... arguments) {
    var root =
        command("user-service", "Serves users over HTTP and publishes their events.")
            .addSubcommand(SERVE, command(SERVE, "Serves until told to stop (the default)."))
            .addSubcommand("token", tokenCommand())
            .addSubcommand("migrate", command("migrate", "Brings the database schema up to date."))
            .addSubcommand("events", OperatorCommands.events())
            .addSubcommand("stream", OperatorCommands.stream());
    root.version("user-service " + version())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version and exits.")
                .build());
    return new CommandLine(root)
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler(usageErrors())
        .setExecutionStrategy(this::execute)
        .execute(arguments);
  }

  /** From the manifest of the jar; out of classes alone there is none. */
  private static String version() {
    return Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
        .orElse("(not from its jar)");
  }

  static CommandSpec command(String name, String description) {
    var spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).footer(EXIT_STATUSES.toArray(String[]::new));
    return spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Shows this help and exits.")
            .build());
  }

  private static CommandSpec tokenCommand() {
    return command("token", "Prints a token for trying the API; needs JWT_SECRET.")
        .addOption(
            option("--tenant", "T", "The tenant whose users may be seen.").required(true).build())
        .addOption(option("--subject", "S", "Who acts: the claim sub.").build())
        .addOption(
            option("--scope", "SCOPES", "The claim scope, e.g. \"users:read users:write\".")
                .build())
        .addOption(
            option("--ttl", "DURATION", "How long it is valid: 90s, 30m, 1h, 7d (default: 1h).")
                .build());
  }

  static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).type(String.class).paramLabel(label).description(description);
  }

  private static IParameterExceptionHandler usageErrors() {
    return (problem, _) -> usageError(problem);
  }

  private static int usageError(ParameterException problem) {
    var command = problem.getCommandLine();
    command.getErr().println(problem.getMessage());
    command.usage(command.getErr());
    return ExitStatus.USAGE;
  }

  private int execute(ParseResult result) {
    var help = CommandLine.executeHelpRequest(result);
    return help == null ? dispatch(result) : ExitStatus.OK;
  }

  private int dispatch(ParseResult result) {
    try {
      return endings.run(() -> run(chosen(result)));
    } catch (ParameterException usage) {
      throw usage;
    } catch (RuntimeException fault) { // any: the parser would end with a status of its own
      return endings.fault(fault);
    }
  }

  /** What is wrong with the arguments is told before the settings are looked at. */
  private int run(ParseResult chosen) {
    return switch (chosen.commandSpec().name()) {
      case "replay" -> replay(OperatorCommands.selection(chosen), OperatorCommands.after(chosen));
      case "list" -> events().list();
      case "retry" -> retry(OperatorCommands.ids(chosen));
      case "drop" -> drop(OperatorCommands.ids(chosen));
      case "info" -> StreamCommand.info(Settings.forStream(environment), out, err);
      case "events", "quarantine", "stream" -> throw OperatorCommands.incomplete(chosen);
      case "token" -> token(chosen);
      case "migrate" -> Migrate.run(Settings.forMigrate(environment), err);
      default -> Serve.run(Settings.forServe(environment));
    };
  }

  private static ParseResult chosen(ParseResult result) {
    return result.hasSubcommand() ? chosen(result.subcommand()) : result;
  }

  private int replay(Selection selection, long after) {
    return events().replay(selection, after);
  }

  private int retry(List<EventId> ids) {
    return events().retry(ids);
  }

  private int drop(List<EventId> ids) {
    return events().drop(ids);
  }

  private EventsCommand events() {
    return new EventsCommand(Settings.forEvents(environment), out, err);
  }

  private int token(ParseResult arguments) {
    var request =
        new TokenCommand.Request(
            OperatorCommands.tenant(arguments, arguments.matchedOptionValue("--tenant", "")),
            Optional.ofNullable(arguments.matchedOptionValue("--subject", null)),
            Optional.ofNullable(arguments.matchedOptionValue("--scope", null)),
            ttl(arguments));
    return TokenCommand.run(request, Settings.forToken(environment), out);
  }

  private static Duration ttl(ParseResult arguments) {
    var text = arguments.matchedOptionValue("--ttl", "1h");
    return ShortDuration.parse(text)
        .orElseThrow(
            () ->
                new ParameterException(
                    arguments.commandSpec().commandLine(),
                    "--ttl: found '%s', accepted is a number with s, m, h or d, like 1h"
                        .formatted(text)));
  }
}
