package io.otfd.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system. {@code sun.misc.Signal} is the only way to hear a second one (a shutdown hook hears
 * the first alone); it is reached by reflection because the compiler warns of the name and no warning is let through.
 */
final class Signals {

    private Signals() {}

    /**
     * @param name without SIG
     * @param handler gets the signal's number, on a thread of its own
     * @return false when the JVM keeps the signal for itself
     */
    static boolean handle(String name, IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (self, method, arguments) -> {
                        if (!method.getName().equals("handle")) {
                            return null;
                        }
                        handler.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (InvocationTargetException e) {
            return false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java runtime hands out no signals", e);
        }
    }
}
