using Npgsql;

namespace Sluice.Storage.Control;

/// <summary>
/// The transaction of one admin action: its changes, its audit row and the response stored for its idempotency key
/// commit together or not at all. Opens on first use, so an action refused before it touches a table costs nothing;
/// disposing it without a commit rolls everything back.
/// </summary>
public sealed class UnitOfWork(NpgsqlDataSource source, TimeProvider time)
    : IAsyncDisposable, IDisposable
{
    /// <summary>The key of the data source of actions among the services; without it they use the common one.</summary>
    public const string Source = "changes";

    /// <summary>How long an action waits for another one that touches the same rows.</summary>
    public static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time after which the store ends an action whose node went to sleep in the middle of it, and frees its rows.
    /// </summary>
    private static readonly TimeSpan SleepTimeout = TimeSpan.FromSeconds(10);

    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;

    /// <summary>The actor; set before the first change is written.</summary>
    public ActionOrigin Origin { get; set; } = new("system", null);

    /// <summary>
    /// The single instant of all rows of this action, in whole milliseconds, so that storing it loses nothing.
    /// </summary>
    public DateTimeOffset Now { get; } =
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Gets the connection, inside the transaction; opens it on first use.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        if (_connection is not null)
            return _connection;
        try
        {
            return await BeginAsync(ct);
        }
        catch (NpgsqlException lost) when (IsLost(lost) && lost.InnerException is not TimeoutException)
        {
            // Connections that were idle while the server restarted show it only when they are used. Nothing was
            // changed yet, so the action is begun again, on a new one.
            source.Clear();
            return await BeginAsync(ct);
        }
    }

    private async Task<NpgsqlConnection> BeginAsync(CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            _transaction = await connection.BeginTransactionAsync(ct);
            await connection.RunAsync(
                """
                select set_config('lock_timeout', @Lock, true),
                  set_config('idle_in_transaction_session_timeout', @Sleep, true)
                """,
                new { Lock = $"{LockTimeout.TotalMilliseconds}ms", Sleep = $"{SleepTimeout.TotalMilliseconds}ms" },
                ct);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    /// <summary>Commits the changes; does nothing if there are none.</summary>
    /// <exception cref="ActionUnknownException">The store became unreachable before it confirmed the
    /// commit.</exception>
    /// <exception cref="PostgresException">The store refused, and nothing was changed.</exception>
    public async Task CommitAsync(CancellationToken ct)
    {
        try
        {
            if (_transaction is not null)
                await _transaction.CommitAsync(ct);
        }
        catch (NpgsqlException lost) when (IsLost(lost))
        {
            throw ActionUnknownException.Because(lost);
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        (_transaction, _connection) = (null, null);
    }

    /// <summary>Rolls back, for scopes that end synchronously, such as the one that maps endpoints.</summary>
    public void Dispose()
    {
        _transaction?.Dispose();
        _connection?.Dispose();
        (_transaction, _connection) = (null, null);
    }

    internal Task SaveAsync(string savepoint, CancellationToken ct) => Begun.SaveAsync(savepoint, ct);

    internal Task RollBackToAsync(string savepoint, CancellationToken ct) => Begun.RollbackAsync(savepoint, ct);

    /// <summary>
    /// Checks whether the session is lost. A failure of a commit proves that nothing was committed if it is an error of
    /// the server, but not if it says that the session is being terminated: that may arrive between the commit and its
    /// confirmation.
    /// </summary>
    private static bool IsLost(NpgsqlException failure) => failure is not PostgresException { SqlState: var state }
        || state.StartsWith("57P", StringComparison.Ordinal)
        || state.StartsWith("08", StringComparison.Ordinal);

    private NpgsqlTransaction Begun =>
        _transaction ?? throw new InvalidOperationException("the transaction has not been opened");
}
