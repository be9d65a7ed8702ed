using Npgsql;

namespace Sluice.Api.Jobs;

/// <summary>
/// Listens for new rows in the outboxes, committed by any node. What it misses while the store is away, jobs find on
/// their next scheduled run.
/// </summary>
internal sealed class OutboxListener(NpgsqlDataSource source, TimeProvider time, ILogger<OutboxListener> logger)
{
    /// <summary>The channel of the triggers in migration 0006; the payload is the table's name.</summary>
    private const string Channel = "sluice_outbox";

    /// <summary>How long rows are gathered, so that those that come together are reported together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    /// <summary>The pause after a lost connection to the store.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>A connection that was silent for this long is checked.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>Runs until stopped.</summary>
    /// <param name="heard">Receives the names of tables with new rows.</param>
    /// <param name="stop">Ends it.</param>
    public async Task ListenAsync(Func<IReadOnlySet<string>, Task> heard, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await HearAsync(heard, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                JobLog.Deaf(logger, e.Message);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(Func<IReadOnlySet<string>, Task> heard, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        var tables = new HashSet<string>(StringComparer.Ordinal);
        connection.Notification += (_, news) => tables.Add(news.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        while (true)
        {
            if (!await connection.WaitAsync(KeepAlive, stop))
            {
                await using var alive = new NpgsqlCommand("select 1", connection);
                await alive.ExecuteScalarAsync(stop);
                continue;
            }

            await Task.Delay(Gathering, time, stop);
            await heard(tables);
            tables.Clear();
        }
    }
}
