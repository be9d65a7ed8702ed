using System.Diagnostics;
using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>
/// A PostgreSQL of one contender's own, made and started as <c>./run</c> does it: with the settings that a node gets.
/// It ends, and its files are deleted, with <see cref="DisposeAsync"/> or with this process, however that ended.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    /// <summary>
    /// Waits for the end of its stdin, a pipe that this process alone holds; the kernel closes it when we are killed.
    /// Signals to our group must not reach the one that cleans up after it.
    /// </summary>
    private const string Guard = """
        trap '' INT TERM HUP
        bash "$1" start </dev/null && cat >/dev/null
        bash "$1" stop </dev/null
        [ -s "$SLUICE_DATA/postgres-home" ] && rm -rf "$(cat "$SLUICE_DATA/postgres-home")"
        rm -rf "$SLUICE_DATA"
        """;

    private readonly Process _guard;
    private readonly Task<string> _messages;

    private PrivatePostgres(Process guard)
    {
        _guard = guard;
        _messages = guard.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Of an empty database, whose owner connects.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <exception cref="ContenderUnavailableException">PostgreSQL is not there, or did not start.</exception>
    public static async Task<PrivatePostgres> StartAsync()
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guard, "guard", Repository.PostgresScript])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLUICE_DATA"] = Directory.CreateTempSubdirectory("sluice-bench-postgres-").FullName;
        var postgres = new PrivatePostgres(Process.Start(start)!);
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
