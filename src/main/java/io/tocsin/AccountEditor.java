package io.tocsin;

import io.tocsin.api.access.AccountChanges;
import io.tocsin.cli.AccountFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Hands the command line what changes files of accounts. */
final class AccountEditor implements AccountFiles {
    @Override
    public List<Account> users(Path file) {
        return shown(AccountChanges.users(file));
    }

    @Override
    public void check(String name, String role) {
        AccountChanges.check(name, role);
    }

    @Override
    public void addUser(Path file, String name, String role, String password) {
        AccountChanges.addUser(file, name, role, password);
    }

    @Override
    public boolean removeUser(Path file, String name) {
        return AccountChanges.removeUser(file, name);
    }

    @Override
    public List<Account> tokens(Path file) {
        return shown(AccountChanges.tokens(file));
    }

    @Override
    public String createToken(Path file, String name, String role, Instant expires) {
        return AccountChanges.createToken(file, name, role, expires);
    }

    @Override
    public boolean revokeToken(Path file, String name) {
        return AccountChanges.revokeToken(file, name);
    }

    private static List<Account> shown(List<AccountChanges.Shown> all) {
        return all.stream()
                .map(one -> new Account(one.name(), one.role(), one.expires()))
                .toList();
    }
}
