namespace Sluice.Storage.Migrations;

/// <summary>The database can't be brought to the schema of this program; the node must not start on it.</summary>
public sealed class MigrationException : Exception
{
    internal MigrationException(MigrationProblem problem, string message, Exception? cause = null)
        : base(message, cause)
    {
        Problem = problem;
    }

    public MigrationProblem Problem { get; }
}
