package io.tocsin.lane;

import java.util.List;

/**
 * Where the owner of a cluster leaves its latest readings for whoever owns it next. Soft state: what is lost of it comes
 * again with the next readings. Its methods may block for as long as a second and belong on a worker; they never throw.
 */
public interface Shelf {
    /** For a member that is alone: keeps nothing. */
    Shelf NONE = new Shelf() {
        @Override
        public boolean used() {
            return false;
        }

        @Override
        public boolean put(String cluster, long epoch, int number, byte[] block) {
            return true;
        }

        @Override
        public List<byte[]> read(String cluster, long before) {
            return List.of();
        }

        @Override
        public void clear(String cluster, long before) {}
    };

    /** Whether anybody would read it: whether there is more than one member. Never blocks. */
    boolean used();

    /** Keeps an owner's block of a cluster in place of the one with this number. Returns whether that worked. */
    boolean put(String cluster, long epoch, int number, byte[] block);

    /** The blocks that the last owner before an epoch left of a cluster, those that could be read. */
    List<byte[]> read(String cluster, long before);

    /** The blocks of the owners before an epoch may go. */
    void clear(String cluster, long before);
}
