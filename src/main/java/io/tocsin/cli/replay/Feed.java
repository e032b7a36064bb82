package io.tocsin.cli.replay;

import java.io.IOException;
import java.util.List;

/** Where entries come from. */
interface Feed extends AutoCloseable {
    /** What comes next; null at the end. */
    Chunk next() throws IOException;

    /** How far it has come, of 1. */
    double done();

    /** What is worth to know about it, a line each: what is missing, what was left out. */
    List<String> notes();

    @Override
    void close() throws IOException;
}
