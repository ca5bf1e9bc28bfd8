package io.otfd.conformance;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Gives tests {@link Shared}, {@link Given} and a {@link Sandbox} of their own; shows the logs of the server when one fails. */
final class OtfdExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(OtfdExtension.class);
    private static final int TAIL = 60;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Shared.class || type == Given.class || type == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == Sandbox.class) {
            return context.getStore(NAMESPACE).computeIfAbsent(Sandbox.class, key -> new Sandbox(), Sandbox.class);
        }
        Shared shared = shared(context);
        return type == Given.class ? shared.given() : shared;
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException()
                .filter(exception -> !(exception instanceof TestAbortedException))
                .isEmpty()) {
            return;
        }
        StringBuilder text =
                new StringBuilder("=== " + context.getRequiredTestMethod().getName() + " failed\n");
        Sandbox own = context.getStore(NAMESPACE).get(Sandbox.class, Sandbox.class);
        if (own != null) {
            text.append(own.tails(TAIL));
        }
        Start start = context.getRoot().getStore(NAMESPACE).get(Start.class, Start.class);
        if (start != null) {
            start.shared.ifPresent(shared -> text.append(shared.tails(TAIL)));
        }
        System.err.println(text);
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Start.class, key -> new Start(), Start.class)
                .orThrow();
    }

    /** One attempt to start what is shared: when it fails, it has failed for every test, at once. */
    private static final class Start implements AutoCloseable {

        private final Optional<Shared> shared;
        private final String failure;

        Start() {
            Optional<Shared> started = Optional.empty();
            String reason = "";
            try {
                started = Optional.of(new Shared());
            } catch (RuntimeException | AssertionError exception) {
                reason = exception.toString();
            }
            shared = started;
            failure = reason;
        }

        Shared orThrow() {
            return shared.orElseThrow(() -> new AssertionError("the server does not start: " + failure));
        }

        @Override
        public void close() {
            shared.ifPresent(Shared::close);
        }
    }
}
