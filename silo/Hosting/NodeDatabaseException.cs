using Npgsql;

namespace Sluice.Silo.Hosting;

/// <summary>A node can't use its database; the message says why.</summary>
internal sealed class NodeDatabaseException : Exception
{
    private NodeDatabaseException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Names the setting whose database it is.</summary>
    public static NodeDatabaseException Of(string setting, NpgsqlException failure) =>
        new($"The database of {setting} can't be used: {failure.Message}", failure);
}
