package io.userservice.adapter.http.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Chromium, or what is made of it, without a window and with nothing remembered. */
public final class Browser implements AutoCloseable {
  private static final String ADDRESS = "DevTools listening on ";
  private static final long SECONDS_TO_START = 30;

  private final Process process;
  private final Path profile;
  private final DevTools devTools;

  private Browser(Process process, Path profile, DevTools devTools) {
    this.process = process;
    this.profile = profile;
    this.devTools = devTools;
  }

  /** Starts the machine's browser. */
  public static Browser start() throws IOException {
    var profile = Files.createTempDirectory("browser");
    var process =
        new ProcessBuilder(command(Program.find().orElseThrow(), profile))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Browser(process, profile, new DevTools(address(process)));
  }

  private static List<String> command(Path program, Path profile) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless=new",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "--window-size=1280,1024",
            "--no-first-run",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            // Containers have no sandbox within theirs; and it opens nothing but our own page.
            "--no-sandbox"));
    return command;
  }

  private static URI address(Process process) {
    var address = new CompletableFuture<URI>();
    Thread.ofVirtual().start(() -> listen(process.errorReader(), address));
    try {
      return address.get(SECONDS_TO_START, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new AssertionError("the browser didn't start", e);
    }
  }

  /** Reads to the end, or the browser would wait for somebody to read what it says. */
  private static void listen(BufferedReader said, CompletableFuture<URI> address) {
    var all = new StringBuilder();
    try (said) {
      for (var line = said.readLine(); line != null; line = said.readLine()) {
        all.append(line).append('\n');
        if (line.startsWith(ADDRESS)) {
          address.complete(URI.create(line.substring(ADDRESS.length()).strip()));
        }
      }
    } catch (IOException e) {
      all.append(e);
    }
    address.completeExceptionally(new IOException(all.toString()));
  }

  /** A new tab. */
  public Tab open() {
    return new Tab(devTools);
  }

  @Override
  public void close() throws IOException {
    devTools.close();
    // Its helpers outlive it by a moment, in which they still write into the profile.
    var helpers = process.descendants().toList();
    process.destroy();
    process.onExit().join();
    helpers.forEach(helper -> helper.onExit().join());
    Files.walkFileTree(profile, new Deletion());
  }

  /** Deletes what it meets; what has gone by itself meanwhile is as good. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
