package io.tocsin.model;

import java.util.List;

/**
 * An alert with all that is stored of it.
 *
 * @param alert the document
 * @param tracking what the lifecycle remembers
 * @param because the reasons as of its latest change, at most 8; an open alert's readings come back from here at a start
 */
public record Life(Alert alert, Tracking tracking, List<Because> because) {
    public Life {
        because = List.copyOf(because);
    }
}
