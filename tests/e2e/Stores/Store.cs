using System.Globalization;
using Npgsql;
using Sluice.TestSupport.Postgres;
using Sluice.TestSupport.Processes;

namespace Sluice.EndToEnd.Stores;

/// <summary>A PostgreSQL of one test's own, to be stopped, killed and frozen under the node.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;

    private Store(PostgresCluster cluster, string connectionString)
    {
        _cluster = cluster;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Creates a cluster with one database, ready for nodes; takes about a second.</summary>
    public static async Task<Store> StartAsync()
    {
        var cluster = await PostgresCluster.StartAsync();
        return new Store(cluster, await cluster.CreateReadyDatabaseAsync());
    }

    /// <summary>Shuts down cleanly: sessions are ended, everything is written.</summary>
    public Task StopAsync() => _cluster.StopAsync();

    /// <summary>Ends everything at once, without a last word to disk or to clients; the next start recovers.</summary>
    public Task CrashAsync() => _cluster.StopAsync(immediate: true);

    public Task StartAgainAsync() => _cluster.StartAgainAsync();

    /// <summary>Freezes every process of the server: connections stay open without an answer.</summary>
    public void Freeze()
    {
        // The postmaster first, so that it can't start a process that would be missed.
        foreach (var process in Processes())
            Signals.Send(process, Signal.Stop);
    }

    /// <summary>Resumes a frozen server.</summary>
    public void Thaw()
    {
        foreach (var process in Processes())
            Signals.Send(process, Signal.Continue);
    }

    public async ValueTask DisposeAsync()
    {
        Thaw();
        await _cluster.DisposeAsync();
    }

    private IEnumerable<int> Processes()
    {
        var folder = new NpgsqlConnectionStringBuilder(ConnectionString).Host!;
        var note = Path.Combine(folder, "data", "postmaster.pid");
        if (!File.Exists(note))
            yield break;
        var postmaster = int.Parse(File.ReadLines(note).First(), CultureInfo.InvariantCulture);
        yield return postmaster;
        foreach (var child in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(child), CultureInfo.InvariantCulture, out var id)
                && ParentOf(child) == postmaster)
                yield return id;
        }
    }

    private static int ParentOf(string process)
    {
        try
        {
            // "id (name) state parent …"; the name may contain anything.
            var status = File.ReadAllText(Path.Combine(process, "stat"));
            var cells = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(cells[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return 0;
        }
    }
}
