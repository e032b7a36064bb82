package io.tocsin;

import io.tocsin.bus.LogFamily;
import io.tocsin.cli.Parts;
import io.tocsin.config.Settings;
import io.tocsin.notify.log.ColourMode;
import io.tocsin.notify.log.LogOutput;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The appliance as a process: starts, says so, runs until it is told to stop, and ends within a bound. */
final class Running {
    private static final int CANNOT_START = 2;
    private static final long STOP_SECONDS = 5;

    private Running() {}

    static int run(Settings settings, List<String> warnings, Parts.Look look) throws InterruptedException {
        LogOutput.use(look.colour() ? ColourMode.ALWAYS : ColourMode.NEVER, look.json(), false);
        Logger log = LoggerFactory.getLogger(Running.class);
        Appliance appliance;
        try {
            appliance = Appliance.start(settings, new SteadyClock());
        } catch (StartException fault) {
            LogOutput.finish();
            fault.reasons().forEach(reason -> System.err.println("tocsin: " + reason));
            return CANNOT_START;
        }
        CountDownLatch ended = new CountDownLatch(1);
        appliance.announce(warnings);
        Rehearsal rehearsal =
                settings.rehearse() ? Rehearsal.begin(settings, appliance.book(), new SteadyClock()) : null;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(appliance, rehearsal, log, ended), "tocsin-stop"));
        HangUp.on(appliance::reload);
        ended.await();
        return 0;
    }

    private static void stop(Appliance appliance, Rehearsal rehearsal, Logger log, CountDownLatch ended) {
        Thread halt = new Thread(Running::halt, "tocsin-halt");
        halt.setDaemon(true);
        halt.start();
        log.info(LogFamily.FAILURE, "💀 stopping: no more telemetry is taken, what was decided is written");
        if (rehearsal != null) {
            rehearsal.end();
        }
        appliance.close();
        log.info(LogFamily.SUCCESS, "★ stopped");
        LogOutput.finish();
        ended.countDown();
        System.out.flush();
        // Java would say 143, or 130 after Ctrl-C, for an end that is as good as it can be
        Runtime.getRuntime().halt(0);
    }

    /** A part that hangs must not keep the process: after a bound it ends all the same. */
    private static void halt() {
        try {
            TimeUnit.SECONDS.sleep(STOP_SECONDS);
        } catch (InterruptedException stopped) {
            return;
        }
        Runtime.getRuntime().halt(1);
    }
}
