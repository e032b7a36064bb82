package io.tocsin.collect.host;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Stands for a piece of hardware: answers the getters that it is given values for. */
final class Fake {
    private Fake() {}

    static <T> T of(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answers.get(method.getName());
        }));
    }
}
