using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Storage.Ledger.Holds;

namespace Sluice.Engine.Authorities;

/// <summary>
/// Reads the holds of settled sessions for the authorities of this process, for many of them with one query: after a
/// node has died, all scopes that had holds there ask every half second.
/// </summary>
public sealed class HoldReader(HoldStore store, ILogger<HoldReader> logger)
{
    /// <summary>The most scopes of one query.</summary>
    private const int BatchMax = 500;

    private readonly Channel<(long Number, AuthorityRuntime Authority)> _queue =
        Channel.CreateUnbounded<(long, AuthorityRuntime)>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Asks for a reading that begins after this call. If it fails, the authority asks again.</summary>
    internal void Enqueue(long number, AuthorityRuntime authority) => _queue.Writer.TryWrite((number, authority));

    /// <summary>Runs until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        var taken = new Dictionary<AuthorityRuntime, long>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            taken.Clear();
            while (taken.Count < BatchMax && _queue.Reader.TryRead(out var next))
                taken[next.Authority] = Math.Max(next.Number, taken.GetValueOrDefault(next.Authority));
            try
            {
                var lines = await store.ReadAsync(
                    [.. taken.Keys.Select(static a => a.Scope).Distinct()], CancellationToken.None);
                foreach (var (authority, number) in taken)
                    authority.OnHoldsRead(number, [.. lines[authority.Scope]]);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                AuthorityLog.HoldsUnread(logger, e.Message);
            }
        }
    }

    public void Complete() => _queue.Writer.TryComplete();
}
