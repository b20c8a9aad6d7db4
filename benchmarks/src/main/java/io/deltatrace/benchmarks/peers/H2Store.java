package io.deltatrace.benchmarks.peers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of H2 in memory over JDBC, with statements that stay prepared. The nested number is a column, which is kinder to H2
 * than JSON in one.
 */
final class H2Store implements UserStore<User> {

    private static final String SELECT = "SELECT id, name, age, created_at, updated_at, nested_num FROM users ";

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement all;
    private final PreparedStatement byName;
    private final PreparedStatement byId;
    private final PreparedStatement byAge;
    private final PreparedStatement byPrefix;
    private final PreparedStatement rename;
    private final PreparedStatement delete;

    H2Store(boolean indexed) throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id BIGINT NOT NULL, name VARCHAR NOT NULL, age INT NOT NULL,"
                    + " created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL,"
                    + " updated_at TIMESTAMP(9) WITH TIME ZONE NOT NULL, nested_num BIGINT NOT NULL)");
            if (indexed) {
                statement.execute("ALTER TABLE users ADD PRIMARY KEY (id)");
                statement.execute("CREATE INDEX users_age ON users (age)");
            }
        }
        insert = connection.prepareStatement("INSERT INTO users VALUES (?, ?, ?, ?, ?, ?)");
        all = connection.prepareStatement(SELECT);
        byName = connection.prepareStatement(SELECT + "WHERE name = ? LIMIT 1");
        byId = connection.prepareStatement(SELECT + "WHERE id = ?");
        byAge = connection.prepareStatement(SELECT + "WHERE age BETWEEN ? AND ?");
        byPrefix = connection.prepareStatement(SELECT + "WHERE name LIKE ? ORDER BY age LIMIT ?");
        rename = connection.prepareStatement("UPDATE users SET name = ? WHERE age = ?");
        delete = connection.prepareStatement("DELETE FROM users WHERE age >= ?");
    }

    static H2Store open(boolean indexed) {
        try {
            return new H2Store(indexed);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement with(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static PreparedStatement with(PreparedStatement statement, User user) throws SQLException {
        return with(
                statement,
                user.id(),
                user.name(),
                user.age(),
                user.createdAt(),
                user.updatedAt(),
                user.nested().get("num"));
    }

    private static List<User> found(PreparedStatement statement, Object... parameters) {
        List<User> found = new ArrayList<>();
        try (ResultSet rows = with(statement, parameters).executeQuery()) {
            while (rows.next()) {
                Map<String, Object> nested = new HashMap<>();
                nested.put("num", rows.getLong(6));
                found.add(new User(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getInt(3),
                        rows.getObject(4, Instant.class),
                        rows.getObject(5, Instant.class),
                        nested));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static int changed(PreparedStatement statement, Object... parameters) {
        try {
            return with(statement, parameters).executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public User recordOf(User user) {
        return user;
    }

    @Override
    public User userOf(User record) {
        return record;
    }

    /** In one transaction. */
    @Override
    public void addAll(List<User> users) {
        try {
            connection.setAutoCommit(false);
            for (User user : users) {
                with(insert, user).addBatch();
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void add(User user) {
        try {
            with(insert, user).executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<User> all() {
        return found(all);
    }

    @Override
    public User named(String name) {
        return found(byName, name).get(0);
    }

    @Override
    public User withId(long id) {
        return found(byId, id).get(0);
    }

    @Override
    public List<User> aged(int from, int to) {
        return found(byAge, from, to);
    }

    @Override
    public List<User> startingWith(String prefix, int limit) {
        return found(byPrefix, prefix + "%", limit);
    }

    @Override
    public void renameAged(int age, String name) {
        changed(rename, name, age);
    }

    @Override
    public int deleteAgedFrom(int age) {
        return changed(delete, age);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
