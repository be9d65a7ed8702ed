using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.TestSupport.Hosting;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>
/// The program itself with its engine, listening on a port of this machine, on a database of its own. Nothing is
/// played by anything else; only the time is the tests' own, so that they can turn it.
/// </summary>
public class NodeHost(PostgresFixture postgres) : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string OperatorToken = "operator-token-of-the-tests";
    public const string GatewayToken = "gateway-token-of-the-tests";

    /// <summary>Few: hundreds of members sign in during a run; what a guess costs is nobody's concern here.</summary>
    private const int HashIterations = 1_000;

    /// <summary>What a node waits for before it says that it is ready, in this order.</summary>
    public static readonly IReadOnlyList<string> Parts = ["store", "metering"];

    private string _connectionString = "";

    public TurnedTime Time { get; } = new();

    public CapturedLog Log { get; } = new();

    public string DataFolder { get; } = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    /// <summary>Settings beside those that every test host has.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public virtual async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync(Schema.ApplyAsync);
        UseKestrel();
        StartServer();
    }

    /// <summary>Speaks to the program as the operator.</summary>
    public ApiCaller Operator() => Bearing(OperatorToken);

    /// <summary>Speaks to the program as a gateway that reports for many keys.</summary>
    public ApiCaller Gateway() => Bearing(GatewayToken);

    public ApiCaller Anonymous() => new(CreateClient(), null);

    public ApiCaller Bearing(string token) => new(CreateClient(), token);

    /// <summary>The first column of the first row.</summary>
    public async Task<T?> QueryAsync<T>(string sql, params object[] values)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync() is T found ? found : default;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected override IHost CreateHost(IHostBuilder builder) => new SelfEndingHost(base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("SLUICE_POSTGRES", _connectionString);
        builder.UseSetting("SLUICE_LISTEN", "http://127.0.0.1:0");
        builder.UseSetting("SLUICE_DATA", DataFolder);
        builder.UseSetting("SLUICE_OPERATOR_TOKEN", OperatorToken);
        builder.UseSetting("SLUICE_GATEWAY_TOKEN", GatewayToken);
        // Tests of jobs run them when they want to.
        builder.UseSetting("SLUICE_JOBS", "false");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging
            .ClearProviders().AddProvider(Log).AddFilter<CapturedLog>(static _ => true));
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(Time)
            .Configure<PasswordHasherOptions>(static hasher => hasher.IterationCount = HashIterations));
    }
}
