package io.tocsin.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of users and tokens: what is read, what is refused, how they are changed. */
class AccountFileTest {
    private static final String HASH = "$2a$12$" + "a".repeat(53);
    private static final String SHA = "sha256:" + "0".repeat(64);

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("accounts"), text);
    }

    @Test
    void linesForPeopleAndSpacesBetweenWordsDoNotCount() throws Exception {
        Path file = write("# ours\n\n  ann   responder\t" + HASH + "\n#bob viewer x\n");

        assertThat(AccountFile.users(file).read())
                .containsExactly(java.util.Map.entry("ann", new User("ann", Role.RESPONDER, HASH)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ann responder                | has 2 words; expected NAME ROLE HASH
            ann responder secret         | the third word is no bcrypt hash
            ann respnder HASH            | "respnder" is no role; allowed: ingest, viewer, responder, admin
            _ann viewer HASH             | "_ann" is no name
            ann viewer HASH more         | has 4 words
            """)
    void aWrongLineOfAUserIsNamed(String line, String what) throws Exception {
        Path file = write("# one\n" + line.replace("HASH", HASH) + "\n");

        assertThatThrownBy(() -> AccountFile.users(file).read())
                .isInstanceOf(AccountException.class)
                .hasMessageStartingWith(file + ":2: " + what)
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop ingest                         | has 2 words
            shop ingest sha256:00               | the third word is no sha256:
            shop ingest SHA expires=soon        | "expires=soon" is none; expected expires=TIME
            shop ingest SHA until=2027          | "until=2027" is none
            """)
    void aWrongLineOfATokenIsNamed(String line, String what) throws Exception {
        Path file = write(line.replace("SHA", SHA));

        assertThatThrownBy(() -> AccountFile.tokens(file).read()).hasMessageStartingWith(file + ":1: " + what);
    }

    @Test
    void nobodyIsThereTwice() throws Exception {
        Path file = write("ann viewer " + HASH + "\nann admin " + HASH + "\n");

        assertThatThrownBy(() -> AccountFile.users(file).read()).hasMessageContaining(":2: ann is there twice");
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> AccountFile.users(file).read()).hasMessageContaining("is no text in UTF-8");
        assertThatThrownBy(() -> AccountFile.users(folder).read()).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> AccountFile.users(folder.resolve("none")).read())
                .isInstanceOf(AccountException.Missing.class)
                .hasMessageContaining("is not there");
    }

    @Test
    void aNewFileIsNobodyElsesBusiness() throws Exception {
        Path file = folder.resolve("secrets/users");
        AccountFile.users(file).add(new User("ann", Role.ADMIN, HASH), "user");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(2).endsWith("ann admin " + HASH);
        assertThat(file.resolveSibling("users.new")).doesNotExist();
    }

    @Test
    void aChangeLeavesTheRestAsItIs() throws Exception {
        Path file = write("# ours\nann viewer " + HASH + "  \n\nbob viewer " + HASH + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        AccountFile<User> users = AccountFile.users(file);
        users.add(new User("eve", Role.ADMIN, HASH), "user");

        assertThat(users.remove("bob")).isTrue();
        assertThat(users.remove("bob")).isFalse();
        assertThat(Files.readAllLines(file))
                .isEqualTo(List.of("# ours", "ann viewer " + HASH + "  ", "", "eve admin " + HASH));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThatThrownBy(() -> users.add(new User("ann", Role.ADMIN, HASH), "user"))
                .hasMessageContaining("there is a user ann already");
    }

    @Test
    void aFileThatIsALinkStaysOne() throws Exception {
        Path real = write("ann viewer " + HASH + "\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        AccountFile.users(link).remove("ann");

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(real).strip()).isEmpty();
    }

    @Test
    void twoChangesAtOnceDoNotLoseOne() throws Exception {
        Path file = write("ann viewer " + HASH + "\n");
        Files.createFile(folder.resolve("accounts.new"));

        assertThatThrownBy(() -> AccountFile.users(file).remove("ann"))
                .hasMessageContaining("accounts.new is there: somebody else changes the file");
        assertThat(AccountFile.users(file).read()).containsOnlyKeys("ann");
    }

    @Test
    void aTokenIsOnlyKnownByItsHash() throws Exception {
        String secret = Token.secret("shop");
        Instant end = Instant.parse("2027-01-31T00:00:00Z");
        Token token = Token.of(secret, "shop", Role.INGEST, end);
        Path file = folder.resolve("tokens");
        AccountFile.tokens(file).add(token, "token");

        assertThat(Files.readString(file)).doesNotContain(secret.substring(12));
        assertThat(AccountFile.tokens(file).read().get("shop")).isEqualTo(token);
        assertThat(Token.nameIn(secret)).isEqualTo("shop");
        assertThat(token.matches(secret)).isTrue();
        assertThat(token.matches(secret + "x")).isFalse();
        assertThat(token.matches(Token.secret("shop"))).isFalse();
        assertThat(token.over(end.minusMillis(1))).isFalse();
        assertThat(token.over(end)).isTrue();
    }
}
