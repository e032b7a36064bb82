package io.tocsin.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A class path with a few jars of those that the tests run with, and what compiles against it. */
final class Libraries {
    private final List<Path> jars;

    private Libraries(List<Path> jars) {
        this.jars = jars;
    }

    /** The jars whose names begin so; each name has to be there. */
    static Libraries of(String... names) {
        List<Path> all = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.toString().endsWith(".jar"))
                .toList();
        return new Libraries(Stream.of(names)
                .flatMap(name -> {
                    List<Path> found = all.stream()
                            .filter(jar -> jar.getFileName().toString().matches(name + "-\\d.*\\.jar"))
                            .toList();
                    if (found.isEmpty()) {
                        throw new AssertionError("no jar " + name + " among " + all);
                    }
                    return found.stream();
                })
                .toList());
    }

    /** These and one more. */
    Libraries and(Path jarOrFolder) {
        return new Libraries(
                Stream.concat(jars.stream(), Stream.of(jarOrFolder)).toList());
    }

    List<Path> jars() {
        return jars;
    }

    /** The words of a {@code -cp}. */
    String path() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Compiles all sources of a folder for Java 17. */
    void compile(Path sources, Path into) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of("--release", "17", "-proc:none", "-cp", path(), "-d", into.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ROOT, null);
                Stream<Path> walk = Files.walk(sources)) {
            Files.createDirectories(into);
            List<Path> java =
                    walk.filter(file -> file.toString().endsWith(".java")).toList();
            boolean fine = compiler.getTask(null, files, said, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            if (!fine) {
                throw new AssertionError(said.getDiagnostics().stream()
                        .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .collect(Collectors.joining("\n")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
