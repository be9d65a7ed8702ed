namespace Sluice.Storage.Migrations;

/// <summary>The program's migrations in order, numbered 1, 2, 3… without gaps.</summary>
internal sealed class MigrationPlan
{
    private readonly Migration[] _migrations;

    private MigrationPlan(Migration[] migrations) => _migrations = migrations;

    public int Count => _migrations.Length;

    /// <exception cref="MigrationException">A number is used twice, or one is missing.</exception>
    public static MigrationPlan Of(IReadOnlyList<Migration> migrations)
    {
        var ordered = migrations.OrderBy(static migration => migration.Number).ToArray();
        for (var i = 0; i < ordered.Length; i++)
        {
            if (i > 0 && ordered[i].Number == ordered[i - 1].Number)
                throw Misnumbered($"{ordered[i - 1]} and {ordered[i]} have the same number.");
            if (ordered[i].Number != i + 1)
                throw Misnumbered($"there is no migration {i + 1:D4} before {ordered[i]}.");
        }

        return new MigrationPlan(ordered);
    }

    /// <summary>Finds the first migration that <paramref name="history"/> lacks; null if it has them all.</summary>
    /// <exception cref="MigrationException">The history is not the beginning of this plan.</exception>
    public Migration? NextAfter(IReadOnlyList<AppliedMigration> history)
    {
        for (var i = 0; i < history.Count; i++)
        {
            var applied = history[i];
            if (i >= _migrations.Length)
                throw DatabaseNewer(history);
            if (applied.Number != i + 1)
                throw Changed($"the database has {applied} but not migration {i + 1:D4}; its history was edited.");
            if (!string.Equals(applied.Checksum, _migrations[i].Checksum, StringComparison.Ordinal))
                throw Changed($"{_migrations[i]} differs from what the database was given as {applied}.");
        }

        return history.Count < _migrations.Length ? _migrations[history.Count] : null;
    }

    private static MigrationException Misnumbered(string what) =>
        new(MigrationProblem.Numbering, $"The migrations of this program can't be ordered: {what}");

    private static MigrationException Changed(string what) =>
        new(MigrationProblem.Changed, $"An applied migration was changed: {what} Restore it and add a new one.");

    private MigrationException DatabaseNewer(IReadOnlyList<AppliedMigration> history) => new(
        MigrationProblem.DatabaseNewer,
        $"The database is newer than this program: it has migrations up to {history[^1]}, the program knows " +
        $"{Count}. Start a version that knows them.");
}
