package io.tocsin.it;

/** Text that a certain pattern looks at for a certain time, on whatever machine this is. */
public final class Slow {
    /** Costs as many steps as there are ways to choose seven letters of the text; once, not from each letter on. */
    public static final String PATTERN = "^(.*a){7}b";

    private static final int LETTERS = 7;

    private Slow() {}

    /** Text that takes at least so long. */
    public static String text(double seconds) {
        double longer = Math.pow(seconds * 1e9 / Measured.TOOK, 1.0 / LETTERS);
        return "a".repeat((int) Math.ceil(Measured.LENGTH * longer) + 1);
    }

    /** How long text of one length takes here, a tenth of a second or more. */
    private static final class Measured {
        private static final int LENGTH;
        private static final long TOOK;

        static {
            int length = 20;
            long took = took(length);
            while (took < 100_000_000L) {
                length += 3;
                took = took(length);
            }
            LENGTH = length;
            TOOK = took;
        }
    }

    /** The least of several times: the first ones are slow. */
    private static long took(int length) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            least = Math.min(least, once(length));
        }
        return least;
    }

    private static long once(int length) {
        long began = System.nanoTime();
        if ("a".repeat(length).matches(PATTERN)) {
            throw new AssertionError("it ends in no b");
        }
        return System.nanoTime() - began;
    }
}
