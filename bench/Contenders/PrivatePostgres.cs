using System.Diagnostics;
using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>
/// A PostgreSQL for one contender, created and started as <c>./run</c> does it: with the settings that a node gets. It
/// is stopped and its files are deleted with <see cref="DisposeAsync"/> or when this process ends, however it ends.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>
    /// Waits for the end of its stdin, a pipe held by this process alone; the kernel closes it when this process is
    /// killed. Signals to our process group must not reach the guard, which cleans up.
    /// </summary>
    private const string Guard = """
        trap '' INT TERM HUP
        bash "$1" start </dev/null && cat >/dev/null
        bash "$1" stop </dev/null
        [ -s "$SLUICE_DATA/postgres-home" ] && rm -rf "$(cat "$SLUICE_DATA/postgres-home")"
        rm -rf "$SLUICE_DATA"
        """;

    private readonly Process _guard;
    private readonly string _data;
    private readonly Task<string> _messages;

    private PrivatePostgres(Process guard, string data)
    {
        (_guard, _data) = (guard, data);
        _messages = guard.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>The connection string of nodes.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <summary>The connection string of the owner of the database, which is empty at first.</summary>
    public string OwnerConnectionString => File.ReadAllText(Path.Combine(_data, "postgres-owner")).Trim();

    /// <exception cref="ContenderUnavailableException">PostgreSQL is not installed, or did not start.</exception>
    public static async Task<PrivatePostgres> StartAsync()
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", Repository.PostgresScript])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var data = Directory.CreateTempSubdirectory("sluice-bench-postgres-").FullName;
        start.Environment["SLUICE_DATA"] = data;
        var postgres = new PrivatePostgres(Process.Start(start)!, data);
        if (await postgres._guard.StandardOutput.ReadLineAsync() is { Length: > 0 } connectionString)
        {
            postgres.ConnectionString = connectionString;
            return postgres;
        }

        await postgres.DisposeAsync();
        throw new ContenderUnavailableException($"PostgreSQL did not start: {(await postgres._messages).Trim()}");
    }

    /// <summary>Stops the server and deletes its files; returns when both are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }
}
