package org.gridline.console;

import org.gridline.console.http.Traces;
import org.gridline.dispatch.city.UnusablePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the server; exit codes: 2 wrong command line, 3 unusable city pack, 1 anything else. */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          LOG.error("uncaught in {}: {}", thread.getName(), Traces.withoutMessages(thrown));
          // A thread that dies of an exception is one lost task; an error may have broken anything.
          if (thrown instanceof VirtualMachineError) Runtime.getRuntime().halt(70);
        });
    try {
      Server server = Server.start(Options.read(arguments, System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    } catch (Options.Wrong e) {
      System.err.println(e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
    } catch (UnusablePack e) {
      LOG.error("the city pack can't be used: {}", e.getMessage());
      System.exit(3);
    } catch (Exception e) {
      LOG.error("the server could not start: {}", Traces.withoutMessages(e));
      System.exit(1);
    }
  }
}
