package io.otfd.conformance;

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
        Shared shared = context.getRoot().getStore(NAMESPACE).get(Shared.class, Shared.class);
        if (shared != null) {
            text.append(shared.tails(TAIL));
        }
        System.err.println(text);
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
    }
}
