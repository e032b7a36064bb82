package io.tocsin.docker;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docker/Dockerfile}: its instructions, and what its last stage consists of. */
public final class Dockerfile {
    /** Where it lies, from the project's folder. */
    public static final Path FILE = Path.of("docker/Dockerfile");

    private final List<Instruction> instructions;

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    /**
     * A line.
     *
     * @param stage which {@code FROM} it belongs to, from 0
     * @param word the first word
     * @param rest what follows, continuation lines joined
     */
    public record Instruction(int stage, String word, String rest) {}

    /**
     * A file or folder that is copied.
     *
     * @param stage the stage into which
     * @param fromBuild whether from the stage before it, not from the project
     * @param source the path there
     * @param target where it comes to lie in the image
     */
    public record Copy(int stage, boolean fromBuild, String source, String target) {}

    /** Reads it. */
    public static Dockerfile read() {
        try {
            String text = Files.readString(FILE).replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n\\s*", "");
            List<Instruction> read = new ArrayList<>();
            int stage = -1;
            for (String line : text.lines().filter(one -> !one.isBlank()).toList()) {
                String[] parts = line.split("\\s+", 2);
                stage += parts[0].equals("FROM") ? 1 : 0;
                read.add(new Instruction(stage, parts[0], parts[1]));
            }
            return new Dockerfile(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows a word that stands once in the last stage. */
    public String one(String word) {
        List<String> found = all(word);
        if (found.size() != 1) {
            throw new AssertionError(word + " stands " + found.size() + " times in " + FILE);
        }
        return found.get(0);
    }

    private List<String> all(String word) {
        return instructions.stream()
                .filter(line -> line.stage() == last() && line.word().equals(word))
                .map(Instruction::rest)
                .toList();
    }

    private int last() {
        return instructions.get(instructions.size() - 1).stage();
    }

    /** The words of {@code ENTRYPOINT} and {@code CMD}. */
    public List<String> command() {
        List<String> words = new ArrayList<>(array(one("ENTRYPOINT")));
        words.addAll(array(one("CMD")));
        return words;
    }

    /** The words of the health check. */
    public List<String> healthCheck() {
        String rest = one("HEALTHCHECK");
        return array(rest.substring(rest.indexOf("CMD ") + 4));
    }

    private static List<String> array(String json) {
        return new JsonArray(json).stream().map(String.class::cast).toList();
    }

    /** The variables that it sets. */
    public Map<String, String> environment() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : all("ENV")) {
            Matcher pair = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))").matcher(line);
            while (pair.find()) {
                values.put(pair.group(1), pair.group(2) == null ? pair.group(3) : pair.group(2));
            }
        }
        return values;
    }

    /** All that is copied, in any stage. */
    public List<Copy> copies() {
        List<Copy> copies = new ArrayList<>();
        String folder = "/";
        for (Instruction line : instructions) {
            if (line.word().equals("WORKDIR")) {
                folder = line.rest();
            } else if (line.word().equals("COPY")) {
                copies.addAll(copies(line, folder));
            }
        }
        return copies;
    }

    private static List<Copy> copies(Instruction line, String folder) {
        boolean build = line.rest().startsWith("--from=build ");
        String[] words = line.rest().replace("--from=build ", "").split("\\s+");
        String last = words[words.length - 1];
        String target = last.startsWith("/") ? last : folder + "/" + last.replaceFirst("^\\./", "");
        return Arrays.stream(words, 0, words.length - 1)
                .map(source -> new Copy(
                        line.stage(),
                        build,
                        source,
                        target.endsWith("/") ? target + Path.of(source).getFileName() : target))
                .toList();
    }

    /** What comes into the image. */
    public List<Copy> image() {
        return copies().stream().filter(copy -> copy.stage() == last()).toList();
    }
}
