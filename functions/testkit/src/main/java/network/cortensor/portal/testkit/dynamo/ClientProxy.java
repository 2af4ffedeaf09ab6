package network.cortensor.portal.testkit.dynamo;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * An SDK client made of one function. The client's other methods, such as those that take a builder's consumer or that page, are the
 * interface's own and end in that function.
 */
final class ClientProxy {
    private ClientProxy() {}

    /** Carries out one call of one operation. */
    @FunctionalInterface
    interface Operation {
        /** @param method of the client's interface, which takes the request alone and returns a response */
        Object call(Method method, SdkRequest request) throws Throwable;
    }

    /** @param type a client's interface */
    static <C> C of(Class<C> type, Operation operation) {
        InvocationHandler handler = (proxy, method, arguments) -> invoke(proxy, method, arguments, operation);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** An operation that hands calls on to another client. */
    static Operation passOn(Object client) {
        return (method, request) -> {
            try {
                return method.invoke(client, request);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        };
    }

    @SuppressWarnings("ReferenceEquality") // A proxy equals nothing but itself, and asking it would lead back here.
    private static @Nullable Object invoke(
            Object proxy, Method method, Object @Nullable [] arguments, Operation operation) throws Throwable {
        if (arguments != null
                && arguments.length == 1
                && arguments[0] instanceof SdkRequest request
                && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
            return operation.call(method, request);
        }
        return switch (method.getName()) {
            case "close" -> null;
            case "serviceName" -> "dynamodb";
            case "toString" -> "ClientProxy";
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> InvocationHandler.invokeDefault(proxy, method, arguments);
        };
    }
}
