package io.tocsin;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * What happens on {@code SIGHUP}: rules, accounts and certificates are read again, as it is the custom of what runs in the background. Where the
 * terminal that the process was started on is closed, the same signal means the end.
 */
final class HangUp {
    private final boolean terminal = terminal();
    private final Runnable reload;

    private HangUp(Runnable reload) {
        this.reload = reload;
    }

    /** From now on the signal does so; nothing where there is no such signal, or where Java leaves it alone. */
    static void on(Runnable reload) {
        HangUp hangUp = new HangUp(reload);
        try {
            // by reflection: the compiler warns of every direct use of this class, which is no part of Java's own API
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handles = (proxy, method, arguments) ->
                    method.getName().equals("handle") ? hangUp.heard() : ownMethod(proxy, method.getName(), arguments);
            Object proxy = Proxy.newProxyInstance(HangUp.class.getClassLoader(), new Class<?>[] {handler}, handles);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException notHere) {
            return;
        }
    }

    private Object heard() {
        if (terminal && !terminal()) {
            System.exit(0);
        }
        reload.run();
        return null;
    }

    private static Object ownMethod(Object proxy, String name, Object[] arguments) {
        return switch (name) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "SIGHUP";
        };
    }

    /** Whether there is a terminal that can end this process. */
    private static boolean terminal() {
        try (FileInputStream open = new FileInputStream("/dev/tty")) {
            return open.getFD().valid();
        } catch (IOException none) {
            return false;
        }
    }
}
