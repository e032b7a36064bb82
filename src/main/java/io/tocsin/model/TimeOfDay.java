package io.tocsin.model;

import java.time.DayOfWeek;

/**
 * The hour and day that it is, in the zone that config names ({@code rules.zone}, UTC by default). A fact of every session
 * whose rules ask for it; it changes on the hour and at no other time.
 *
 * @param hour the hour that has begun, 0 to 23
 * @param day the day of the week
 * @param zone the zone, such as {@code Europe/Vienna}
 */
public record TimeOfDay(int hour, DayOfWeek day, String zone) {
    /** Whether it is Saturday or Sunday. */
    public boolean weekend() {
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
