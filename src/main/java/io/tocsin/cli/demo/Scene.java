package io.tocsin.cli.demo;

/**
 * A turn of the story.
 *
 * @param step with which step it comes, 0 to {@link Story#STEPS}
 * @param mood what it means for people
 * @param text one sentence
 */
public record Scene(int step, Mood mood, String text) {
    /** What a scene means for people. */
    public enum Mood {
        /** All is as it should be. */
        WELL,
        /** Something is not. */
        TROUBLE,
        /** Somebody does something. */
        ACTION
    }
}
