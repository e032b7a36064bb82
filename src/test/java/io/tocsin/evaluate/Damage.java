package io.tocsin.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule file with one word or sign changed.
 *
 * @param ruleFrom the first line of the rule that was hit; 1 for what stands before the first rule
 * @param ruleTo the line before the next rule
 */
record Damage(String file, String text, String change, int ruleFrom, int ruleTo) {
    private static final Pattern TOKEN = Pattern.compile("[\\w$]+|[^\\s\\w]");

    static Damage to(Path folder, Random random) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".drl"))
                    .sorted()
                    .toList();
        }
        Path file = files.get(random.nextInt(files.size()));
        String text = Files.readString(file);
        String name = folder.relativize(file).toString();
        DrlText drl = new DrlText(name, text);
        List<int[]> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(drl.code());
        while (token.find()) {
            tokens.add(new int[] {token.start(), token.end()});
        }
        int[] hit = tokens.get(random.nextInt(tokens.size()));
        String was = text.substring(hit[0], hit[1]);
        String is = is(was, random.nextInt(3));
        int from = 0;
        int to = text.length();
        for (DrlText.Section section : drl.sections()) {
            from = section.start() <= hit[0] ? section.start() : from;
            to = section.start() <= hit[0] ? section.end() : to;
        }
        return new Damage(
                name,
                text.substring(0, hit[0]) + is + text.substring(hit[1]),
                "'" + was + "' -> '" + is + "' in line " + drl.line(hit[0]),
                drl.line(from),
                drl.line(to) + 1);
    }

    private static String is(String was, int kind) {
        if (kind == 0) {
            return "";
        }
        return kind == 1
                ? was.length() > 2 ? was.substring(0, was.length() - 1) : was + was
                : was.length() > 3 ? was.charAt(0) + was.substring(2) : ";";
    }

    @Override
    public String toString() {
        return file + ": " + change;
    }
}
