package io.tocsin.cli.demo;

/** A figure over the steps of the story: straight lines between points. */
final class Curve {
    private final double[] points;

    /** Pairs of a step and its value, in order of the steps. */
    Curve(double... points) {
        this.points = points.clone();
    }

    double at(int step) {
        if (step <= points[0]) {
            return points[1];
        }
        for (int i = 2; i < points.length; i += 2) {
            if (step <= points[i]) {
                double share = (step - points[i - 2]) / (points[i] - points[i - 2]);
                return points[i - 1] + share * (points[i + 1] - points[i - 1]);
            }
        }
        return points[points.length - 1];
    }
}
