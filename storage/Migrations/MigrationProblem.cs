namespace Sluice.Storage.Migrations;

/// <summary>Why a database was not brought up to date.</summary>
public enum MigrationProblem
{
    /// <summary>The program's own migrations are misnamed, repeat a number or leave one out.</summary>
    Numbering,

    /// <summary>A migration that was already applied differs from the one in this program.</summary>
    Changed,

    /// <summary>The database has migrations that this program does not know: the program is too old for it.</summary>
    DatabaseNewer,

    /// <summary>PostgreSQL refused a statement; nothing of that migration was kept.</summary>
    Failed,

    /// <summary>Migrations or rights are missing, and this role does not own the tables.</summary>
    NotOwner,
}
