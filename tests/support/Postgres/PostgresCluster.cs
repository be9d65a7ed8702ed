using System.Globalization;
using Npgsql;
using Sluice.Storage.Migrations;

namespace Sluice.TestSupport.Postgres;

/// <summary>
/// A PostgreSQL server for tests: real, durable, on a Unix socket in a private folder, with as many databases as tests
/// ask for. It ends with <see cref="DisposeAsync"/> or with the process, whichever comes first, even when the process
/// is killed.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The role that owns the databases and migrates them, and has no other right, as in production.</summary>
    public const string Owner = "sluice";

    /// <summary>The role of the program: it has the rights that it was granted, and owns nothing.</summary>
    public const string Service = "sluice_service";

    private const string Superuser = "postgres";

    /// <summary>How long prepared databases keep events: the default of <c>SLUICE_LEDGER_DAYS</c>.</summary>
    private const int LedgerDays = 400;

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
            await cluster.ExecuteAsSuperuserAsync($"create role {Owner} login; create role {Service} login");
            return cluster;
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates an empty database; returns the connection string of its owner.</summary>
    public Task<string> CreateDatabaseAsync() => CreateDatabaseAsync("template1");

    /// <summary>
    /// Creates a database with the program's schema, a copy of one that was prepared once; returns the connection
    /// string of the service's role, so that a test fails if that lacks a right.
    /// </summary>
    public async Task<string> CreateReadyDatabaseAsync()
    {
        await _preparing.WaitAsync();
        try
        {
            _template ??= await PrepareAsync();
        }
        finally
        {
            _preparing.Release();
        }

        return AsService(await CreateDatabaseAsync(_template));
    }

    /// <summary>Returns the connection string of the owner of a database.</summary>
    public string ConnectionString(string database) => ConnectionString(database, Owner);

    /// <summary>Returns the same connection string for the service's role.</summary>
    public static string AsService(string connectionString) => As(Service, connectionString);

    /// <summary>
    /// Returns the same connection string for the owner, who can also write what the program never does.
    /// </summary>
    public static string AsOwner(string connectionString) => As(Owner, connectionString);

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

    private static string As(string role, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Username = role }.ConnectionString;

    private async Task<string> PrepareAsync()
    {
        var database = $"{await CreateDatabaseAsync()};Pooling=false";
        await using var owner = NpgsqlDataSource.Create(database);
        await using var service = NpgsqlDataSource.Create(AsService(database));
        await DatabaseSetup.ApplyAsync(owner, service, LedgerDays, CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(database).Database!;
    }

    private async Task<string> CreateDatabaseAsync(string template)
    {
        var number = Interlocked.Increment(ref _databases);
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{number}");
        await ExecuteAsSuperuserAsync($"create database {name} owner {Owner} template {template}");
        await ExecuteAsSuperuserAsync(
            $"revoke all on database {name} from public; grant connect on database {name} to {Service}");
        return ConnectionString(name);
    }

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
