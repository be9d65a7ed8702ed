using System.Globalization;
using Npgsql;

namespace Sluice.TestSupport.Postgres;

/// <summary>
/// A PostgreSQL server for tests: real, durable, on a Unix socket in a private folder, with as many databases as tests
/// ask for. It ends with <see cref="DisposeAsync"/> or with the process, whichever comes first, even when the process
/// is killed.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The role of <see cref="ConnectionString"/>: owns its databases, no more, as in production.</summary>
    public const string Role = "sluice";

    private const string Superuser = "postgres";

    private readonly Supervisor _supervisor;
    private readonly string _socketFolder;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private string? _template;
    private int _databases;

    private PostgresCluster(Supervisor supervisor, string socketFolder)
    {
        _supervisor = supervisor;
        _socketFolder = socketFolder;
    }

    /// <summary>Creates a cluster and starts it; takes about a second.</summary>
    /// <param name="files">Where its files are.</param>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    /// <exception cref="InvalidOperationException">The server did not start; the message holds its log.</exception>
    public static async Task<PostgresCluster> StartAsync(PostgresFiles files = PostgresFiles.OnDisk)
    {
        var supervisor = Supervisor.Launch(files);
        try
        {
            await supervisor.DoAsync("create");
            var cluster = new PostgresCluster(supervisor, await supervisor.DoAsync("start"));
            await cluster.ExecuteAsSuperuserAsync($"create role {Role} login");
            return cluster;
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database owned by <see cref="Role"/>; returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var number = Interlocked.Increment(ref _databases);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{number}");
        await ExecuteAsSuperuserAsync($"create database {name} owner {Role}");
        return ConnectionString(name);
    }

    /// <summary>Creates a copy of a database that was prepared once: faster than preparing each one.</summary>
    /// <param name="prepare">
    /// Receives the connection string of the first database, and leaves no connection open.
    /// </param>
    public async Task<string> CreateDatabaseAsync(Func<string, Task> prepare)
    {
        await _preparing.WaitAsync();
        try
        {
            if (_template is null)
            {
                var first = await CreateDatabaseAsync();
                await prepare(first);
                _template = new NpgsqlConnectionStringBuilder(first).Database;
            }
        }
        finally
        {
            _preparing.Release();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsSuperuserAsync($"create database {name} owner {Role} template {_template}");
        return ConnectionString(name);
    }

    /// <summary>
    /// Returns the connection string of programs for <paramref name="database"/>: as <see cref="Role"/>, unprivileged.
    /// </summary>
    public string ConnectionString(string database) => ConnectionString(database, Role);

    /// <summary>
    /// Returns a connection string for what only a superuser may do: end other sessions, change settings of the server.
    /// </summary>
    public string SuperuserConnectionString(string database) => ConnectionString(database, Superuser);

    /// <summary>Stops the server and keeps its files. Stopping a stopped server does nothing.</summary>
    /// <param name="immediate">
    /// Stops as a crash does: no checkpoint, sessions cut off; the next start must recover. Otherwise a clean shutdown.
    /// </param>
    public async Task StopAsync(bool immediate = false)
    {
        await _supervisor.DoAsync(immediate ? "stop immediate" : "stop fast");
        // Pooled connections of the old server would fail the first commands sent to the next one.
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Starts a stopped server on the same files; returns when it accepts connections.</summary>
    public Task StartAgainAsync() => _supervisor.DoAsync("start");

    /// <summary>Stops the server and deletes its files.</summary>
    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    private async Task ExecuteAsSuperuserAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(SuperuserConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionString(string database, string role) =>
        new NpgsqlConnectionStringBuilder { Host = _socketFolder, Username = role, Database = database }
            .ConnectionString;
}
